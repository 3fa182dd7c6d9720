// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/commit_queue.h"

#include <sqlite3.h>

#include <utility>

namespace keystamp::hsm {

CommitQueue::CommitQueue(std::unique_ptr<Sql> sql)
    : m_sql(std::move(sql)), m_room(m_sql->walPath()) {}

Result<void> CommitQueue::run(const Work& work) {
    const auto request = std::make_shared<Request>();
    request->work = &work;
    std::unique_lock lock{m_mutex};
    m_waiting.push_back(request);
    if (std::exchange(m_busy, true)) {
        lock.unlock();
        if (!request->turn.waitToLead()) return request->result;
        lock.lock();
    }
    // this thread commits for all that wait now
    Group group;
    group.swap(m_waiting);
    lock.unlock();
    commit(group);
    for (const auto& each : group) {
        if (each != request) each->turn.done();
    }
    lock.lock();
    const auto next = m_waiting.empty() ? nullptr : m_waiting.front();
    m_busy = next != nullptr;
    lock.unlock();
    if (next) next->turn.lead();
    return request->result;
}

void CommitQueue::commit(const Group& group) {
    try {
        while (!commitAll(group)) m_sql->query("ROLLBACK").run();
        return;
    } catch (const SQLite::Exception& problem) {
        // the whole transaction is lost: nobody's change is on disk
        for (const auto& each : group) {
            if (each->result) each->result = ledgerFault(problem);
        }
    }
    try {
        if (sqlite3_get_autocommit(m_sql->database().getHandle()) == 0) m_sql->query("ROLLBACK").run();
    } catch (const SQLite::Exception&) {
        // the next BEGIN reports it
    }
}

// A refusal has hardly ever changed anything before it. One that has takes the transaction with it, and the others go again
// without it: false.
bool CommitQueue::commitAll(const Group& group) {
    m_sql->query("BEGIN IMMEDIATE").run();
    m_room.keep();
    for (const auto& each : group) {
        if (each->result && !runOne(*each)) return false;
    }
    m_sql->query("COMMIT").run();
    return true;
}

/// Whether the transaction may go on: the request is done, or refused and has left nothing.
bool CommitQueue::runOne(Request& request) {
    SQLite::Database& database = m_sql->database();
    const int changes = database.getTotalChanges();
    try {
        request.result = (*request.work)(*m_sql);
    } catch (const SQLite::Exception& problem) {
        request.result = ledgerFault(problem);
        // full disks and I/O errors end the transaction itself (sqlite.org/lang_transaction.html, section 3.2)
        if (sqlite3_get_autocommit(database.getHandle()) != 0) throw;
    }
    return request.result || database.getTotalChanges() == changes;
}

}  // namespace keystamp::hsm
