// SPDX-License-Identifier: Apache-2.0
// A relay between a station and a board: what is said goes through as over a UART, both ways at once. One thread serves any number
// of them; nothing blocks.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/file.h"
#include "core/result.h"
#include "tests/support/link_fault.h"
#include "tests/support/relay_way.h"

namespace keystamp::test {

struct RelayMake {
    std::string to;  ///< tcp:host:port, rfc2217:host:port or unix:/path of the board
    int baud = 0;    ///< 0: as fast as it comes
    bool drips = false;
    std::optional<std::pair<LinkFault, std::size_t>> fault;
};

class Relay {
public:
    using Time = RelayWay::Time;

    /// On a free port of this machine. LinkUnavailable, BadUsage.
    static Result<std::unique_ptr<Relay>> open(RelayMake make);
    /// What a station has as its link.
    const std::string& address() const { return m_address; }

    struct Wanted {
        int fd;
        short events;
    };
    /// What to poll for; nothing has to be done before `due()`, where there is one.
    void wants(std::vector<Wanted>& wanted) const;
    std::optional<Time> due(Time now) const;
    /// Whatever can be done now.
    void serve(Time now);

    /// One line of JSON: bytes each way; `wire`: seconds in which at least one way was sending; `first` and `last`: when the first
    /// thing was said and the last one handed on, in seconds of the monotonic clock.
    std::string account() const;

private:
    Relay(RelayMake make, bool isTelnet);
    Result<void> listen();
    Result<UniqueFd> reach() const;
    void accept();
    void hear(RelayWay& way, const UniqueFd& from, Time now);
    void handOn(RelayWay& way, const UniqueFd& to, Time now);
    void strike(Bytes& bytes, RelayWay& way, Time now);
    void hangUp();

    const RelayMake m_make;
    std::string m_address;
    UniqueFd m_listener, m_station, m_board;
    RelayWay m_toBoard, m_fromBoard;
    std::optional<Strike> m_strike;
    bool m_ending = false;  ///< one end hung up; what is on its way still goes
    std::optional<Time> m_first;
    Time m_last{};
    Time m_busyUntil{};
    UartLine::Span m_wire{0};
};

}  // namespace keystamp::test
