// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "core/process.h"
#include "station/cli/ask.h"
#include "station/cli/output.h"
#include "station/workflow/export.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

struct ExportOptions {
    std::string batch, form, out, recipient;
};

std::string formsText() {
    std::string text;
    for (const db::Exporter* one : db::allExporters()) text += fmt::format("{}  {:<13} {}", text.empty() ? "" : "\n", one->name, one->help);
    return text;
}

int listForms(const Context& context) {
    Json json = Json::array();
    for (const db::Exporter* one : db::allExporters()) {
        json.push_back({{"form", one->name}, {"file", one->file}, {"x509", one->x509}, {"sas", one->sas}, {"keys", one->keys}, {"help", one->help}});
    }
    print(context, formsText(), json);
    return kDone;
}

Result<workflow::ExportOrder> orderOf(const ExportOptions& options) {
    const auto exporter = db::findExporter(options.form);
    if (!exporter) return exporter.error();
    workflow::ExportOrder order{options.batch, *exporter, options.out, {}};
    if (!options.recipient.empty()) {
        const auto pem = readFile(options.recipient, 1u << 20);
        if (!pem) return Error{ErrorCode::BadUsage, "--recipient " + options.recipient + " cannot be read", pem.error().native, pem.error().where};
        auto recipient = db::parseRecipient(*pem, utcNow());
        if (!recipient) return recipient.error();
        order.recipient = std::move(*recipient);
    }
    std::error_code problem;
    const bool inFolder = order.place.empty() || (!order.exporter->many && std::filesystem::is_directory(order.place, problem));
    if (inFolder) order.place = db::exportPlace(*order.exporter, options.batch, order.recipient.has_value(), order.place);
    return order;
}

int exportBatch(Context& context, const ExportOptions& options) {
    if (options.form == "list") return listForms(context);
    if (options.batch.empty()) return fail(context, {ErrorCode::BadUsage, "name the batch"});
    const auto order = orderOf(options);
    if (!order) return fail(context, order.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto progress = (*station)->journal->batch(options.batch);
    if (!progress) return fail(context, progress.error());
    db::Exported done;
    const auto write = [&](const hsm::Authority* authority) -> Result<void> {
        const auto written = workflow::exportBatch(**station, *order, authority);
        if (!written) return written.error();
        done = *written;
        return {};
    };
    // without a recipient it is refused before anybody is asked
    const bool secret = order->exporter->holdsKeys(progress->batch.mode) && order->recipient;
    showProgress("writing " + order->place);
    const auto result = secret ? withAuthority(context, **station, [&](const hsm::Authority& authority) { return write(&authority); }) : write(nullptr);
    endProgress();
    if (!result) return fail(context, result.error());
    print(context, fmt::format("{}: {} of {}, {} rows{}", done.path, order->exporter->name, options.batch, done.units,
                               order->recipient ? ", only for " + order->recipient->subject : ""),
          Json{{"batch", options.batch}, {"form", order->exporter->name}, {"path", done.path}, {"files", done.files}, {"units", done.units},
               {"recipient", order->recipient ? Json(order->recipient->subject) : Json{}}});
    return kDone;
}

}  // namespace

void addBatchExport(CLI::App& group, Context& context) {
    const auto options = std::make_shared<ExportOptions>();
    CLI::App* command = addCommand(group, "export", "Write a batch in a form that others take it in",
                                   "  keystamp batch export order-4711 --form report --out order-4711.pdf\n"
                                   "  keystamp batch export order-4711 --form dps-bulk --out enrolments\n"
                                   "  keystamp batch export order-4712 --form iotc-devices --recipient cloud.pem --out keys.cms --auth-fd 3 3<passphrase.txt\n"
                                   "  keystamp batch export --form list\n"
                                   "\nForms:\n" + formsText() +
                                   "\n\nRefused (exit 1) while signer and journal differ. Device keys leave only encrypted to --recipient, by a supervisor's\n"
                                   "passphrase, and audited; `openssl cms -decrypt -inform DER -inkey KEY` opens them.");
    command->add_option("name", options->batch, "The batch")->type_name("NAME");
    command->add_option("--form", options->form, "The form, or list")->required()->type_name("FORM");
    command->add_option("--out", options->out, "File or folder; else named after the batch, here")->type_name("FILE|DIR");
    command->add_option("--recipient", options->recipient, "Encrypt to this certificate, PEM")->type_name("CERT");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options] { return exportBatch(context, *options); });
}

}  // namespace keystamp::cli
