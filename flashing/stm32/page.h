// SPDX-License-Identifier: Apache-2.0
// The credential page: an identity as the product's firmware reads it from flash (flashing/boards/stm32.md has the format).
#pragma once

#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/result.h"
#include "core/secret.h"
#include "flashing/board.h"

namespace keystamp::flashing::stm32 {

constexpr std::uint32_t kPageLeast = 0x200;
constexpr std::uint32_t kPageMost = 0x8000;
constexpr std::size_t kIdentityMost = 0x2000;  ///< bytes
/// Written last, so that a page is whole or nothing.
constexpr std::size_t kPageHeader = 32;
/// Behind it, written first: it says whose a page without a header is.
constexpr std::size_t kPageMark = 32;

/// From the start of the page to its last byte, a multiple of kPageHeader; behind it the page stays erased. BadConfig: it does not fit
/// into `room`.
Result<Secret> makePage(const Credential& credential, std::size_t room);

/// Bytes up to the identity's end, by its header; 0 where that is none.
std::size_t pageBytes(BytesView header);

struct PageContents {
    bool blank = false;
    bool foreign = false;  ///< something that this station does not write; else a write of its own that was cut short
    std::optional<Digest> credential;  ///< only where all of it checks
    std::string deviceId;
    std::string scopeId;
};
/// `page`: up to where pageBytes says, or, where that is 0, all of it.
PageContents readPage(BytesView page);

}  // namespace keystamp::flashing::stm32
