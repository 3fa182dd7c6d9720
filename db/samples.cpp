// SPDX-License-Identifier: Apache-2.0
#include "db/samples.h"

#include "db/journal_parts.h"

namespace keystamp::db {
namespace {

Sampled parseSampled(const std::string& text) {
    for (const Sampled outcome : {Sampled::Assigned, Sampled::Unassigned, Sampled::Refused, Sampled::Offline}) {
        if (name(outcome) == text) return outcome;
    }
    throw SQLite::Exception{"a damaged row: sample " + text};
}

}  // namespace

std::string_view name(Sampled outcome) {
    switch (outcome) {
        case Sampled::Assigned: return "assigned";
        case Sampled::Unassigned: return "unassigned";
        case Sampled::Refused: return "refused";
        case Sampled::Offline: return "offline";
    }
    return "";
}

Result<bool> Samples::picks(const Batch& batch, std::int64_t unit) const {
    if (batch.sampleOf == 0) return false;
    return m_journal.m_parts->read([&](Connection& db) -> Result<bool> {
        Use use{db.prepared("SELECT count(*) FROM unit WHERE batch = ? AND number < ?")};
        use.with(batch.name, unit).next();
        return use.count(0) % batch.sampleOf < batch.sample;
    });
}

Result<void> Samples::keep(Journal& journal, const Unit& unit, Sampled outcome, const std::string& detail) {
    return journal.m_parts->change([&](Transaction& t) -> Result<void> {
        Use put{t.db.prepared("INSERT INTO sample(unit, outcome, detail, tried_at) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING")};
        if (put.with(unit.number, name(outcome), detail, t.now).run() != 1) return Error{ErrorCode::Internal, "a unit's second sample"};
        t.note("cloud-sample", {{"unit", unit.number}, {"id", unit.id.text()}, {"batch", unit.batch}, {"outcome", name(outcome)}, {"detail", detail}});
        if (outcome != Sampled::Refused) return {};
        const std::string reason = unit.id.text() + ": " + detail;
        Use pause{t.db.prepared("UPDATE batch SET state = 'paused', stopped = ? WHERE name = ? AND state = 'open'")};
        if (pause.with(reason, unit.batch).run() == 1) {
            t.note("batch-state", {{"batch", unit.batch}, {"from", name(BatchState::Open)}, {"to", name(BatchState::Paused)}, {"who", "station"}, {"reason", reason}});
            return {};
        }
        // a person was faster: whoever resumes it is told
        Use{t.db.prepared("UPDATE batch SET stopped = ? WHERE name = ? AND state = 'paused' AND stopped = ''")}.with(reason, unit.batch).run();
        return {};
    });
}

Result<std::optional<Sample>> Samples::of(std::int64_t unit) const {
    return m_journal.m_parts->read([&](Connection& db) -> Result<std::optional<Sample>> {
        Use use{db.prepared("SELECT outcome, detail, tried_at FROM sample WHERE unit = ?")};
        if (!use.with(unit).next()) return std::optional<Sample>{};
        return std::optional{Sample{parseSampled(use.text(0)), use.text(1), use.time(2)}};
    });
}

Result<std::map<Sampled, std::uint64_t>> Samples::counts(const std::string& batch) const {
    return m_journal.m_parts->read([&](Connection& db) -> Result<std::map<Sampled, std::uint64_t>> {
        std::map<Sampled, std::uint64_t> counts;
        Use use{db.prepared("SELECT outcome, count(*) FROM sample WHERE unit IN (SELECT number FROM unit WHERE batch = ?) GROUP BY outcome")};
        use.with(batch);
        while (use.next()) counts[parseSampled(use.text(0))] = use.count(1);
        return counts;
    });
}

}  // namespace keystamp::db
