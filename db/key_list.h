// SPDX-License-Identifier: Apache-2.0
// Devices with the keys that IoT Central made for them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/secret.h"
#include "db/records.h"

namespace keystamp::db {

/// Memory that is wiped when it goes. Not locked as a Secret's: a file of 200,000 keys is larger than what may be.
class WipedText {
public:
    WipedText() = default;
    WipedText(WipedText&& other) noexcept : m_text(std::exchange(other.m_text, {})) {}
    WipedText& operator=(WipedText&& other) noexcept;
    WipedText(const WipedText&) = delete;
    WipedText& operator=(const WipedText&) = delete;
    ~WipedText();

    /// To its end. BadCsv beyond 64 MiB; IoFault.
    static Result<WipedText> read(int fd);
    std::string_view view() const { return {m_text.data(), m_text.size()}; }
    /// To blank secrets in it before others read it.
    std::span<char> bytes() { return m_text; }

private:
    std::vector<char> m_text;
};

/// Threads: one at a time.
class KeyList {
public:
    /// IoT Central's export: IOTC_DEVICEID,IOTC_DEVICENAME,IOTC_SASKEY_PRIMARY,IOTC_SASKEY_SECONDARY,..., or fewer columns in any order,
    /// with or without a uid one, in all the spellings of readIdList. The slot says which of a device's two keys it is. A key is
    /// canonical base64 of 32 bytes. All or nothing: BadCsv lists up to ten errors by line and repeats no key. `source` is
    /// how the file is called in it.
    static Result<KeyList> parse(WipedText text, const std::string& source, Slot slot);
    /// A file of these.
    static Result<KeyList> read(const std::string& path, Slot slot);
    /// A single device's, as its Connect page shows them. BadDeviceId; BadUsage for a key that is none, which it does not repeat.
    static Result<KeyList> single(std::string_view id, Secret base64);

    const std::vector<ListedId>& ids() const { return m_ids; }
    /// Of the n-th ID.
    Secret key(std::size_t n) const;

private:
    KeyList() = default;
    WipedText m_text;
    std::vector<ListedId> m_ids;
    std::vector<std::pair<std::size_t, std::size_t>> m_keys;  ///< where in the text, and how long
    std::optional<Secret> m_single;
};

}  // namespace keystamp::db
