// SPDX-License-Identifier: Apache-2.0
#include "db/manifest_rows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "db/csv.h"

namespace keystamp::db::manifest {
namespace {

Error altered(std::string what) { return Error{ErrorCode::RecordsAltered, std::move(what)}; }

std::string timeText(UtcTime time) { return time == UtcTime{} ? "" : toText(time); }
std::string hexOrNothing(const Digest& digest) { return digest == Digest{} ? "" : toHex(digest); }

// Of Verdict, without a verdict for a unit that no job has ended with.
std::string verdictOf(const Unit& unit, const std::optional<JobRecord>& last) {
    if (unit.state == UnitState::Recorded) return std::string{name(Verdict::Pass)};
    return last ? std::string{name(last->verdict)} : "";
}

std::string reasonOf(const JobRecord& job) { return job.detail.empty() ? job.reason : job.reason + ": " + job.detail; }

}  // namespace

std::vector<std::string> filesOf(Mode mode) {
    if (isSymmetric(mode)) return {kVerify, kImport, kUnits};
    return {kVerify, kChain, kImport, kLeaves, kUnits};
}

std::string unitsHeader() { return fmt::format("{}", fmt::join(kColumns, ",")); }

std::string importRow(const DeviceId& id, const std::string& name) { return fmt::format("{},{}\r\n", id.text(), csvField(name)); }

std::string unitRow(const Unit& unit, const std::string& listedName, const std::optional<JobRecord>& last) {
    const bool leaf = !unit.certificate.empty();
    std::string reason = unit.voidReason;
    if (last && last->verdict != Verdict::Pass) reason += (reason.empty() ? "" : "; ") + reasonOf(*last);
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}", unit.number, unit.id.text(),
                       name(unit.state), verdictOf(unit, last), toHex(unit.uid), name(unit.origin), name(unit.evidence),
                       unit.locked ? "yes" : "no", toHexUpper(unit.serial),
                       leaf ? toHexUpper(sha1(BytesView{unit.certificate})) : "",
                       leaf ? toHexUpper(sha256(BytesView{unit.certificate})) : "", hexOrNothing(unit.keyHash),
                       hexOrNothing(unit.credential), unit.supersedes == Digest{} ? "" : toHexUpper(unit.supersedes),
                       name(unit.slot), toText(unit.createdAt), toText(unit.changedAt), timeText(unit.recordedAt), csvField(listedName), csvText(unit.scan), csvText(unit.family),
                       csvText(unit.firmware), csvText(unit.fixture), csvText(unit.job), csvText(reason));
}

std::string jobRow(const JobRecord& job) {
    return fmt::format(",{},,{},{},,,,,,,,,,,{},{},,,{},,,{},{},{}", job.id ? job.id->text() : "", name(job.verdict), toHex(job.uid),
                       toText(job.startedAt), toText(job.endedAt), csvText(job.scan), csvText(job.fixture), csvText(job.job),
                       csvText(reasonOf(job)));
}

Result<ReadRow> readRow(std::string_view line) {
    const auto fields = parseCsvLine(line);
    if (!fields) return altered(fields.error().detail);
    if (fields->size() != kColumns.size()) return altered(fmt::format("{} fields, not {}", fields->size(), kColumns.size()));
    const auto field = [&](std::string_view column) -> const std::string& {
        return (*fields)[static_cast<std::size_t>(std::find(kColumns.begin(), kColumns.end(), column) - kColumns.begin())];
    };
    ReadRow row;
    const std::string& number = field("unit");
    if (!number.empty()) {
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), row.unit);
        if (error != std::errc{} || end != number.data() + number.size() || row.unit <= 0) return altered("its number is none");
    }
    if (!field("id").empty()) {
        const auto id = DeviceId::parse(field("id"));
        if (!id || id->text() != field("id")) return altered("its ID is none");
        row.id = *id;
    }
    for (const UnitState state : {UnitState::Reserved, UnitState::Intended, UnitState::Issued, UnitState::Written,
                                  UnitState::Verified, UnitState::Recorded, UnitState::Void}) {
        if (field("state") == name(state)) row.state = state;
    }
    row.verdict = field("verdict");
    row.uid = field("uid");
    row.evidence = field("evidence");
    row.serial = field("serial");
    row.sha1 = field("sha1");
    row.sha256 = field("sha256");
    row.recorded = field("recorded");
    row.name = field("name");
    const bool recorded = row.state == UnitState::Recorded;
    if ((row.unit != 0) != row.state.has_value() || (row.unit != 0 && !row.id)) return altered("a unit without ID or state");
    if (row.unit == 0 && row.verdict != name(Verdict::Fail)) return altered("neither a unit nor a failed job");
    if (recorded && (row.verdict != name(Verdict::Pass) || row.evidence.empty() || row.recorded.empty())) {
        return altered("recorded without verdict, evidence or time");
    }
    // one that was recorded and voided later keeps its PASS
    if (!recorded && row.verdict == name(Verdict::Pass) && (row.live() || row.recorded.empty())) return altered("a PASS that was not recorded");
    return row;
}

void Counts::add(const std::optional<UnitState>& state, const std::optional<DeviceId>& id, bool fail, bool leaf,
                 const std::string& recordedAt) {
    if (fail) ++failed;
    if (!state) return;
    ++units;
    if (leaf && *state != UnitState::Void) ++leaves;
    switch (*state) {
        case UnitState::Reserved:
        case UnitState::Intended: ++unfinished; return;
        case UnitState::Issued:
        case UnitState::Written:
        case UnitState::Verified: ++unresolved; return;
        case UnitState::Void: ++voided; return;
        case UnitState::Recorded: break;
    }
    ++recorded;
    if (!firstId || id->text() < firstId->text()) firstId = id;
    if (!lastId || lastId->text() < id->text()) lastId = id;
    if (firstRecorded.empty() || recordedAt < firstRecorded) firstRecorded = recordedAt;
    if (recordedAt > lastRecorded) lastRecorded = recordedAt;
}

}  // namespace keystamp::db::manifest
