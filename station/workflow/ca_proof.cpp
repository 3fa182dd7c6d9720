// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/ca_proof.h"

#include <fmt/format.h>
#include <openssl/asn1.h>

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "station/workflow/audit_row.h"
#include "station/workflow/ca_chain.h"
#include "station/workflow/media.h"
#include "station/workflow/x509_ptr.h"

namespace keystamp::workflow {
namespace {

constexpr std::size_t kLargest = 64 * 1024;

/// Empty where there is not exactly one.
std::string commonNameOf(const X509* certificate) {
    const X509_NAME* subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0 || X509_NAME_get_index_by_NID(subject, NID_commonName, at) >= 0) return {};
    const ASN1_STRING* name = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(name)), static_cast<std::size_t>(ASN1_STRING_length(name))};
}

UtcTime endOf(const X509* certificate) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1) return {};
    return UtcTime{std::chrono::seconds{timegm(&parts)}};
}

/// As the cloud looks at it; when it ends.
Result<UtcTime> check(BytesView proof, const std::string& code, const hsm::CaInfo& ca) {
    const auto wrong = [&](const char* why) { return Error{ErrorCode::RecordsAltered, fmt::format("the proof for the {} CA {}", name(ca.slot), why)}; };
    const X509Ptr certificate = certificateIn(proof);
    if (!certificate) return wrong("is not a certificate");
    if (commonNameOf(certificate.get()) != code) return wrong("is for another code");
    if (!isIssuedBy(proof, ca.certificate)) return wrong("was not signed by that CA");
    return endOf(certificate.get());
}

Result<const hsm::CaInfo*> certifiedCa(const hsm::SignerStatus& status, Slot slot) {
    const hsm::CaInfo* ca = caOf(status, slot);
    if (ca != nullptr && !ca->certificate.empty()) return ca;
    return Error{ErrorCode::KeyMissing, fmt::format("the {} slot has no CA certificate: `keystamp ca request --slot {}`, then `ca install`", name(slot), name(slot))};
}

/// What lies there once it is on the medium.
Result<std::string> written(const std::string& path, const std::string& folder, BytesView content) {
    if (const auto put = writeFile(path, asText(content)); !put) return put.error();
    if (const auto flushed = flush(folder); !flushed) return flushed.error();
    return readFile(path, kLargest);
}

}  // namespace

const hsm::CaInfo* caOf(const hsm::SignerStatus& status, Slot slot) {
    const auto found = std::find_if(status.slots.begin(), status.slots.end(), [slot](const hsm::CaInfo& one) { return one.slot == slot; });
    return found == status.slots.end() ? nullptr : &*found;
}

Result<CaProof> proveCa(Station& station, const std::string& code, Slot slot, const hsm::Authority& authority) {
    auto certificate = station.signer->proveCa(code, slot, authority);
    if (!certificate) return certificate.error();
    const auto status = station.signer->status();
    if (!status) return status.error();
    const auto ca = certifiedCa(*status, slot);
    if (!ca) return ca.error();
    const auto ends = check(*certificate, code, **ca);
    if (!ends) return ends.error();
    const nlohmann::ordered_json row{{"code", code}, {"slot", name(slot)}, {"sha256", toHex(sha256(BytesView{*certificate}))}, {"who", authority.supervisor}};
    if (const auto noted = addRow(*station.journal, "ca-proof", row); !noted) return noted.error();
    return CaProof{code, slot, *std::move(certificate), *ends};
}

std::string caFile(const std::string& folder, Slot slot) { return fmt::format("{}/keystamp-{}-ca.cer", folder, name(slot)); }
std::string proofFile(const std::string& folder, Slot slot) { return fmt::format("{}/keystamp-{}-proof.cer", folder, name(slot)); }

Result<std::string> writeCa(const hsm::SignerStatus& status, Slot slot, const std::string& folder) {
    const auto ca = certifiedCa(status, slot);
    if (!ca) return ca.error();
    if (const auto made = makeFolder(folder); !made) return made.error();
    std::string path = caFile(folder, slot);
    const auto read = written(path, folder, (*ca)->certificate);
    if (!read) return read.error();
    if (asText((*ca)->certificate) != *read) return Error{ErrorCode::RecordsAltered, path + " is not what was written to it: take another memory stick"};
    return path;
}

Result<std::string> writeProof(const hsm::SignerStatus& status, const CaProof& proof, const std::string& folder) {
    const auto ca = certifiedCa(status, proof.slot);
    if (!ca) return ca.error();
    if (const auto first = writeCa(status, proof.slot, folder); !first) return first.error();
    std::string path = proofFile(folder, proof.slot);
    const auto read = written(path, folder, proof.certificate);
    if (!read) return read.error();
    if (const auto good = check(asBytes(*read), proof.code, **ca); !good) return good.error();
    return path;
}

}  // namespace keystamp::workflow
