// SPDX-License-Identifier: Apache-2.0
// Private to console: the steps of an act, one after another. One thread at a time.
#pragma once

#include <functional>

#include "flashing/console/console.h"

namespace keystamp::flashing::console {

/// Each line that is sent (">"), and each answer ("<"), as it may be shown: secrets are masked.
using Transcript = std::function<void(std::string_view side, const std::string& text)>;

class Script {
public:
    Script(Console& console, const Profile& profile, Transcript transcript)
        : m_console(console), m_profile(profile), m_transcript(std::move(transcript)) {}

    /// What it captured is put into `values`, for later steps too. BoardRefused: a step's `fail`, with the number in its first group;
    /// BoardNonsense: an answer that is neither; errors name the step and quote the board only where nothing secret can stand in it.
    Result<void> run(Act act, Values& values, bool keyOnBoard, Deadline deadline);
    /// The same names were captured with different values since this was last asked.
    bool contradicted() { return std::exchange(m_contradicted, false); }
    /// A captured name's next value replaces it, rather than be held against it.
    void startAnew() { m_captured.clear(); }

private:
    Result<void> step(Act act, const Step& step, Values& values, Deadline deadline);
    Result<void> line(Act act, const Step& step, Values& values, Deadline deadline);
    void capture(const Step& step, const Pattern::Found& found, Values& values);
    std::string visible(const Step& step, std::string_view answer, const Values& values) const;
    Error because(ErrorCode code, Act act, const Step& step, const std::string& why, long native = 0) const;

    Console& m_console;
    const Profile& m_profile;
    Transcript m_transcript;
    std::set<std::string> m_captured;
    bool m_contradicted = false;
    bool m_guarded = false;  ///< a secret was sent, and what comes back may hold it, whenever it comes
};

}  // namespace keystamp::flashing::console
