// SPDX-License-Identifier: Apache-2.0
// A partition of ESP-IDF's non-volatile storage (NVS, version 2), made and read in memory. Source: ESP-IDF, "Non-Volatile
// Storage Library", section "Internals". Only what an identity takes: one namespace of strings.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "core/secret.h"

namespace keystamp::flashing::esp32 {

constexpr std::size_t kNvsPage = 4096;
constexpr std::size_t kNvsLeast = 3 * kNvsPage;  ///< bytes of a partition
constexpr std::size_t kNvsKeyMost = 15;      ///< characters of a key or namespace
constexpr std::size_t kNvsTextMost = 3999;   ///< characters of a string; its end makes it 4000 bytes

struct NvsText {
    std::string key;
    BytesView text;  ///< without its end
};

/// The image from its start to the last written byte; what comes after it, up to `partition` bytes, is erased flash (FF).
/// BadConfig: a name too long, a text too long, or a partition that does not hold it (one page stays free for NVS's own use).
Result<Secret> makeNvs(const std::string& nameSpace, const std::vector<NvsText>& texts, std::size_t partition);

/// How many bytes from the start of a page hold something, as its first 64 bytes tell. 0: erased.
std::size_t nvsUsed(BytesView first64);

/// What a partition holds; every CRC is checked. Strings of `nameSpace` only.
struct NvsContents {
    bool blank = true;       ///< nothing at all
    bool foreign = false;    ///< something that is not a string of the namespace
    bool broken = false;     ///< something does not check
    std::map<std::string, Secret> texts;
};
/// `image` may end where the rest is erased; whole pages otherwise.
NvsContents readNvs(const std::string& nameSpace, BytesView image);

/// zlib's crc32 begun at FFFFFFFF, as ESP-IDF has it: "123456789" gives D202D277.
std::uint32_t espCrc(std::initializer_list<BytesView> parts);

}  // namespace keystamp::flashing::esp32
