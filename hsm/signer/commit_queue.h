// SPDX-License-Identifier: Apache-2.0
// Private to hsm: group commit. What waits while one transaction is being synced goes into the next one together, so that
// sixteen fixtures share an fsync. A lone request runs at once in its own thread: nothing is handed over, nothing waits.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "core/result.h"
#include "core/turn.h"
#include "core/wal_room.h"
#include "hsm/signer/sql.h"

namespace keystamp::hsm {

/// Threads: any.
class CommitQueue {
public:
    using Work = std::function<Result<void>(Sql&)>;

    explicit CommitQueue(std::unique_ptr<Sql> sql);

    /// Runs `work` in a transaction and returns when that is on disk. Where work returns an error, its own changes are undone
    /// and nobody else's. Works run one after another, in the order asked.
    Result<void> run(const Work& work);

private:
    struct Request {
        const Work* work;
        Result<void> result{};
        Turn turn{};
    };
    using Group = std::vector<std::shared_ptr<Request>>;

    void commit(const Group& group);
    bool commitAll(const Group& group);
    bool runOne(Request& request);

    std::unique_ptr<Sql> m_sql;
    WalRoom m_room;  // touched only by whoever commits
    std::mutex m_mutex;
    bool m_busy = false;
    Group m_waiting;
};

}  // namespace keystamp::hsm
