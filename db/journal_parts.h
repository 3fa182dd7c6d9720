// SPDX-License-Identifier: Apache-2.0
// What a Journal is made of.
// Private to this room.
#pragma once

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "db/commit_queue.h"
#include "db/connection.h"
#include "db/journal.h"

namespace keystamp::db {

struct Journal::Parts {
    std::string path;
    std::string origin;
    Clock clock;
    std::unique_ptr<CommitQueue> queue;

    /// Runs `work(Transaction&)`, which returns a Result<T>, and gives it back when it is on disk.
    template <typename Work>
    auto change(Work work) -> decltype(work(std::declval<Transaction&>())) {
        using Outcome = decltype(work(std::declval<Transaction&>()));
        if constexpr (std::is_same_v<Outcome, Result<void>>) {
            return queue->commit(std::move(work));
        } else {
            std::optional<Outcome> outcome;
            auto done = queue->commit([&](Transaction& transaction) -> Result<void> {
                outcome.emplace(work(transaction));
                return outcome->ok() ? Result<void>{} : outcome->error();
            });
            if (!done) return done.error();
            return std::move(*outcome);
        }
    }

    /// Runs `work(Connection&)`, which returns a Result<T>, on a connection of its own.
    template <typename Work>
    auto read(Work work) -> decltype(work(std::declval<Connection&>())) {
        auto taken = takeReader();
        if (!taken) return taken.error();
        try {
            auto outcome = work(**taken);
            giveBack(std::move(*taken));
            return outcome;
        } catch (const SQLite::Exception& exception) {
            return faultOf(exception);
        }
    }

    /// What is on its way is on disk when this returns.
    Result<void> settle() {
        if (queue->pending().empty()) return {};
        return queue->commit([](Transaction&) { return Result<void>{}; });
    }

    /// A read of units that shows what the caller's own written(), verified() and locked() have said, and makes nobody wait
    /// for other units' sake. `numbers(outcome)` are the units it found.
    template <typename Work, typename Found>
    auto readUnits(Work work, Found found) -> decltype(work(std::declval<Connection&>())) {
        const auto pending = queue->pending();
        auto outcome = read(work);
        if (!outcome) return outcome;
        const bool stale = std::any_of(pending.begin(), pending.end(), [&](auto number) { return found(*outcome, number); });
        if (!stale) return outcome;
        if (auto settled = settle(); !settled) return settled.error();
        return read(work);
    }

private:
    Result<std::unique_ptr<Connection>> takeReader() {
        {
            const std::scoped_lock lock{m_mutex};
            if (!m_idle.empty()) {
                auto connection = std::move(m_idle.back());
                m_idle.pop_back();
                return connection;
            }
        }
        return Connection::open(path, Connection::Role::Reader);
    }
    void giveBack(std::unique_ptr<Connection> connection) {
        const std::scoped_lock lock{m_mutex};
        m_idle.push_back(std::move(connection));
    }

    std::mutex m_mutex;
    std::vector<std::unique_ptr<Connection>> m_idle;
};

}  // namespace keystamp::db
