// SPDX-License-Identifier: Apache-2.0
#include "flashing/uid_text.h"

namespace keystamp::flashing {

Bytes uidOfText(const std::string& text) {
    constexpr std::size_t kMost = 32;
    if (const auto bytes = fromHex(text); bytes && bytes->size() <= kMost) return *bytes;
    if (text.size() <= kMost) return toBytes(asBytes(text));
    const Digest digest = sha256(text);
    return {digest.begin(), digest.end()};
}

}  // namespace keystamp::flashing
