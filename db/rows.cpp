// SPDX-License-Identifier: Apache-2.0
#include "db/rows.h"

#include <algorithm>

namespace keystamp::db {
namespace {

[[noreturn]] void damaged(const std::string& what) { throw SQLite::Exception{"a damaged row: " + what}; }

template <typename Word, std::size_t Count>
Word parse(const std::string& text, const Word (&words)[Count]) {
    for (const Word word : words) {
        if (name(word) == text) return word;
    }
    damaged(text);
}

template <typename Word>
Word must(Result<Word> parsed) {
    if (!parsed) damaged(parsed.error().detail);
    return *parsed;
}

Digest digestOf(const Use& row, int column) {
    Digest digest{};
    const Bytes bytes = row.bytes(column);
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

}  // namespace

UnitState parseUnitState(const std::string& text) {
    return parse(text, {UnitState::Reserved, UnitState::Intended, UnitState::Issued, UnitState::Written,
                        UnitState::Verified, UnitState::Recorded, UnitState::Void});
}

BatchState parseBatchState(const std::string& text) {
    return parse(text, {BatchState::Open, BatchState::Paused, BatchState::Closed});
}

DeviceId idOf(const Use& row, int column) { return must(DeviceId::parse(row.text(column))); }

Unit unitOf(const Use& row) {
    return Unit{
        .number = row.number(0),
        .batch = row.text(1),
        .id = idOf(row, 2),
        .scan = row.text(3),
        .uid = row.bytes(4),
        .state = parseUnitState(row.text(5)),
        .fixture = row.text(6),
        .job = row.text(7),
        .origin = parse(row.text(8), {KeyOrigin::Board, KeyOrigin::Station, KeyOrigin::Derived, KeyOrigin::Imported}),
        .slot = must(parseSlot(row.text(9))),
        .serial = row.bytes(10),
        .keyHash = digestOf(row, 11),
        .certificate = row.bytes(12),
        .credential = digestOf(row, 13),
        .evidence = parse(row.text(14), {Evidence::None, Evidence::Proof, Evidence::Digest, Evidence::ReadBack, Evidence::Accepted}),
        .family = row.text(15),
        .firmware = row.text(16),
        .locked = row.number(17) != 0,
        .voidReason = row.text(18),
        .voidedFor = parse(row.text(23), {VoidedFor::Nothing, VoidedFor::Rework, VoidedFor::Scrap}),
        .supersedes = digestOf(row, 24),
        .createdAt = row.time(19),
        .changedAt = row.time(20),
        .recordedAt = row.time(21),
        .who = row.text(25),
    };
}

bool spent(const Use& row) { return row.text(22) != name(UnitState::Reserved); }

JobRecord jobOf(const Use& row) {
    JobRecord job;
    job.job = row.text(0);
    job.batch = row.text(1);
    job.fixture = row.text(2);
    job.scan = row.text(3);
    if (!row.null(4)) job.id = idOf(row, 4);
    job.uid = row.bytes(5);
    job.unit = row.number(6);
    job.startedAt = row.time(7);
    job.endedAt = row.time(8);
    job.verdict = parse(row.text(9), {Verdict::Pass, Verdict::Fail, Verdict::Error, Verdict::Aborted});
    job.reason = row.text(10);
    job.detail = row.text(11);
    job.who = row.text(12);
    return job;
}

Batch batchOf(const Use& row) {
    return Batch{
        .name = row.text(0),
        .mode = must(parseMode(row.text(1))),
        .slot = must(parseSlot(row.text(2))),
        .scopeId = row.text(3),
        .pattern = row.text(4),
        .first = row.count(5),
        .match = row.number(6) != 0,
        .count = row.count(7),
        .spare = row.count(8),
        .state = parseBatchState(row.text(9)),
        .required = parse(row.text(14), {Evidence::None, Evidence::Proof, Evidence::Digest, Evidence::ReadBack}),
        .sample = row.count(15),
        .sampleOf = row.count(16),
        .stopped = row.text(17),
        .createdBy = row.text(10),
        .createdAt = row.time(11),
    };
}

std::optional<Unit> unitNumbered(Connection& db, std::int64_t number) {
    Use use{db.prepared("SELECT " KEYSTAMP_UNIT_COLUMNS " FROM unit WHERE number = ?")};
    if (!use.with(number).next()) return std::nullopt;
    return unitOf(use);
}

}  // namespace keystamp::db
