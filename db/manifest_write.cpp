// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/file.h"
#include "db/batch_rows.h"
#include "db/certificates.h"
#include "db/file_stream.h"
#include "db/manifest.h"
#include "db/manifest_folder.h"
#include "db/manifest_rows.h"
#include "db/signature.h"
#include "db/verify_text.h"

namespace keystamp::db {
namespace {

using namespace manifest;
using Json = nlohmann::ordered_json;

Result<void> checkContext(const Batch& batch, const ManifestContext& context) {
    if (isSymmetric(batch.mode)) return {};
    const auto chain = Chain::parse(context.caChainPem);
    if (!chain) return chain.error();
    for (const auto& [slot, fingerprint] : context.caFingerprints) {
        if (!chain->certificates().contains(fingerprint)) {
            return Error{ErrorCode::Internal, fmt::format("the chain does not hold the {} CA's certificate", slot)};
        }
    }
    return {};
}

// The files that grow with the batch, written in one pass over it.
class Rows {
public:
    static Result<Rows> create(const NewFolder& folder, const Journal& journal, const Batch& batch) {
        Rows rows{journal, batch};
        for (auto* sink : {&rows.m_import, &rows.m_units, &rows.m_leaves}) {
            const char* file = sink == &rows.m_import ? kImport : sink == &rows.m_units ? kUnits : kLeaves;
            if (file == kLeaves && isSymmetric(batch.mode)) continue;
            auto made = FileSink::create(folder.file(file));
            if (!made) return made.error();
            *sink = std::move(*made);
        }
        rows.m_import->write(fmt::format("{}\r\n", kImportHeader));
        rows.m_units->write(unitsHeader() + "\n");
        return rows;
    }

    Result<void> writeAll() {
        auto units = eachBatchRow(*m_journal, *m_batch, [this](const BatchRow& row) { return unit(row); });
        if (!units) return units;
        return m_journal->eachJobWithoutUnit(m_batch->name, [this](const JobRecord& one) {
            m_units->write(jobRow(one) + "\n");
            m_counts.add(std::nullopt, one.id, true, false, {});
            return Result<void>{};
        });
    }

    Result<void> close(Json& files) {
        const auto one = [&](const char* file, FileSink* sink) -> Result<void> {
            if (sink == nullptr) return {};
            const auto digest = sink->close();
            if (!digest) return digest.error();
            files[file] = toHex(*digest);
            return {};
        };
        if (auto closed = one(kImport, m_import.get()); !closed) return closed;
        if (auto closed = one(kUnits, m_units.get()); !closed) return closed;
        return one(kLeaves, m_leaves.get());
    }

    const Counts& counts() const { return m_counts; }

private:
    Rows(const Journal& journal, const Batch& batch) : m_journal(&journal), m_batch(&batch) {}

    Result<void> unit(const BatchRow& row) {
        const Unit& unit = row.unit;
        m_units->write(unitRow(unit, row.name, row.last) + "\n");
        if (row.recorded()) m_import->write(importRow(unit.id, row.name));
        if (m_leaves && unit.live() && !unit.certificate.empty()) {
            m_leaves->write(fmt::format("# {}\n{}", unit.id.text(), pemOf(unit.certificate)));
        }
        m_counts.add(unit.state, unit.id, row.failed(), !unit.certificate.empty(), row.recorded() ? toText(unit.recordedAt) : "");
        return {};
    }

    const Journal* m_journal;
    const Batch* m_batch;
    std::unique_ptr<FileSink> m_import, m_units, m_leaves;
    Counts m_counts;
};

Json describeBatch(const Batch& batch) {
    Json order{{"scopeId", batch.scopeId}, {"slot", name(batch.slot)}, {"count", batch.count}, {"spare", batch.spare}};
    if (!batch.pattern.empty()) order.update(Json{{"pattern", batch.pattern}, {"first", batch.first}, {"match", batch.match}});
    if (batch.required != Evidence::None) order["require"] = name(batch.required);
    order.update(Json{{"state", name(batch.state)}, {"createdBy", batch.createdBy}, {"createdAt", toText(batch.createdAt)}});
    return order;
}

Json ranges(const Counts& counts) {
    if (counts.recorded == 0) return Json::object();
    return {{"firstId", counts.firstId->text()}, {"lastId", counts.lastId->text()}, {"firstRecorded", counts.firstRecorded},
            {"lastRecorded", counts.lastRecorded}};
}

// What manifest.json says, but for the files.
Json describe(const Batch& batch, const ManifestContext& context, const Counts& counts, const std::string& key, UtcTime now) {
    Json json{{"format", 1}, {"station", context.station}, {"batch", batch.name}, {"mode", name(batch.mode)},
              {"order", describeBatch(batch)}, {"exportedAt", toText(now)}};
    json["counts"] = {{"units", counts.units}, {"recorded", counts.recorded}, {"unresolved", counts.unresolved},
                      {"unfinished", counts.unfinished}, {"void", counts.voided}, {"failed", counts.failed}, {"leaves", counts.leaves}};
    json["ranges"] = ranges(counts);
    json["ledger"] = context.ledger;
    json["ca"] = batch.mode == Mode::X509 ? Json(context.caFingerprints) : Json::object();
    json["auditKey"] = key;
    const Checkpoint& checkpoint = context.checkpoint;
    json["checkpoint"] = {{"origin", checkpoint.origin}, {"size", checkpoint.size}, {"root", toBase64(checkpoint.root)},
                          {"signature", toBase64(checkpoint.signature)}};
    return json;
}

Result<void> addFile(const NewFolder& folder, const char* file, const std::string& content, Json& files) {
    files[file] = toHex(sha256(content));
    return writeFile(folder.file(file), content);
}

}  // namespace

Result<ManifestReport> writeManifest(const Journal& journal, const std::string& batchName, const ManifestContext& context,
                                     const std::string& place, const ManifestSigner& sign) {
    const auto progress = journal.batch(batchName);
    if (!progress) return progress.error();
    const Batch& batch = progress->batch;
    if (auto good = checkContext(batch, context); !good) return good.error();
    const auto key = keyFingerprint(context.auditKeyPem);
    if (!key) return key.error();
    auto folder = NewFolder::beside(place);
    if (!folder) return folder.error();

    auto rows = Rows::create(*folder, journal, batch);
    if (!rows) return rows.error();
    if (auto written = rows->writeAll(); !written) return written.error();
    Json written = Json::object();
    if (auto closed = rows->close(written); !closed) return closed.error();

    const UtcTime now = utcNow();
    const Counts& counts = rows->counts();
    if (batch.mode == Mode::X509) {
        if (auto added = addFile(*folder, kChain, context.caChainPem, written); !added) return added.error();
    }
    const std::string text = verifyText(batch.name, batch.mode, context, toHex(*key), counts, now);
    if (auto added = addFile(*folder, kVerify, text, written); !added) return added.error();

    Json json = describe(batch, context, counts, toHex(*key), now);
    for (const std::string& file : filesOf(batch.mode)) json["files"][file] = written[file];
    const std::string signedText = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    const auto signature = sign(signedText);
    if (!signature) return signature.error();
    if (auto good = verifySignature(context.auditKeyPem, signedText, *signature, kJson); !good) return good.error();
    if (auto done = writeFile(folder->file(kJson), signedText); !done) return done.error();
    if (auto done = writeFile(folder->file(kSignature), asText(*signature)); !done) return done.error();
    if (auto placed = folder->putIntoPlace(); !placed) return placed.error();
    return ManifestReport{counts.recorded, counts.voided, counts.unresolved, counts.failed, batch.name};
}

}  // namespace keystamp::db
