// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the halves of group keys that two people bring, until both are here. half 1 XOR half 2 = key, so that whoever
// holds one half knows nothing of the key but its length. Only in secure memory: what ends this process ends them.
//
// Threads: any.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/result.h"
#include "core/secret.h"
#include "core/words.h"

namespace keystamp::hsm {

class GroupKeyHalves {
public:
    using Clock = std::chrono::steady_clock;
    using Now = std::function<Clock::time_point()>;
    static constexpr std::chrono::minutes kLimit{15};

    explicit GroupKeyHalves(Now now = Clock::now) : m_now(std::move(now)) {}

    /// Whether this half may be entered by this person now; changes nothing. BadUsage: it is no half, or does not fit the one that
    /// is held; SignerRefused: both from one hand, or a half that somebody else has entered.
    Result<void> mayEnter(Slot slot, int half, const Secret& share, const std::string& supervisor);
    /// The key, where this is the second half; the first stays until `forget`, so that a failing HSM costs nobody a new start.
    /// Nothing where it is the first. Errors as above.
    Result<std::optional<Secret>> enter(Slot slot, int half, const Secret& share, const std::string& supervisor);

    struct Held {
        int half = 0;
        std::string supervisor;
        std::chrono::seconds left{0};
    };
    std::optional<Held> held(Slot slot);
    void forget(Slot slot);
    /// Wipes those whose time is over.
    void forgetOld();

private:
    struct Entry {
        int half = 0;
        Secret share;
        std::string supervisor;
        Clock::time_point until;
    };
    void dropOld();
    const Entry* find(Slot slot) const;
    Result<void> fits(const Entry* held, int half, const Secret& share, const std::string& supervisor) const;

    const Now m_now;
    std::mutex m_mutex;
    std::map<Slot, Entry> m_held;
};

}  // namespace keystamp::hsm
