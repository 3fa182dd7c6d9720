// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "core/result.h"

namespace keystamp::workflow {

/// Identities and boards that jobs of this process are working on: each is in one job's hand at a time, so that one job
/// never takes for abandoned what another is about to write. Across processes the run lock sees to it. Any thread.
class InHand {
public:
    /// Lets go when it is destroyed.
    class Hold {
    public:
        Hold() = default;
        Hold(Hold&& other) noexcept : m_owner(std::exchange(other.m_owner, nullptr)), m_what(std::move(other.m_what)) {}
        Hold& operator=(Hold&& other) noexcept;
        ~Hold() { release(); }

    private:
        friend class InHand;
        Hold(InHand& owner, std::string what) : m_owner(&owner), m_what(std::move(what)) {}
        void release() noexcept;

        InHand* m_owner = nullptr;
        std::string m_what;
    };

    /// FixtureBusy names the fixture that has it.
    Result<Hold> take(const std::string& what, const std::string& fixture);

private:
    std::mutex m_mutex;
    std::map<std::string, std::string> m_held;
};

}  // namespace keystamp::workflow
