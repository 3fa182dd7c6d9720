// SPDX-License-Identifier: Apache-2.0
// Private to console: a line to the board and its answer. Nothing on a console has a checksum, so where the board echoes, the echo is
// held against what was sent before the line is ended; and the last character goes alone, so that a line that arrived otherwise is never done.
#pragma once

#include <span>

#include "core/clock.h"
#include "flashing/console/profile.h"
#include "flashing/link/link.h"

namespace keystamp::flashing::console {

constexpr std::size_t kAnswerMost = 8 << 10;

class Console {
public:
    Console(Link& link, const Profile& profile) : m_link(link), m_profile(profile), m_answer(kAnswerMost) {}

    /// What it says until `end` is found, its echo and colours taken off; valid until the next call. BoardSilent: nothing. BoardNonsense:
    /// another echo, too much, or no end.
    /// `changes`: it writes something, and must arrive as it is. Other short lines go at once; what they say is asked for twice anyway.
    Result<std::string_view> ask(const Secret& line, const Pattern& end, bool changes, Deadline deadline);

    /// Sends this, if anything, and hears the board out, so that an answer that comes late is not taken for the next one's.
    void settle(std::string_view text, Deadline deadline);

private:
    Result<void> type(BytesView line, Deadline deadline);
    Result<void> typeChunk(BytesView chunk, Deadline deadline);
    Result<void> hear(Deadline deadline);
    void take(std::uint8_t byte);
    void forget();

    Link& m_link;
    const Profile& m_profile;
    Secret m_answer;  ///< it may hold a key
    std::size_t m_size = 0;
    bool m_tooMuch = false;
    enum class Escape { None, Begun, Inside } m_escape = Escape::None;
};

}  // namespace keystamp::flashing::console
