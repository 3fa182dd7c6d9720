// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "core/process.h"
#include "db/audit_log.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

struct Options {
    std::string file, key, checkpoint, out;
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
    const auto status = (*station)->signer->status();
    if (!status) return status.error();
    if (status->auditKeyPem.empty())
        return Error{ErrorCode::KeyMissing, "the audit key; give it by --key audit.pub.pem"};
    return status->auditKeyPem;
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

int verify(Context& context, const Options& options) {
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

    CLI::App* verified =
        addCommand(*group, "verify", "Find any row that was changed, dropped, doubled, swapped or cut off",
                   "  keystamp audit verify                                          (this station's journal)\n"
                   "  keystamp audit verify audit.jsonl --key audit.pub.pem          (any machine, no configuration)\n"
                   "  keystamp audit verify audit.jsonl --key audit.pub.pem --checkpoint older.checkpoint");
    verified->add_option("file", options->file, "An exported log; else this station's journal")->type_name("FILE");
    verified->add_option("--key", options->key, "The factory's audit key, PEM; else the signer is asked for it")
        ->type_name("FILE");
    verified
        ->add_option("--checkpoint", options->checkpoint,
                     "The checkpoint to hold it against; else FILE.checkpoint, or the newest that was signed")
        ->type_name("FILE");
    addPin(verified, context);
    addJson(verified, context);
    onRun(verified, context, [&context, options] { return verify(context, *options); });
}

}  // namespace keystamp::cli
