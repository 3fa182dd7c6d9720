// SPDX-License-Identifier: Apache-2.0
// A longer batch, by two supervisors: one asks for it, another releases it. Until then the batch is what it was.
#include <fmt/format.h>

#include "db/extensions.h"
#include "db/journal_parts.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

Result<Batch> openBatch(Connection& db, const std::string& name) {
    Use use{db.prepared("SELECT " KEYSTAMP_BATCH_COLUMNS " FROM batch WHERE name = ?")};
    if (!use.with(name).next()) return Error{ErrorCode::UnknownBatch, name};
    Batch batch = batchOf(use);
    if (batch.state == BatchState::Closed) return Error{ErrorCode::BatchNotOpen, name + " is closed, which is for good"};
    return batch;
}

Result<void> keepIds(Connection& db, const std::string& batch, const std::vector<ListedId>& ids) {
    std::int64_t position = 0;
    for (const ListedId& listed : ids) {
        Use known{db.prepared("SELECT 1 FROM listed_id WHERE batch = ? AND id = ?")};
        Use use{db.prepared("INSERT INTO extension_id(batch, id, position, name, uid) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")};
        if (known.with(batch, listed.id.text()).next() || use.with(batch, listed.id.text(), ++position, listed.name, listed.uid).run() != 1) {
            return Error{ErrorCode::BadCsv, fmt::format("{} stands twice", listed.id.text())};
        }
    }
    return {};
}

Json rowOf(const Batch& batch, const Extension& extension) {
    return Json{{"batch", batch.name}, {"from", {{"count", batch.count}, {"spare", batch.spare}}}, {"count", extension.count}, {"spare", extension.spare}};
}

}  // namespace

std::optional<Extension> extensionOf(Connection& db, const std::string& batch) {
    Use use{db.prepared("SELECT count, spare, reason, who, (SELECT count(*) FROM extension_id WHERE extension_id.batch = extension.batch)"
                        " FROM extension WHERE batch = ?")};
    if (!use.with(batch).next()) return std::nullopt;
    return Extension{use.count(0), use.count(1), use.count(4), use.text(2), use.text(3)};
}

void dropExtension(Connection& db, const std::string& batch) {
    Use{db.prepared("DELETE FROM extension_id WHERE batch = ?")}.with(batch).run();
    Use{db.prepared("DELETE FROM extension WHERE batch = ?")}.with(batch).run();
}

Result<void> Journal::extendBatch(const std::string& name, std::uint64_t count, std::uint64_t spare, const std::vector<ListedId>& ids,
                                  const std::string& reason, const std::string& who) {
    return m_parts->change([&](Transaction& t) -> Result<void> {
        const auto before = openBatch(t.db, name);
        if (!before) return before.error();
        if (count < before->count || spare < before->spare) return Error{ErrorCode::BadUsage, "an extension takes nothing away"};
        if (!before->pattern.empty() && !ids.empty()) return Error{ErrorCode::BadUsage, "a batch with a pattern has no list to add to"};
        dropExtension(t.db, name);
        Use{t.db.prepared("INSERT INTO extension(batch, count, spare, reason, who, asked_at) VALUES(?, ?, ?, ?, ?, ?)")}
            .with(name, count, spare, reason, who, t.now)
            .run();
        if (auto kept = keepIds(t.db, name, ids); !kept) return kept;
        Json row = rowOf(*before, {count, spare, ids.size(), reason, who});
        if (!ids.empty()) row.update(Json{{"ids", ids.size()}, {"list", toHex(digestOf(ids))}});
        row.update(Json{{"reason", reason}, {"who", who}});
        t.note("batch-extend", row);
        return {};
    });
}

Result<void> Journal::releaseBatch(const std::string& name, const std::string& who) {
    return m_parts->change([&](Transaction& t) -> Result<void> {
        const auto before = openBatch(t.db, name);
        if (!before) return before.error();
        const auto extension = extensionOf(t.db, name);
        if (!extension) return Error{ErrorCode::BadUsage, fmt::format("no extension of {} waits for its release", name)};
        if (extension->who == who) return Error{ErrorCode::SecondSupervisor, fmt::format("{} asked for this extension of {}", who, name)};
        Use{t.db.prepared("UPDATE batch SET count = ?, spare = ? WHERE name = ?")}.with(extension->count, extension->spare, name).run();
        Use{t.db.prepared("INSERT INTO listed_id(batch, id, position, name, uid) SELECT batch, id, position + coalesce((SELECT max(position)"
                          " FROM listed_id AS before WHERE before.batch = extension_id.batch), 0), name, uid FROM extension_id WHERE batch = ?")}
            .with(name)
            .run();
        dropExtension(t.db, name);
        Json row = rowOf(*before, *extension);
        if (extension->ids > 0) row["ids"] = extension->ids;
        row.update(Json{{"asked", extension->who}, {"who", who}});
        t.note("batch-release", row);
        return {};
    });
}

}  // namespace keystamp::db
