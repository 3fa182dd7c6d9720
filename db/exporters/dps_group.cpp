// SPDX-License-Identifier: Apache-2.0
// The enrolment group that takes every leaf below the station's CAs: the body of DPS's PUT /enrollmentGroups/{id}.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "db/batch_rows.h"
#include "db/certificates.h"
#include "db/exporters/table.h"

namespace keystamp::db::exporters {
namespace {

using Json = nlohmann::ordered_json;

// A batch may be older than its slot's CA; the group would then not let its devices in.
Result<void> checkIssuer(const Chain& chain, const std::map<std::string, std::string>& cas, const Unit& unit) {
    const auto issuer = chain.verify(unit.certificate, unit.recordedAt);
    if (!issuer) return Error{issuer.error().code, fmt::format("unit {} ({}): {}", unit.number, unit.id.text(), issuer.error().detail)};
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
        const auto ca = cas.find(std::string{name(slot)});
        if (ca != cas.end() && ca->second == *issuer) return {};
    }
    return Error{ErrorCode::BadUsage, fmt::format("unit {} ({}) has its leaf from a former CA, which such a group does not hold; enrol "
                                                  "these units one by one with --as dps-bulk", unit.number, unit.id.text())};
}

Json signingCertificates(const ManifestContext& context, const Chain& chain) {
    Json slots = Json::object();
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
        const std::string word{name(slot)};
        const auto ca = context.caFingerprints.find(word);
        if (ca == context.caFingerprints.end()) continue;
        const auto certificate = chain.certificates().find(ca->second);
        if (certificate != chain.certificates().end()) slots[word] = {{"certificate", pemOf(certificate->second)}};
    }
    return slots;
}

// Named for its CAs, not the batch: DPS takes a CA into one group only, whatever batches it has issued for.
std::string groupName(const ManifestContext& context) {
    const auto primary = context.caFingerprints.find("primary");
    return "keystamp" + (primary == context.caFingerprints.end() ? "" : "-" + primary->second.substr(0, 16));
}

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    const auto& context = source.context;
    const auto chain = Chain::parse(context.caChainPem);
    if (!chain) return chain.error();
    std::uint64_t units = 0;
    const auto walked = eachBatchRow(source.journal, source.batch, [&](const BatchRow& row) -> Result<void> {
        if (!row.recorded()) return {};
        ++units;
        return checkIssuer(*chain, context.caFingerprints, row.unit);
    });
    if (!walked) return walked.error();
    auto file = target(std::string{kDpsGroup.file});
    if (!file) return file.error();
    const Json group{{"enrollmentGroupId", groupName(context)},
                     {"attestation", {{"type", "x509"}, {"x509", {{"signingCertificates", signingCertificates(context, *chain)}}}}},
                     {"provisioningStatus", "enabled"}};
    (*file)->write(group.dump(2) + "\n");
    if (auto closed = (*file)->close(); !closed) return closed.error();
    return units;
}

}  // namespace

const Exporter kDpsGroup{.name = "dps-group",
                         .file = "enrolment-group.json",
                         .sas = false,
                         .help = "JSON body for DPS's PUT /enrollmentGroups/ID: the CAs of both slots, for all units below them",
                         .write = write};

}  // namespace keystamp::db::exporters
