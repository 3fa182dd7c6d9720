// SPDX-License-Identifier: Apache-2.0
#include "db/audit_proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "db/audit_chain.h"
#include "db/audit_log.h"
#include "db/audit_tail.h"
#include "db/signature.h"

namespace keystamp::db {
namespace {

Error altered(std::string what) { return Error{ErrorCode::RecordsAltered, std::move(what)}; }

bool isAbout(const std::string& line, const std::string& id) {
    // most rows are another's: not parsed
    if (line.find(fmt::format("\"id\":\"{}\"", id)) == std::string::npos) return false;
    const Json row = Json::parse(line, nullptr, false);
    return row.is_object() && row.contains("id") && row["id"] == id;
}

bool stands(const std::string& line, std::uint64_t number) { return line.starts_with(fmt::format("{{\"n\":{},", number)); }

// What is not base64 gives nothing, which is spelt otherwise.
Bytes bytesOf(const Json& text) {
    const auto bytes = fromBase64(text.get<std::string>());
    return bytes ? *bytes : Bytes{};
}

Digest digestOf(const Json& text) {
    Digest digest{};
    const Bytes bytes = bytesOf(text);
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

AuditProof parsed(const Json& json) {
    AuditProof proof;
    proof.id = json.at("id").get<std::string>();
    for (const Json& entry : json.at("rows")) {
        ProvenRow row{entry.at("number").get<std::uint64_t>(), entry.at("line").get<std::string>(), {}};
        for (const Json& hash : entry.at("path")) row.path.push_back(digestOf(hash));
        proof.rows.push_back(std::move(row));
    }
    const Json& checkpoint = json.at("checkpoint");
    proof.checkpoint = {checkpoint.at("origin").get<std::string>(), checkpoint.at("size").get<std::uint64_t>(), digestOf(checkpoint.at("root")),
                        bytesOf(checkpoint.at("signature"))};
    return proof;
}

Result<AuditProof> parse(const std::string& text) {
    const auto refused = [] { return altered("this is not an audit proof of format 1"); };
    try {
        AuditProof proof = parsed(Json::parse(text));
        // one spelling only, so that a changed byte is never overlooked
        if (auditProofText(proof) != text) return refused();
        return proof;
    } catch (const std::exception&) {
        return refused();
    }
}

}  // namespace

Result<std::vector<ProvenRow>> auditRowsOf(const Journal& journal, const DeviceId& id) {
    std::vector<ProvenRow> rows;
    const auto read = journal.eachAuditRow([&](const AuditRow& row) {
        if (isAbout(row.line, id.text())) rows.push_back({row.number, row.line, {}});
        return Result<void>{};
    });
    if (!read) return read.error();
    if (rows.empty()) return Error{ErrorCode::UnknownUnit, "the audit log has no row about " + id.text()};
    return rows;
}

Result<AuditProof> proveRows(const Journal& journal, const DeviceId& id, std::vector<ProvenRow> rows, const Checkpoint& checkpoint) {
    std::vector<ProofBuilder> paths;
    for (const ProvenRow& row : rows) {
        if (row.number > checkpoint.size) return Error{ErrorCode::Internal, fmt::format("row {} is not under the checkpoint", row.number)};
        paths.push_back(ProofBuilder::inclusion(row.number - 1, checkpoint.size));
    }
    AuditChain chain;
    const auto read = journal.eachAuditRow([&](const AuditRow& row) -> Result<void> {
        if (chain.size() == checkpoint.size) return {};
        if (auto fits = chain.follow(row.line); !fits) return fits;
        for (ProofBuilder& path : paths) path.append(chain.leaf());
        return {};
    });
    if (!read) return read.error();
    if (chain.size() != checkpoint.size || chain.tree().root() != checkpoint.root) {
        return altered(fmt::format("the first {} rows of the audit log are not what the checkpoint was signed for", checkpoint.size));
    }
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].path = paths[i].proof();
    return AuditProof{id.text(), std::move(rows), checkpoint};
}

std::string auditProofText(const AuditProof& proof) {
    Json json{{"format", 1}, {"id", proof.id}, {"rows", Json::array()}};
    for (const ProvenRow& row : proof.rows) {
        Json path = Json::array();
        for (const Digest& hash : row.path) path.push_back(toBase64(hash));
        json["rows"].push_back({{"number", row.number}, {"line", row.line}, {"path", std::move(path)}});
    }
    const Checkpoint& checkpoint = proof.checkpoint;
    json["checkpoint"] = Json{{"origin", checkpoint.origin},
                              {"size", checkpoint.size},
                              {"root", toBase64(checkpoint.root)},
                              {"signature", toBase64(checkpoint.signature)}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<AuditProof> verifyAuditProof(const std::string& text, const std::string& publicKeyPem) {
    auto proof = parse(text);
    if (!proof) return proof;
    const Checkpoint& checkpoint = proof->checkpoint;
    if (auto good = verifySignature(publicKeyPem, checkpointText(checkpoint), checkpoint.signature, "the proof's checkpoint"); !good) {
        return good.error();
    }
    if (proof->rows.empty()) return altered("the proof has no row");
    std::uint64_t before = 0;
    for (const ProvenRow& row : proof->rows) {
        if (row.number <= before || !stands(row.line, row.number)) return altered(fmt::format("row {} is not in its place", row.number));
        before = row.number;
        if (!isAbout(row.line, proof->id)) return altered(fmt::format("row {} is not about {}", row.number, proof->id));
        if (!isIncluded(merkleLeaf(asBytes(row.line)), row.number - 1, checkpoint.size, checkpoint.root, row.path)) {
            return altered(fmt::format("row {} is not in the audit log that the checkpoint was signed for", row.number));
        }
    }
    return proof;
}

}  // namespace keystamp::db
