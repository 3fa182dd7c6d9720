// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "core/process.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

std::string describeReport(const db::ManifestReport& report) {
    return fmt::format("{} recorded, {} voided, {} unresolved, {} failed", report.recorded, report.voided,
                       report.unresolved, report.failed);
}

int exportTo(Context& context, const std::string& batch, const std::string& folder) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    showProgress("writing " + folder);
    const auto report = workflow::exportManifest(**station, batch, folder);
    endProgress();
    if (!report) return fail(context, report.error());
    Json json = toJson(*report);
    json["folder"] = folder;
    print(context, fmt::format("{}: {}\nVERIFY.txt in it says how anyone checks it.", folder, describeReport(*report)),
          json);
    return kDone;
}

int verify(Context& context, const std::string& folder, const std::string& keyFile) {
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem))
        return fail(context, {ErrorCode::BadUsage, folder + " is not a folder"});
    const auto key = readFile(keyFile, 1u << 20);
    if (!key)
        return fail(context, {ErrorCode::BadUsage, "--key " + keyFile + " cannot be read", key.error().native,
                              key.error().where});
    showProgress("verifying " + folder);
    const auto report = db::verifyManifest(folder, *key);
    endProgress();
    if (!report) return fail(context, report.error());
    Json json = toJson(*report);
    json["verified"] = true;
    print(context, fmt::format("{}: verified: batch {}, {}", folder, report->batch, describeReport(*report)), json);
    return kDone;
}

}  // namespace

void addManifest(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "manifest", "What a batch is handed over with",
                               "  keystamp manifest export order-4711 --out /media/usb/order-4711\n"
                               "  keystamp manifest verify /media/usb/order-4711 --key audit.pub.pem");
    struct Options {
        std::string batch, folder, key;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* exported = addCommand(
        *group, "export", "Write a batch's manifest, signed by the audit key",
        "  keystamp manifest export order-4711 --out /media/usb/order-4711\n"
        "\n"
        "An older manifest of that folder is replaced as a whole; any other folder with files in it is left alone.");
    exported->add_option("batch", options->batch, "The batch")->required()->type_name("NAME");
    exported->add_option("--out", options->folder, "The manifest's folder")->required()->type_name("DIR");
    addPin(exported, context);
    addJson(exported, context);
    onRun(exported, context, [&context, options] { return exportTo(context, options->batch, options->folder); });

    CLI::App* verified =
        addCommand(*group, "verify", "Check a manifest: signature, files, rows, every leaf",
                   "  keystamp manifest verify /media/usb/order-4711 --key audit.pub.pem\n"
                   "\n"
                   "Needs no configuration: works on any machine. Take the key from the factory, not from the folder.");
    verified->add_option("dir", options->folder, "The manifest's folder")->required()->type_name("DIR");
    verified->add_option("--key", options->key, "The factory's audit key, PEM")->required()->type_name("FILE");
    addJson(verified, context);
    onRun(verified, context, [&context, options] { return verify(context, options->folder, options->key); });
}

}  // namespace keystamp::cli
