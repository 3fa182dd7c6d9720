// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "db/records.h"

namespace keystamp::viewmodel {

/// Sounds verdicts on ALSA's default device, on a thread of its own, one after another. Where there is no such device nothing happens: a tone
/// is a help and never a duty. Any thread.
class Speaker {
public:
    Speaker();
    /// Lets a tone that sounds come to its end.
    ~Speaker();
    Speaker(const Speaker&) = delete;
    Speaker& operator=(const Speaker&) = delete;

    /// Never waits. Of many at once some are left out: a tone that comes late says something else.
    void sound(db::Verdict verdict);

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<db::Verdict> m_waiting;
    bool m_ending = false;
    std::thread m_thread;
};

}  // namespace keystamp::viewmodel
