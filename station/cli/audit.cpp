// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "core/process.h"
#include "db/audit_log.h"
#include "station/cli/output.h"
#include "station/workflow/export.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

struct Options {
    std::string file, key, checkpoint, out, id, proof;
};

int exportTo(Context& context, const std::string& out) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    showProgress("writing " + out);
    const auto checkpoint = workflow::takeCheckpoint(**station);
    if (!checkpoint) return fail(context, checkpoint.error());
    const auto written = db::exportAuditLog(*(*station)->journal, out);
    endProgress();
    if (!written) return fail(context, written.error());
    print(context,
          fmt::format(
              "{}: its first {} rows stand under a signed checkpoint, {}.checkpoint; what follows was logged since",
              out, checkpoint->size, out),
          Json{{"file", out},
               {"checkpointFile", out + ".checkpoint"},
               {"signedRows", checkpoint->size},
               {"root", toHex(checkpoint->root)}});
    return kDone;
}

int takeCheckpoint(Context& context) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    showProgress("signing a checkpoint");
    const auto checkpoint = workflow::takeCheckpoint(**station);
    endProgress();
    if (!checkpoint) return fail(context, checkpoint.error());
    if (context.json) {
        print(context, {}, toJson(*checkpoint));
    } else {
        // as it is, so that it can be piped into a file
        std::fputs(db::checkpointFile(*checkpoint).c_str(), stdout);
    }
    return kDone;
}

std::string describeProof(const db::AuditProof& proof) {
    std::string text = fmt::format("{} rows about {}, in the log of \"{}\" under its signed checkpoint of {} rows:", proof.rows.size(),
                                   proof.id, proof.checkpoint.origin, proof.checkpoint.size);
    for (const auto& row : proof.rows) text += "\n" + row.line;
    return text;
}

Json proofJson(const db::AuditProof& proof) {
    Json json{{"id", proof.id}, {"rows", Json::array()}, {"checkpoint", toJson(proof.checkpoint)}};
    for (const auto& row : proof.rows) json["rows"].push_back(Json::parse(row.line));
    return json;
}

int prove(Context& context, const Options& options) {
    const auto id = DeviceId::parse(options.id);
    if (!id) return fail(context, id.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    showProgress("proving " + id->text());
    const auto proof = workflow::proveUnit(**station, *id);
    endProgress();
    if (!proof) return fail(context, proof.error());
    const std::string text = db::auditProofText(*proof);
    if (options.out.empty()) {
        std::fputs(text.c_str(), stdout);
        return kDone;
    }
    if (const auto written = writeFile(options.out, text); !written) return fail(context, written.error());
    Json json = proofJson(*proof);
    json["file"] = options.out;
    print(context, options.out + ": " + describeProof(*proof), json);
    return kDone;
}

Result<std::string> readGiven(const char* option, const std::string& path) {
    auto text = readFile(path, 1u << 20);
    if (!text)
        return Error{ErrorCode::BadUsage, fmt::format("{} {} cannot be read", option, path), text.error().native,
                     text.error().where};
    return text;
}

Result<std::optional<db::Checkpoint>> givenCheckpoint(const Options& options) {
    std::string path = options.checkpoint;
    std::error_code problem;
    if (path.empty() && !options.file.empty() && std::filesystem::exists(options.file + ".checkpoint", problem)) {
        path = options.file + ".checkpoint";
    }
    if (path.empty()) return std::optional<db::Checkpoint>{};
    const auto text = readGiven("--checkpoint", path);
    if (!text) return text.error();
    const auto checkpoint = db::parseCheckpoint(*text);
    if (!checkpoint) return checkpoint.error();
    return std::optional{*checkpoint};
}

// --key, else the key that this station's signer has.
Result<std::string> verifyingKey(Context& context, const Options& options) {
    if (!options.key.empty()) return readGiven("--key", options.key);
    auto station = open(context, Station::Use::Signer);
    if (!station) {
        return Error{station.error().code,
                     station.error().detail + " (with --key audit.pub.pem the signer is not needed)",
                     station.error().native, station.error().where};
    }
    auto key = workflow::auditKey(**station);
    if (!key && key.error().code == ErrorCode::KeyMissing) return Error{ErrorCode::KeyMissing, "the audit key; give it by --key audit.pub.pem"};
    return key;
}

Result<db::AuditReport> verifyJournal(Context& context, const Options& options,
                                      std::optional<db::Checkpoint> checkpoint, const std::string& key) {
    // with --key it needs no signer, and is held against what the journal itself says was signed
    const auto station = open(context, options.key.empty() ? Station::Use::Signer : Station::Use::Records);
    if (!station) return station.error();
    if (!checkpoint) {
        auto last = workflow::newestCheckpoint(**station);
        if (!last) return last.error();
        checkpoint = std::move(*last);
    }
    return db::verifyAuditLog(*(*station)->journal, checkpoint, key);
}

int verifyProof(Context& context, const Options& options) {
    if (!options.file.empty() || !options.checkpoint.empty()) {
        return fail(context, {ErrorCode::BadUsage, "--proof needs neither a log nor a checkpoint: it holds its own"});
    }
    const auto text = readGiven("--proof", options.proof);
    if (!text) return fail(context, text.error());
    const auto key = verifyingKey(context, options);
    if (!key) return fail(context, key.error());
    const auto proof = db::verifyAuditProof(*text, *key);
    if (!proof) return fail(context, proof.error());
    Json json = proofJson(*proof);
    json["verified"] = true;
    print(context, "proof verified: " + describeProof(*proof), json);
    return kDone;
}

int verify(Context& context, const Options& options) {
    if (!options.proof.empty()) return verifyProof(context, options);
    std::error_code problem;
    if (!options.file.empty() && !std::filesystem::is_regular_file(options.file, problem)) {
        return fail(context, {ErrorCode::BadUsage, options.file + " is not a file"});
    }
    auto checkpoint = givenCheckpoint(options);
    if (!checkpoint) return fail(context, checkpoint.error());
    if (!options.file.empty() && !checkpoint->has_value()) {
        return fail(context, {ErrorCode::BadUsage,
                              "no checkpoint beside " + options.file +
                                  "; without one, rows cut off its end would not be missed. Give --checkpoint"});
    }
    const auto key = verifyingKey(context, options);
    if (!key) return fail(context, key.error());
    showProgress("verifying the audit log");
    const auto report = options.file.empty() ? verifyJournal(context, options, std::move(*checkpoint), *key)
                                             : db::verifyAuditFile(options.file, *checkpoint, *key);
    endProgress();
    if (!report) return fail(context, report.error());
    Json json = toJson(*report);
    json["verified"] = true;
    const std::string held = report->checkpoint
                                 ? fmt::format("held against the signed checkpoint at row {}", report->checkpoint->size)
                                 : "no checkpoint was signed yet, so only its chain was checked";
    print(context, fmt::format("audit log verified: {} rows, gapless and unchanged; {}", report->rows, held), json);
    return kDone;
}

}  // namespace

void addAudit(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "audit", "The log of everything that was issued, gapless and signed",
                               "  keystamp audit export --out audit.jsonl\n"
                               "  keystamp audit verify audit.jsonl --key audit.pub.pem");
    const auto options = std::make_shared<Options>();
    CLI::App* exported = addCommand(*group, "export", "Write the whole log and a signed checkpoint beside it",
                                    "  keystamp audit export --out audit.jsonl");
    exported->add_option("--out", options->out, "The log's file; the checkpoint goes to FILE.checkpoint")
        ->required()
        ->type_name("FILE");
    addPin(exported, context);
    addJson(exported, context);
    onRun(exported, context, [&context, options] { return exportTo(context, options->out); });

    CLI::App* taken = addCommand(*group, "checkpoint", "Have the log as it is now signed, and print that",
                                 "  keystamp audit checkpoint >/media/usb/friday.checkpoint\n"
                                 "\n"
                                 "Given away, it holds the station to its log: no row before it can be changed or left out any more unseen.\n"
                                 "One is signed at the end of every run, batch and export as well.");
    addPin(taken, context);
    addJson(taken, context);
    onRun(taken, context, [&context] { return takeCheckpoint(context); });

    CLI::App* proven = addCommand(*group, "prove", "Write a proof of one device's rows that stands without the log",
                                  "  keystamp audit prove acme-000017 --out acme-000017.proof.json\n"
                                  "  keystamp audit verify --proof acme-000017.proof.json --key audit.pub.pem   (any machine, no "
                                  "configuration)");
    proven->add_option("id", options->id, "The device ID")->required()->type_name("ID");
    proven->add_option("--out", options->out, "The proof's file; else standard output")->type_name("FILE");
    addPin(proven, context);
    addJson(proven, context);
    onRun(proven, context, [&context, options] { return prove(context, *options); });

    CLI::App* verified =
        addCommand(*group, "verify", "Find any row that was changed, dropped, doubled, swapped or cut off",
                   "  keystamp audit verify                                          (this station's journal)\n"
                   "  keystamp audit verify audit.jsonl --key audit.pub.pem          (any machine, no configuration)\n"
                   "  keystamp audit verify audit.jsonl --key audit.pub.pem --checkpoint older.checkpoint\n"
                   "  keystamp audit verify --proof acme-000017.proof.json --key audit.pub.pem");
    verified->add_option("file", options->file, "An exported log; else this station's journal")->type_name("FILE");
    verified->add_option("--key", options->key, "The factory's audit key, PEM; else the signer is asked for it")
        ->type_name("FILE");
    verified
        ->add_option("--checkpoint", options->checkpoint,
                     "The checkpoint to hold it against; else FILE.checkpoint, or the newest that was signed")
        ->type_name("FILE");
    verified->add_option("--proof", options->proof, "Instead of a log: what `audit prove` wrote of one device")->type_name("FILE");
    addPin(verified, context);
    addJson(verified, context);
    onRun(verified, context, [&context, options] { return verify(context, *options); });
}

}  // namespace keystamp::cli
