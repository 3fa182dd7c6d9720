// SPDX-License-Identifier: Apache-2.0
// The journal's one way to disk: what all threads ask for is run one after another and committed together.
//
// There is no thread that writes: whoever asks while nobody commits, commits, for all that wait at that moment; who asks
// meanwhile waits for the next turn. So a lone request pays one fsync and no handing over between threads, and under
// load the running fsync gathers the next group.
// Private to this room.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/turn.h"
#include "core/wal_room.h"
#include "db/audit_tail.h"
#include "db/connection.h"

namespace keystamp::db {

/// What a request works with. An Error it returns takes back what it did and nothing else; a request may be run again for
/// the sake of another that was refused.
struct Transaction {
    Connection& db;
    AuditTail audit;
    UtcTime now;

    /// ClockWrong: before anything is issued.
    Result<void> clockFits() const { return audit.fits(now); }
    void note(std::string_view kind, const Json& data) { audit.append(db, now, kind, data); }
};

class CommitQueue {
public:
    using Work = std::function<Result<void>(Transaction&)>;

    CommitQueue(std::unique_ptr<Connection> connection, Clock clock);
    ~CommitQueue();
    CommitQueue(const CommitQueue&) = delete;
    CommitQueue& operator=(const CommitQueue&) = delete;

    /// On disk, or refused, when it returns.
    Result<void> commit(Work work);
    /// Goes to disk with the next commit, in a quarter of a second at the latest; an Error is kept for takeError().
    void later(std::int64_t unit, Work work);
    /// Units with something on its way; one whose later() has returned is in it until that is on disk.
    std::vector<std::int64_t> pending() const;
    /// The first error of a unit's later() since it was last asked. Only from inside a request.
    Result<void> takeError(std::int64_t unit);

private:
    struct Request;
    using Group = std::deque<std::shared_ptr<Request>>;

    void run(Group& group);
    bool commitAll(const Group& group);
    bool runOne(Request& request, Transaction& transaction);
    void refuse(Request& request, const Error& error);
    void finish();
    void checkpointWal();
    void sweep();

    std::unique_ptr<Connection> m_connection;
    Clock m_clock;
    WalRoom m_room;       // touched only by whoever commits
    int m_walFrames = 0;  // as are these two: touched only by whoever commits
    int m_checkpointAt;
    std::map<std::int64_t, Error> m_errors;

    mutable std::mutex m_mutex;
    bool m_busy = false;
    bool m_stop = false;
    bool m_laterAsked = false;     // since the sweeper last looked
    bool m_sweeperSleeps = false;  // until it is stirred
    Group m_waiting;
    Group m_running;
    std::condition_variable m_stirred;  // the sweeper, where it sleeps: something waits that nobody waits for
    std::condition_variable m_stopped;
    std::thread m_sweeper;
};

}  // namespace keystamp::db
