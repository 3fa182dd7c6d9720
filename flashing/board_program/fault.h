// SPDX-License-Identifier: Apache-2.0
// What a bad board does, as written on the command line: KIND[:COMMAND][@[FIXTURE.]BOARD][,once][,ms=N].
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace keystamp::flashing::board_program {

enum class FaultKind {
    Silent,      ///< takes the request in and does nothing
    Lost,        ///< does it, and its reply never comes
    Nonsense,    ///< answers with bytes that are no frame, and with a frame whose CRC is wrong
    Truncated,   ///< does it, and half of its reply comes
    Drops,       ///< closes the link instead of doing it
    Cuts,        ///< does it, then closes the link instead of replying
    Refuses,     ///< a well-formed no: flash fault
    WrongProof,  ///< signs and MACs something else
    Swapped,     ///< does it; after the reply another, blank board sits there
    Foreign,     ///< holds another device's credential when it arrives
    Locked,      ///< the same, and is locked
    Slow,        ///< replies late
    Chatty,      ///< writes log lines between its replies
};

/// A command of the protocol, by group and number.
struct CommandName {
    std::uint16_t group = 0;
    std::uint8_t number = 0;
    bool operator==(const CommandName&) const = default;
};

struct Fault {
    FaultKind kind = FaultKind::Silent;
    std::optional<CommandName> at;    ///< nothing: every command
    std::optional<unsigned> fixture;  ///< counted from 1; nothing: all
    std::optional<unsigned> board;    ///< counted from 1 on its fixture; nothing: all
    bool once = false;
    std::chrono::milliseconds delay{300};  ///< of Slow

    bool isOn(unsigned fixtureNumber, unsigned boardNumber) const {
        return fixture.value_or(fixtureNumber) == fixtureNumber && board.value_or(boardNumber) == boardNumber;
    }
    /// Whether a board that did this is bad for good: it goes when its link next closes.
    bool condemns() const { return !once && kind != FaultKind::Slow && kind != FaultKind::Chatty && kind != FaultKind::Swapped; }
};

/// BadUsage names what is wrong and what there is.
Result<Fault> parseFault(std::string_view text);

}  // namespace keystamp::flashing::board_program
