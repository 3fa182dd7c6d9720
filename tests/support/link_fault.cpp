// SPDX-License-Identifier: Apache-2.0
#include "tests/support/link_fault.h"

#include <algorithm>
#include <array>
#include <utility>

namespace keystamp::test {
namespace {

constexpr std::size_t kNoise = 64 * 1024;
constexpr std::chrono::milliseconds kLate{700};  // longer than a request waits for its answer

constexpr std::array<std::pair<std::string_view, LinkFault>, 8> kNames{{{"drop", LinkFault::Drop},
                                                                        {"corrupt", LinkFault::Corrupt},
                                                                        {"duplicate", LinkFault::Duplicate},
                                                                        {"delay", LinkFault::Delay},
                                                                        {"flood", LinkFault::Flood},
                                                                        {"unplug", LinkFault::Unplug},
                                                                        {"throttle", LinkFault::Throttle},
                                                                        {"drip", LinkFault::Drip}}};

}  // namespace

std::string nameOf(LinkFault fault) {
    return std::string{std::find_if(kNames.begin(), kNames.end(), [&](const auto& each) { return each.second == fault; })->first};
}

std::optional<LinkFault> faultOf(std::string_view name) {
    const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& each) { return each.first == name; });
    return found == kNames.end() ? std::nullopt : std::optional{found->second};
}

void Strike::pass(Bytes& bytes, bool fromBoard, Bytes& noise) {
    const std::size_t before = m_passed;
    m_passed += bytes.size();
    if (m_struck || m_at < before || m_at >= m_passed) return;
    m_struck = true;
    const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(m_at - before);
    switch (m_fault) {
        case LinkFault::Drop: bytes.erase(at); return;
        case LinkFault::Corrupt: *at = static_cast<std::uint8_t>(*at ^ 0x11); return;
        case LinkFault::Duplicate: bytes.insert(at, *at); return;
        case LinkFault::Delay: m_delays = true; return;
        case LinkFault::Flood: {
            const Bytes random = randomBytes(kNoise);
            if (fromBoard) bytes.insert(at, random.begin(), random.end());
            else noise.insert(noise.end(), random.begin(), random.end());
            return;
        }
        case LinkFault::Unplug: bytes.erase(at, bytes.end()); return;
        case LinkFault::Throttle:
        case LinkFault::Drip: return;
    }
}

std::chrono::milliseconds Strike::takeDelay() { return std::exchange(m_delays, false) ? kLate : std::chrono::milliseconds{0}; }

}  // namespace keystamp::test
