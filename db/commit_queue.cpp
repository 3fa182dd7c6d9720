// SPDX-License-Identifier: Apache-2.0
#include "db/commit_queue.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace keystamp::db {
namespace {

constexpr std::chrono::milliseconds kTick{125};  // what nobody waits for is on disk after two

// A checkpoint costs two fsyncs and every changed page once more. 4000 frames (16 MiB) are about 200 units: few enough to be
// read again in a moment after a crash, enough for most pages (those of indexes) to be written once for many changes.
constexpr int kCheckpointFrames = 4000;

}  // namespace

struct CommitQueue::Request {
    Work work;
    std::int64_t unit = 0;   // of later()
    bool waitedFor = false;
    Result<void> result{};
    Turn turn{};
};

CommitQueue::CommitQueue(std::unique_ptr<Connection> connection, Clock clock)
    : m_connection(std::move(connection)), m_clock(std::move(clock)), m_room(m_connection->walPath()), m_checkpointAt(kCheckpointFrames) {
    const auto hook = [](void* self, sqlite3*, const char*, int frames) {
        auto* queue = static_cast<CommitQueue*>(self);
        if (frames < queue->m_walFrames) queue->m_checkpointAt = kCheckpointFrames;  // the WAL began anew
        queue->m_walFrames = frames;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(m_connection->database().getHandle(), hook, this);
    m_sweeper = std::thread{[this] { sweep(); }};
}

CommitQueue::~CommitQueue() {
    {
        const std::scoped_lock lock{m_mutex};
        m_stop = true;
    }
    m_stirred.notify_all();
    m_stopped.notify_all();
    m_sweeper.join();
    if (!m_waiting.empty()) run(m_waiting);
}

Result<void> CommitQueue::commit(Work work) {
    const auto request = std::make_shared<Request>();
    request->work = std::move(work);
    request->waitedFor = true;
    std::unique_lock lock{m_mutex};
    m_waiting.push_back(request);
    if (std::exchange(m_busy, true)) {
        lock.unlock();
        if (!request->turn.waitToLead()) return std::move(request->result);
        lock.lock();
    }
    m_running.swap(m_waiting);
    lock.unlock();
    run(m_running);
    finish();
    checkpointWal();
    lock.lock();
    const auto next = std::find_if(m_waiting.begin(), m_waiting.end(), [](const auto& r) { return r->waitedFor; });
    const auto leader = next == m_waiting.end() ? nullptr : *next;
    m_busy = leader != nullptr;
    lock.unlock();
    if (leader) leader->turn.lead();
    return std::move(request->result);
}

void CommitQueue::later(std::int64_t unit, Work work) {
    auto request = std::make_shared<Request>();
    request->work = std::move(work);
    request->unit = unit;
    bool asleep = false;
    {
        const std::scoped_lock lock{m_mutex};
        m_waiting.push_back(std::move(request));
        m_laterAsked = true;
        asleep = std::exchange(m_sweeperSleeps, false);
    }
    if (asleep) m_stirred.notify_one();
}

std::vector<std::int64_t> CommitQueue::pending() const {
    std::vector<std::int64_t> units;
    const std::scoped_lock lock{m_mutex};
    for (const Group* group : {&m_running, &m_waiting}) {
        for (const auto& request : *group) {
            if (!request->waitedFor) units.push_back(request->unit);
        }
    }
    return units;
}

Result<void> CommitQueue::takeError(std::int64_t unit) {
    const auto kept = m_errors.find(unit);
    if (kept == m_errors.end()) return {};
    Error error = std::move(kept->second);
    m_errors.erase(kept);
    return error;
}

// Every request of the group has its result when this returns.
void CommitQueue::run(Group& group) {
    SQLite::Database& database = m_connection->database();
    try {
        while (!commitAll(group)) Use{m_connection->prepared("ROLLBACK")}.run();
    } catch (const SQLite::Exception& exception) {
        const Error fault = faultOf(exception);
        for (const auto& request : group) {
            if (request->result) refuse(*request, fault);
        }
        if (sqlite3_get_autocommit(database.getHandle()) == 0) database.tryExec("ROLLBACK");
    }
}

void CommitQueue::refuse(Request& request, const Error& error) {
    request.result = error;
    if (!request.waitedFor) m_errors.try_emplace(request.unit, error);
}

// A refusal has hardly ever changed anything before it. One that has takes the transaction with it, and the others go again
// without it: false. A savepoint for each request would cost a copy of every page that it touches.
bool CommitQueue::commitAll(const Group& group) {
    Use{m_connection->prepared("BEGIN IMMEDIATE")}.run();
    m_room.keep();
    Transaction transaction{*m_connection, AuditTail::read(*m_connection), {}};
    for (const auto& request : group) {
        if (request->result && !runOne(*request, transaction)) return false;
    }
    Use{m_connection->prepared("COMMIT")}.run();
    return true;
}

/// Whether the transaction may go on: the request is done, or refused and has left nothing.
bool CommitQueue::runOne(Request& request, Transaction& transaction) {
    SQLite::Database& database = m_connection->database();
    const AuditTail audit = transaction.audit;
    const int changes = database.getTotalChanges();
    transaction.now = m_clock();
    Result<void> result;
    try {
        result = request.work(transaction);
    } catch (const SQLite::Exception& exception) {
        // A full disk or a failed write has ended the whole transaction: nobody's work stands.
        if (sqlite3_get_autocommit(database.getHandle()) != 0) throw;
        result = faultOf(exception);
    } catch (const std::exception& exception) {
        result = Error{ErrorCode::Internal, exception.what()};
    }
    if (result) return true;
    refuse(request, result.error());
    transaction.audit = audit;
    return database.getTotalChanges() == changes;
}

void CommitQueue::finish() {
    Group finished;
    {
        const std::scoped_lock lock{m_mutex};
        finished.swap(m_running);
    }
    for (const auto& request : finished) {
        if (request->waitedFor) request->turn.done();
    }
}

void CommitQueue::checkpointWal() {
    if (m_walFrames < m_checkpointAt) return;
    // What a long reader still needs stays for the next time; an error leaves the WAL as it is, which loses nothing.
    m_checkpointAt = m_walFrames + kCheckpointFrames;
    sqlite3_wal_checkpoint_v2(m_connection->database().getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

// Looks at every tick while there is work, so that later() need not wake it each time: a wake-up costs more than the request.
void CommitQueue::sweep() {
    std::unique_lock lock{m_mutex};
    while (!m_stop) {
        if (!std::exchange(m_laterAsked, false)) {
            m_sweeperSleeps = true;
            m_stirred.wait(lock);
            continue;
        }
        const auto oldest = m_waiting.empty() ? nullptr : m_waiting.front();
        if (m_stopped.wait_for(lock, kTick, [this] { return m_stop; })) return;
        if (oldest == nullptr || m_waiting.empty() || m_waiting.front() != oldest) continue;
        lock.unlock();
        // An error of theirs is kept; this request has nothing of its own.
        static_cast<void>(commit([](Transaction&) { return Result<void>{}; }));
        lock.lock();
    }
}

}  // namespace keystamp::db
