// SPDX-License-Identifier: Apache-2.0
#include "core/device_id.h"

#include <fmt/format.h>

namespace keystamp {
namespace {

constexpr std::size_t kLongest = 64;

// what goes into a message: a scan may hold control characters
std::string printable(std::string_view text) {
    std::string shown;
    for (const char c : text.substr(0, 80)) {
        if (c >= 0x20 && c < 0x7f) {
            shown += c;
        } else {
            shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        }
    }
    return shown + (text.size() > 80 ? "…" : "");
}

bool isAlphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

Result<DeviceId> DeviceId::parse(std::string_view text) {
    const auto refuse = [&](std::string why) {
        return Error{ErrorCode::BadDeviceId, fmt::format("\"{}\": {}", printable(text), why)};
    };
    if (text.empty()) return refuse("it is empty");
    if (text.size() > kLongest) return refuse(fmt::format("{} characters, at most {}", text.size(), kLongest));
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (!isAlphanumeric(c) && c != '-') return refuse(fmt::format("character {} is not a letter, digit or hyphen", i + 1));
        folded += c;
    }
    if (!isAlphanumeric(folded.front()) || !isAlphanumeric(folded.back())) return refuse("a hyphen at its end");
    return DeviceId{std::move(folded)};
}

}  // namespace keystamp
