// SPDX-License-Identifier: Apache-2.0
#include "station/cli/output.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/bytes.h"
#include "core/clock.h"

namespace keystamp::cli {
namespace {

Json hexOrNull(BytesView bytes) { return bytes.empty() ? Json{} : Json(toHex(bytes)); }
Json digestOrNull(const Digest& digest) { return digest == Digest{} ? Json{} : Json(toHex(digest)); }
Json textOrNull(std::string_view text) { return text.empty() ? Json{} : Json(std::string{text}); }

}  // namespace

int exitCode(ErrorCode code) {
    switch (blame(code)) {
        case Blame::Person:
            return kUsage;
        case Blame::Rule:
        case Blame::Unit:
        case Blame::Stopped:
            return kRefused;
        case Blame::Station:
            return kStation;
    }
    return kStation;
}

int fail(const Context& context, const Error& error) {
    std::fprintf(stderr, "keystamp: %s\n", describe(error).c_str());
    if (context.json)
        std::printf("%s\n", Json{{"error", toJson(error)}}.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
    return exitCode(error.code);
}

void print(const Context& context, const std::string& text, const Json& json) {
    // what came from a scanner or a CSV may be no UTF-8
    const std::string shown = context.json ? json.dump(2, ' ', false, Json::error_handler_t::replace) : text;
    if (!shown.empty()) std::printf("%s\n", shown.c_str());
}

Json toJson(const Error& error) {
    return {{"code", name(error.code)}, {"cause", cause(error.code)}, {"detail", error.detail},
            {"native", error.native},   {"where", error.where},       {"next", nextStep(error.code)}};
}

Json timeOrNull(UtcTime time) { return time == UtcTime{} ? Json{} : Json(toText(time)); }

Json toJson(const db::BatchProgress& progress) {
    const db::Batch& batch = progress.batch;
    Json json{{"name", batch.name}, {"mode", name(batch.mode)}, {"slot", name(batch.slot)}, {"scopeId", batch.scopeId}};
    if (batch.pattern.empty()) {
        json["ids"] = "list";
    } else {
        json["ids"] = batch.match ? "match" : "pattern";
        json["pattern"] = batch.pattern;
        json["first"] = batch.first;
    }
    if (batch.required != db::Evidence::None) json["require"] = name(batch.required);
    if (batch.sampleOf != 0) json["sample"] = Json{{"of", batch.sample}, {"every", batch.sampleOf}};
    if (!batch.stopped.empty()) json["stopped"] = batch.stopped;
    json.update({{"count", batch.count},
                 {"spare", batch.spare},
                 {"cap", batch.cap()},
                 {"state", name(batch.state)},
                 {"createdBy", batch.createdBy},
                 {"createdAt", timeOrNull(batch.createdAt)},
                 {"recorded", progress.recorded},
                 {"unresolved", progress.unresolved},
                 {"voided", progress.voided},
                 {"failedJobs", progress.failedJobs}});
    if (const auto& waits = progress.extension) {
        json["extension"] = Json{{"count", waits->count}, {"spare", waits->spare}, {"ids", waits->ids}, {"reason", waits->reason}, {"who", waits->who}};
    }
    return json;
}

Json toJson(const db::Unit& unit) {
    const bool certified = !unit.certificate.empty();
    return {{"number", unit.number},
            {"batch", unit.batch},
            {"id", unit.id.text()},
            {"scan", unit.scan},
            {"uid", toHex(unit.uid)},
            {"state", name(unit.state)},
            {"fixture", unit.fixture},
            {"job", unit.job},
            {"keyOrigin", name(unit.origin)},
            {"slot", name(unit.slot)},
            {"serial", hexOrNull(unit.serial)},
            {"keyHash", digestOrNull(unit.keyHash)},
            {"certificate", certified ? Json(toBase64(unit.certificate)) : Json{}},
            {"thumbprintSha1", certified ? Json(toHexUpper(sha1(unit.certificate))) : Json{}},
            {"thumbprintSha256", certified ? Json(toHexUpper(sha256(unit.certificate))) : Json{}},
            {"credentialSha256", digestOrNull(unit.credential)},
            {"evidence", textOrNull(name(unit.evidence))},
            {"family", textOrNull(unit.family)},
            {"firmware", textOrNull(unit.firmware)},
            {"locked", unit.locked},
            {"supersedes", unit.supersedes == Digest{} ? Json{} : Json(toHexUpper(unit.supersedes))},
            {"voidReason", textOrNull(unit.voidReason)},
            {"voidedFor", textOrNull(name(unit.voidedFor))},
            {"createdAt", timeOrNull(unit.createdAt)},
            {"changedAt", timeOrNull(unit.changedAt)},
            {"recordedAt", timeOrNull(unit.recordedAt)}};
}

Json toJson(const db::JobRecord& job) {
    return {{"job", job.job},
            {"batch", job.batch},
            {"fixture", job.fixture},
            {"scan", job.scan},
            {"id", job.id ? Json(job.id->text()) : Json{}},
            {"uid", hexOrNull(job.uid)},
            {"unit", job.unit == 0 ? Json{} : Json(job.unit)},
            {"startedAt", timeOrNull(job.startedAt)},
            {"endedAt", timeOrNull(job.endedAt)},
            {"verdict", name(job.verdict)},
            {"reason", textOrNull(job.reason)},
            {"detail", textOrNull(job.detail)},
            {"who", textOrNull(job.who)}};
}

Json toJson(const db::ManifestReport& report) {
    return {{"batch", report.batch},
            {"recorded", report.recorded},
            {"voided", report.voided},
            {"unresolved", report.unresolved},
            {"failed", report.failed}};
}

Json toJson(const db::AuditReport& report) {
    Json json{{"rows", report.rows}, {"root", toHex(report.root)}, {"checkpoint", nullptr}};
    if (report.checkpoint) json["checkpoint"] = toJson(*report.checkpoint);
    return json;
}

Json toJson(const db::Checkpoint& checkpoint) {
    return {{"origin", checkpoint.origin},
            {"size", checkpoint.size},
            {"root", toHex(checkpoint.root)},
            {"signature", toBase64(checkpoint.signature)}};
}

Result<void> putOut(std::string_view text) {
    while (!text.empty()) {
        const ssize_t put = ::write(STDOUT_FILENO, text.data(), text.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return Error{ErrorCode::IoFault, "standard output", errno, "write"};
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
}

}  // namespace keystamp::cli
