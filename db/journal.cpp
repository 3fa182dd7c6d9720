// SPDX-License-Identifier: Apache-2.0
#include "db/journal.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/id_pattern.h"
#include "db/extensions.h"
#include "db/journal_parts.h"
#include "db/migrations.h"
#include "db/rows.h"

namespace keystamp::db {

Journal::Journal(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path, const std::string& origin, Clock clock) {
    if (origin.empty() || origin.find('\n') != std::string::npos) {
        return Error{ErrorCode::BadConfig, "the station's name must be one line"};
    }
    auto connection = Connection::open(path, Connection::Role::Writer);
    if (!connection) return connection.error();
    if (auto migrated = migrate(**connection); !migrated) {
        Error fault = migrated.error();
        fault.detail = path + ": " + fault.detail;
        return fault;
    }
    auto parts = std::make_unique<Parts>();
    parts->path = path;
    parts->origin = origin;
    parts->clock = clock;
    parts->queue = std::make_unique<CommitQueue>(std::move(*connection), std::move(clock));
    return std::unique_ptr<Journal>{new Journal{std::move(parts)}};
}

namespace {

Result<void> checkOrder(const Batch& batch, const std::vector<ListedId>& ids) {
    const auto refuse = [](std::string why) { return Error{ErrorCode::BadUsage, std::move(why)}; };
    if (batch.name.empty()) return refuse("a batch needs a name");
    if (batch.count == 0) return refuse("a batch needs a count");
    if (batch.sample > batch.sampleOf || (batch.sample == 0) != (batch.sampleOf == 0)) return refuse("a sample is N of every M units, N from 1 to M");
    if (batch.pattern.empty() == ids.empty()) return refuse("a batch has a pattern or a list of IDs, and not both");
    if (batch.pattern.empty()) return {};
    const auto pattern = IdPattern::parse(batch.pattern);
    if (!pattern) return pattern.error();
    const auto last = pattern->at(batch.first + batch.cap() - 1);
    return last ? Result<void>{} : last.error();
}

Result<void> insertIds(Connection& db, const std::string& batch, const std::vector<ListedId>& ids) {
    std::int64_t position = 0;
    for (const ListedId& listed : ids) {
        Use use{db.prepared("INSERT INTO listed_id(batch, id, position, name, uid) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")};
        if (use.with(batch, listed.id.text(), ++position, listed.name, listed.uid).run() != 1) {
            return Error{ErrorCode::BadCsv, fmt::format("{} stands twice", listed.id.text())};
        }
    }
    return {};
}

}  // namespace

Digest digestOf(const std::vector<ListedId>& ids) {
    std::string lines;
    for (const ListedId& listed : ids) lines += fmt::format("{},{},{}\n", listed.id.text(), listed.name, toHex(listed.uid));
    return sha256(lines);
}

Result<void> Journal::createBatch(const Batch& batch, const std::vector<ListedId>& ids) {
    if (auto good = checkOrder(batch, ids); !good) return good;
    return m_parts->change([&](Transaction& t) -> Result<void> {
        Use use{t.db.prepared("INSERT INTO batch(name, mode, slot, scope_id, pattern, first, match, count, spare, state, "
                              "created_by, created_at, next, requires, sample, sample_of) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                              "ON CONFLICT DO NOTHING")};
        use.with(batch.name, name(batch.mode), name(batch.slot), batch.scopeId, batch.pattern, batch.first, batch.match,
                 batch.count, batch.spare, name(batch.state), batch.createdBy, t.now, batch.first, name(batch.required), batch.sample, batch.sampleOf);
        if (use.run() != 1) return Error{ErrorCode::BatchExists, batch.name};
        if (auto inserted = insertIds(t.db, batch.name, ids); !inserted) return inserted;
        Json row{{"batch", batch.name}, {"mode", name(batch.mode)}, {"slot", name(batch.slot)}, {"scope", batch.scopeId}};
        if (ids.empty()) {
            row.update(Json{{"pattern", batch.pattern}, {"first", batch.first}, {"match", batch.match}});
        } else {
            row.update(Json{{"ids", ids.size()}, {"list", toHex(digestOf(ids))}});
        }
        if (batch.required != Evidence::None) row["require"] = name(batch.required);
        if (batch.sampleOf != 0) row.update(Json{{"sample", batch.sample}, {"sampleOf", batch.sampleOf}});
        row.update(Json{{"count", batch.count}, {"spare", batch.spare}, {"who", batch.createdBy}});
        t.note("batch-create", row);
        return {};
    });
}

Result<void> Journal::setBatchState(const std::string& batch, BatchState state, const std::string& who, const std::string& reason) {
    return m_parts->change([&](Transaction& t) -> Result<void> {
        Use found{t.db.prepared("SELECT state FROM batch WHERE name = ?")};
        if (!found.with(batch).next()) return Error{ErrorCode::UnknownBatch, batch};
        const std::string before = found.text(0);
        if (before == name(state)) return {};
        if (before == name(BatchState::Closed)) return Error{ErrorCode::BatchNotOpen, batch + " is closed, which is for good"};
        if (state == BatchState::Closed) {
            Use left{t.db.prepared("SELECT count(*) FROM unit WHERE batch = ? AND finished = 0")};
            if (left.with(batch).next() && left.count(0) > 0) return Error{ErrorCode::Unresolved, fmt::format("{} of batch {}", left.count(0), batch)};
        }
        Use{t.db.prepared("UPDATE batch SET state = ?, stopped = ? WHERE name = ?")}.with(name(state), reason, batch).run();
        if (state == BatchState::Closed) dropExtension(t.db, batch);
        Json row{{"batch", batch}, {"from", before}, {"to", name(state)}, {"who", who}};
        if (!reason.empty()) row["reason"] = reason;
        t.note("batch-state", row);
        return {};
    });
}

}  // namespace keystamp::db
