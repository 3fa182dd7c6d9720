// SPDX-License-Identifier: Apache-2.0
// What goes wrong on a link, at one byte of the whole conversation.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"

namespace keystamp::test {

enum class LinkFault {
    Drop,       ///< a byte is lost
    Corrupt,    ///< it arrives as another one
    Duplicate,  ///< it arrives twice
    Delay,      ///< it, and what comes after it, arrives 0.7 s late
    Flood,      ///< 64 KiB of noise come from the board
    Unplug,     ///< the link is gone
    Throttle,   ///< from then on it is a slow line, of 57600 baud; nothing is lost
    Drip,       ///< from then on every byte comes alone; nothing is lost
};
std::string nameOf(LinkFault fault);
std::optional<LinkFault> faultOf(std::string_view name);

/// Both ways count: byte `at` is the first that is touched, whichever way it goes.
class Strike {
public:
    Strike(LinkFault fault, std::size_t at) : m_fault(fault), m_at(at) {}

    /// Bytes that pass, and are changed where it strikes. `noise`: what the board is heard to say besides.
    void pass(Bytes& bytes, bool fromBoard, Bytes& noise);
    std::size_t passed() const { return m_passed; }
    /// The link is gone; `bytes` of the pass that did it still went.
    bool unplugged() const { return m_struck && m_fault == LinkFault::Unplug; }
    bool throttles() const { return m_struck && m_fault == LinkFault::Throttle; }
    bool drips() const { return m_struck && m_fault == LinkFault::Drip; }
    /// To wait before the bytes that were passed last; asked once.
    std::chrono::milliseconds takeDelay();

private:
    const LinkFault m_fault;
    const std::size_t m_at;
    std::size_t m_passed = 0;
    bool m_struck = false;
    bool m_delays = false;
};

}  // namespace keystamp::test
