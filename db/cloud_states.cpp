// SPDX-License-Identifier: Apache-2.0
#include "db/cloud_states.h"

#include "db/journal_parts.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

CloudState parseCloudState(const std::string& text) {
    for (const CloudState state : {CloudState::Registered, CloudState::Provisioned, CloudState::Blocked, CloudState::Missing}) {
        if (name(state) == text) return state;
    }
    throw SQLite::Exception{"a damaged row: cloud state " + text};
}

/// Whoever is let in, or should be, and is not.
bool isRemarkable(std::optional<CloudState> state) { return state == CloudState::Blocked || state == CloudState::Missing; }

std::optional<CloudState> before(Connection& db, const DeviceId& id) {
    Use use{db.prepared("SELECT state FROM cloud_device WHERE id = ?")};
    return use.with(id.text()).next() ? std::optional{parseCloudState(use.text(0))} : std::nullopt;
}

void put(Transaction& t, const CloudStates::Said& said) {
    Use{t.db.prepared("INSERT INTO cloud_device(id, state, source, said_at) VALUES(?1, ?2, ?3, ?4) "
                      "ON CONFLICT(id) DO UPDATE SET state = ?2, source = ?3, said_at = ?4")}
        .with(said.id.text(), name(said.state), said.source, t.now)
        .run();
}

}  // namespace

std::string_view name(CloudState state) {
    switch (state) {
        case CloudState::Registered: return "registered";
        case CloudState::Provisioned: return "provisioned";
        case CloudState::Blocked: return "blocked";
        case CloudState::Missing: return "missing";
    }
    return "";
}

std::string_view name(CloudNeed need) {
    switch (need) {
        case CloudNeed::Nothing: return "";
        case CloudNeed::Import: return "import";
        case CloudNeed::Block: return "block";
    }
    return "";
}

CloudNeed needOf(const Unit& unit, bool nobodys, const std::optional<CloudWord>& word) {
    if (!word) return CloudNeed::Nothing;
    if (unit.state == UnitState::Recorded && word->state == CloudState::Missing) return CloudNeed::Import;
    if (unit.live() || !nobodys || unit.credential == Digest{} || word->state == CloudState::Blocked) return CloudNeed::Nothing;
    // a key that the cloud made goes with its device there; a group lets in whoever has one of its own
    return unit.origin == KeyOrigin::Imported && word->state == CloudState::Missing ? CloudNeed::Nothing : CloudNeed::Block;
}

Result<std::optional<CloudWord>> CloudStates::of(const DeviceId& id) const {
    return m_journal.m_parts->read([&](Connection& db) -> Result<std::optional<CloudWord>> {
        Use use{db.prepared("SELECT state, source, said_at FROM cloud_device WHERE id = ?")};
        if (!use.with(id.text()).next()) return std::optional<CloudWord>{};
        return std::optional{CloudWord{parseCloudState(use.text(0)), use.text(1), use.time(2)}};
    });
}

Result<CloudCounts> CloudStates::counts(const std::string& batch) const {
    return m_journal.m_parts->read([&](Connection& db) -> Result<CloudCounts> {
        CloudCounts counts;
        Use recorded{db.prepared("SELECT state, count(*) FROM cloud_device WHERE id IN "
                                 "(SELECT id FROM unit WHERE batch = ? AND live = 1 AND finished = 1) GROUP BY state")};
        recorded.with(batch);
        while (recorded.next()) counts.recorded[parseCloudState(recorded.text(0))] = recorded.count(1);
        // as needOf
        Use toBlock{db.prepared("SELECT count(DISTINCT u.id) FROM unit u JOIN cloud_device c ON c.id = u.id WHERE u.batch = ? AND u.live = 0 "
                                "AND u.credential IS NOT NULL AND c.state <> 'blocked' AND NOT (u.origin = 'imported' AND c.state = 'missing') "
                                "AND NOT EXISTS (SELECT 1 FROM unit o WHERE o.id = u.id AND o.live = 1)")};
        toBlock.with(batch).next();
        counts.toBlock = toBlock.count(0);
        return counts;
    });
}

Result<std::map<std::string, CloudWord, std::less<>>> CloudStates::all() const {
    return m_journal.m_parts->read([](Connection& db) -> Result<std::map<std::string, CloudWord, std::less<>>> {
        std::map<std::string, CloudWord, std::less<>> all;
        Use use{db.prepared("SELECT id, state, source, said_at FROM cloud_device ORDER BY id")};
        while (use.next()) all.emplace_hint(all.end(), use.text(0), CloudWord{parseCloudState(use.text(1)), use.text(2), use.time(3)});
        return all;
    });
}

Result<void> CloudStates::eachSubject(const std::function<Result<void>(const CloudSubject&)>& each) const {
    return m_journal.m_parts->read([&](Connection& db) -> Result<void> {
        Use use{db.prepared("SELECT id, batch, state, credential IS NOT NULL, CASE WHEN live = 0 THEN certificate END FROM unit ORDER BY number")};
        while (use.next()) {
            const CloudSubject subject{idOf(use, 0), use.text(1), parseUnitState(use.text(2)), use.number(3) != 0, use.bytes(4)};
            if (auto done = each(subject); !done) return done;
        }
        return {};
    });
}

Result<std::vector<CloudChange>> CloudStates::keep(Journal& journal, const std::vector<Said>& said, const std::string& data, const std::string& who) {
    const Json row = Json::parse(data, nullptr, false);
    if (!row.is_object()) return Error{ErrorCode::Internal, "a reconciliation whose data is not a JSON object"};
    return journal.m_parts->change([&](Transaction& t) -> Result<std::vector<CloudChange>> {
        std::vector<CloudChange> changes;
        std::vector<std::string> sources;
        for (const Said& one : said) {
            const auto from = before(t.db, one.id);
            put(t, one);
            if (from == one.state || (!isRemarkable(from) && !isRemarkable(one.state))) continue;
            changes.push_back({one.id, from, one.state});
            sources.push_back(one.source);
        }
        Json summary = row;
        summary.update(Json{{"changed", changes.size()}, {"who", who}});
        t.note("cloud-reconcile", summary);
        for (std::size_t n = 0; n < changes.size(); ++n) {
            const CloudChange& change = changes[n];
            t.note("cloud-state", {{"id", change.id.text()}, {"from", change.from ? Json(name(*change.from)) : Json{}}, {"to", name(change.to)}, {"source", sources[n]}});
        }
        return changes;
    });
}

}  // namespace keystamp::db
