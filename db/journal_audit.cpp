// SPDX-License-Identifier: Apache-2.0
// The audit log inside the journal: rows, heads, checkpoints.
#include <fmt/format.h>

#include <array>

#include "db/audit_chain.h"
#include "db/clock_rule.h"
#include "db/journal_parts.h"
#include "db/rows.h"

namespace keystamp::db {
namespace {

constexpr std::size_t kLargestData = 1u << 16;

}  // namespace

Result<void> Journal::audit(const std::string& kind, const std::string& data) {
    if (data.size() > kLargestData) return Error{ErrorCode::Internal, "an audit row's data is too large"};
    constexpr std::array<std::string_view, 9> kOwn{"issue",        "record",        "void",          "person-add", "person-remove",
                                                   "person-login", "person-logout", "badge-refused", kClockRebase};
    for (const std::string_view own : kOwn) {
        if (kind == own) return Error{ErrorCode::Internal, fmt::format("\"{}\" is the journal's own kind of audit row", kind)};
    }
    const Json json = Json::parse(data, nullptr, false);
    if (!json.is_object()) return Error{ErrorCode::Internal, "an audit row's data is not a JSON object"};
    for (const char* reserved : {"n", "time", "clock", "kind", "prev"}) {
        if (json.contains(reserved)) return Error{ErrorCode::Internal, fmt::format("an audit row's data names \"{}\"", reserved)};
    }
    return m_parts->change([&](Transaction& t) -> Result<void> {
        t.note(kind, json);
        return {};
    });
}

Result<void> Journal::eachAuditRow(const std::function<Result<void>(const AuditRow&)>& each, std::uint64_t after) const {
    return m_parts->read([&](Connection& db) -> Result<void> {
        Use use{db.prepared("SELECT number, line FROM audit WHERE number > ? ORDER BY number")};
        use.with(after);
        while (use.next()) {
            if (auto done = each(AuditRow{use.count(0), use.text(1)}); !done) return done;
        }
        return {};
    });
}

// The whole chain is followed each time: what gets a signature is what was read. Heads are taken at the end of a batch, an
// export or a shift.
Result<Journal::Head> Journal::head(std::uint64_t since) const {
    std::uint64_t size = 0;
    auto counted = m_parts->read([&](Connection& db) -> Result<void> {
        size = AuditTail::read(db).number;
        return {};
    });
    if (!counted) return counted.error();
    if (size < since) {
        return Error{ErrorCode::RecordsAltered, fmt::format("the audit log has {} rows, it had {}", size, since)};
    }
    AuditChain chain;
    ProofBuilder proof{since, size};
    auto followed = m_parts->read([&](Connection& db) -> Result<void> {
        Use use{db.prepared("SELECT line FROM audit WHERE number <= ? ORDER BY number")};
        use.with(size);
        while (use.next()) {
            if (auto fits = chain.follow(use.text(0)); !fits) return fits;
            proof.append(chain.leaf());
        }
        return {};
    });
    if (!followed) return followed.error();
    if (chain.size() != size) {
        return Error{ErrorCode::RecordsAltered, fmt::format("the audit log has {} rows, numbered to {}", chain.size(), size)};
    }
    return Head{m_parts->origin, size, chain.tree().root(), proof.proof()};
}

Result<void> Journal::saveCheckpoint(const Checkpoint& checkpoint) {
    return m_parts->change([&](Transaction& t) -> Result<void> {
        if (checkpoint.size > t.audit.number) return Error{ErrorCode::Internal, "a checkpoint of rows that are not there"};
        Use{t.db.prepared("INSERT INTO checkpoint(origin, size, root, signature, saved_at) VALUES(?, ?, ?, ?, ?)")}
            .with(checkpoint.origin, checkpoint.size, checkpoint.root, checkpoint.signature, t.now)
            .run();
        t.note("checkpoint", {{"origin", checkpoint.origin}, {"size", checkpoint.size}, {"root", toBase64(checkpoint.root)}});
        return {};
    });
}

Result<std::optional<Checkpoint>> Journal::lastCheckpoint() const {
    return m_parts->read([](Connection& db) -> Result<std::optional<Checkpoint>> {
        Use use{db.prepared("SELECT origin, size, root, signature FROM checkpoint ORDER BY size DESC, number DESC LIMIT 1")};
        if (!use.next()) return std::optional<Checkpoint>{};
        Checkpoint checkpoint{use.text(0), use.count(1), {}, use.bytes(3)};
        const Bytes root = use.bytes(2);
        if (root.size() != checkpoint.root.size()) return Error{ErrorCode::RecordsAltered, "a checkpoint's root has another size"};
        std::copy(root.begin(), root.end(), checkpoint.root.begin());
        return std::optional{checkpoint};
    });
}

Result<std::uint64_t> Journal::auditRows() const {
    return m_parts->read([](Connection& db) -> Result<std::uint64_t> { return AuditTail::read(db).number; });
}

Result<std::optional<UtcTime>> Journal::lastTime() const {
    return m_parts->read([](Connection& db) -> Result<std::optional<UtcTime>> {
        const AuditTail tail = AuditTail::read(db);
        if (tail.number != 0 && !tail.time) return Error{ErrorCode::RecordsAltered, "the last audit row has no time"};
        return tail.time;
    });
}

Result<void> Journal::clockFits() const {
    const auto newest = lastTime();
    if (!newest) return newest.error();
    return *newest ? db::clockFits(m_parts->clock(), **newest) : Result<void>{};
}

Result<void> Journal::rebaseClock(const std::string& reason, const std::string& who) {
    return m_parts->change([&](Transaction& t) -> Result<void> {
        if (t.clockFits()) return Error{ErrorCode::BadUsage, "the clock fits the records: there is nothing to re-base"};
        t.note(kClockRebase, {{"from", toText(*t.audit.time)}, {"reason", reason}, {"who", who}});
        return {};
    });
}

}  // namespace keystamp::db
