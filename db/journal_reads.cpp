// SPDX-License-Identifier: Apache-2.0
// Looking up: on connections that only read, beside whoever commits.
#include <algorithm>

#include "db/extensions.h"
#include "db/journal_parts.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

BatchProgress progressOf(Connection& db, const Batch& batch) {
    Use use{db.prepared(
        "SELECT (SELECT count(*) FROM unit WHERE batch = ?1),"
        " (SELECT count(*) FROM unit WHERE batch = ?1 AND live = 0),"
        " (SELECT count(*) FROM unit WHERE batch = ?1 AND finished = 0),"
        " (SELECT count(*) FROM unit WHERE batch = ?1 AND finished = 0 AND"
        "  state IN ('RESERVED', 'INTENDED')),"
        " (SELECT count(*) FROM job WHERE batch = ?1 AND verdict = 'FAIL')")};
    use.with(batch.name).next();
    return BatchProgress{.batch = batch,
                         .recorded = use.count(0) - use.count(1) - use.count(2),
                         .unresolved = use.count(2) - use.count(3),
                         .voided = use.count(1),
                         .failedJobs = use.count(4),
                         .extension = extensionOf(db, batch.name)};
}

std::optional<Unit> oneUnit(Use& use) { return use.next() ? std::optional{unitOf(use)} : std::nullopt; }

std::vector<Unit> allUnits(Use& use) {
    std::vector<Unit> units;
    while (use.next()) units.push_back(unitOf(use));
    return units;
}

bool isUnit(const std::optional<Unit>& unit, std::int64_t number) { return unit && unit->number == number; }
bool hasUnit(const std::vector<Unit>& units, std::int64_t number) {
    return std::any_of(units.begin(), units.end(), [&](const Unit& unit) { return unit.number == number; });
}

ListedId listedOf(const Use& row) { return {idOf(row, 0), row.text(1), row.bytes(2)}; }

}  // namespace

Result<std::vector<BatchProgress>> Journal::batches() const {
    return m_parts->read([](Connection& db) -> Result<std::vector<BatchProgress>> {
        std::vector<BatchProgress> all;
        Use use{db.prepared("SELECT " KEYSTAMP_BATCH_COLUMNS " FROM batch ORDER BY rowid")};
        while (use.next()) all.push_back(progressOf(db, batchOf(use)));
        return all;
    });
}

Result<BatchProgress> Journal::batch(const std::string& batch) const {
    return m_parts->read([&](Connection& db) -> Result<BatchProgress> {
        Use use{db.prepared("SELECT " KEYSTAMP_BATCH_COLUMNS " FROM batch WHERE name = ?")};
        if (!use.with(batch).next()) return Error{ErrorCode::UnknownBatch, batch};
        return progressOf(db, batchOf(use));
    });
}

Result<ListedId> Journal::listed(const std::string& batch, const DeviceId& id) const {
    return m_parts->read([&](Connection& db) -> Result<ListedId> {
        Use use{db.prepared("SELECT id, name, uid FROM listed_id WHERE batch = ? AND id = ?")};
        if (!use.with(batch, id.text()).next()) return Error{ErrorCode::NotInBatch, id.text() + " is not in the list of " + batch};
        return listedOf(use);
    });
}

Result<std::vector<ListedId>> Journal::listedIds(const std::string& batch) const {
    return m_parts->read([&](Connection& db) -> Result<std::vector<ListedId>> {
        std::vector<ListedId> all;
        Use use{db.prepared("SELECT id, name, uid FROM listed_id WHERE batch = ? ORDER BY position")};
        use.with(batch);
        while (use.next()) all.push_back(listedOf(use));
        return all;
    });
}

Result<std::optional<Unit>> Journal::liveUnit(const DeviceId& id) const {
    const auto work = [&](Connection& db) -> Result<std::optional<Unit>> {
        Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE id = ? AND live = 1")};
        return oneUnit(use.with(id.text()));
    };
    return m_parts->readUnits(work, isUnit);
}

Result<std::optional<Unit>> Journal::liveUnitOfBoard(const Bytes& uid) const {
    const auto work = [&](Connection& db) -> Result<std::optional<Unit>> {
        Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE uid = ? AND live = 1")};
        return oneUnit(use.with(uid));
    };
    return m_parts->readUnits(work, isUnit);
}

Result<std::optional<Unit>> Journal::liveUnitOfScan(const std::string& batch, const std::string& scan) const {
    const auto work = [&](Connection& db) -> Result<std::optional<Unit>> {
        Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS
                            " FROM unit WHERE batch = ? AND scan = ? AND live = 1 ORDER BY number LIMIT 1")};
        return oneUnit(use.with(batch, scan));
    };
    return m_parts->readUnits(work, isUnit);
}

Result<std::vector<Unit>> Journal::history(const DeviceId& id) const {
    const auto work = [&](Connection& db) -> Result<std::vector<Unit>> {
        Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE id = ?1 AND live = 1 UNION ALL "
                            "SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE id = ?1 AND live = 0 ORDER BY 1")};
        return allUnits(use.with(id.text()));
    };
    return m_parts->readUnits(work, hasUnit);
}

Result<std::vector<JobRecord>> Journal::jobsOf(const DeviceId& id) const {
    return m_parts->read([&](Connection& db) -> Result<std::vector<JobRecord>> {
        std::vector<JobRecord> jobs;
        Use use{db.prepared("SELECT " KEYSTAMP_JOB_COLUMNS " FROM job WHERE id = ? ORDER BY number")};
        use.with(id.text());
        while (use.next()) jobs.push_back(jobOf(use));
        return jobs;
    });
}

Result<std::uint64_t> Journal::intended(const std::string& batch) const {
    return m_parts->read([&](Connection& db) -> Result<std::uint64_t> {
        Use use{db.prepared("SELECT count(*), count(DISTINCT id), (SELECT mode FROM batch WHERE name = ?1) FROM unit "
                            "WHERE batch = ?1 AND state <> 'RESERVED' AND (live = 1 OR void_from <> 'RESERVED')")};
        use.with(batch).next();
        return use.text(2) == name(Mode::X509) ? use.count(0) : use.count(1);
    });
}

Result<std::vector<Unit>> Journal::unfinished() const {
    const auto work = [](Connection& db) -> Result<std::vector<Unit>> {
        Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS
                            " FROM unit INDEXED BY unit_unfinished WHERE finished = 0 ORDER BY number")};
        return allUnits(use);
    };
    return m_parts->readUnits(work, hasUnit);
}

Result<std::vector<Unit>> Journal::unlocked() const {
    const auto work = [](Connection& db) -> Result<std::vector<Unit>> {
        Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS
                            " FROM unit INDEXED BY unit_unlocked WHERE lock_owed = 1 ORDER BY number")};
        return allUnits(use);
    };
    return m_parts->readUnits(work, hasUnit);
}

Result<void> Journal::eachUnit(const std::string& batch, const std::function<Result<void>(const Unit&)>& each) const {
    if (auto settled = m_parts->settle(); !settled) return settled;
    return m_parts->read([&](Connection& db) -> Result<void> {
        Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS
                            " FROM unit INDEXED BY unit_of_batch WHERE batch = ? ORDER BY number")};
        use.with(batch);
        while (use.next()) {
            if (auto done = each(unitOf(use)); !done) return done;
        }
        return {};
    });
}

Result<void> Journal::eachVoidLeaf(const std::function<Result<void>(const Unit&)>& each) const {
    return m_parts->read([&](Connection& db) -> Result<void> {
        Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE live = 0 AND certificate IS NOT NULL ORDER BY number")};
        while (use.next()) {
            if (auto done = each(unitOf(use)); !done) return done;
        }
        return {};
    });
}

Result<void> Journal::eachJobWithoutUnit(const std::string& batch,
                                         const std::function<Result<void>(const JobRecord&)>& each) const {
    return m_parts->read([&](Connection& db) -> Result<void> {
        Use use{db.prepared("SELECT " KEYSTAMP_JOB_COLUMNS " FROM job INDEXED BY job_failed"
                            " WHERE batch = ? AND verdict = 'FAIL' AND unit IS NULL ORDER BY number")};
        use.with(batch);
        while (use.next()) {
            if (auto done = each(jobOf(use)); !done) return done;
        }
        return {};
    });
}

}  // namespace keystamp::db
