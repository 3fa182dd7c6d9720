// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "station/cli/output.h"
#include "station/label/picture.h"
#include "station/workflow/device.h"

namespace keystamp::cli {
namespace {

struct Options {
    std::string id, out;
    bool sample = false;
};

/// The label of what is recorded, or of a unit that there is not.
Result<std::string> zplOf(Context& context, const label::Settings& settings, const Options& options) {
    if (options.sample) return label::sampleZpl(settings);
    const auto station = open(context, workflow::Station::Use::Records);
    if (!station) return station.error();
    const auto id = DeviceId::parse(options.id);
    if (!id) return id.error();
    const auto unit = (*station)->journal->liveUnit(*id);
    if (!unit) return unit.error();
    if (!*unit || (*unit)->state != db::UnitState::Recorded) return Error{ErrorCode::UnknownUnit, id->text() + " is not recorded; --sample shows the form"};
    return settings.form.of(**unit);
}

int preview(Context& context, const Options& options) {
    if (options.id.empty() != options.sample) return fail(context, {ErrorCode::BadUsage, "give an ID, or --sample"});
    const bool svg = options.out.ends_with(".svg");
    if (!svg && !options.out.ends_with(".png")) return fail(context, {ErrorCode::BadUsage, "--out " + options.out + ": its name ends with .png or .svg"});
    const auto config = loadConfig(context);
    if (!config) return fail(context, config.error());
    if (!config->label) return fail(context, {ErrorCode::BadConfig, config->file + ": no [label] with its printer in it"});
    const auto zpl = zplOf(context, *config->label, options);
    if (!zpl) return fail(context, zpl.error());
    const auto picture = label::pictureOf(*zpl, *config->label, svg ? label::PictureForm::Svg : label::PictureForm::Png);
    if (!picture) return fail(context, picture.error());
    if (const auto written = writeFile(options.out, *picture); !written) return fail(context, written.error());
    print(context, options.out, Json{{"file", options.out}, {"zpl", *zpl}});
    return kDone;
}

}  // namespace

void addLabel(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "label", "The labels that recorded units get", "  keystamp label preview --sample --out label.png");
    const auto options = std::make_shared<Options>();
    CLI::App* command = addCommand(*group, "preview", "A label as it comes out of the printer, as a picture; nothing is printed",
                                   "  keystamp label preview --sample --out label.png       to try a template\n"
                                   "  keystamp label preview acme-000017 --out label.svg\n"
                                   "\n"
                                   "Shown are texts, Data Matrix, QR code, Code 128, lines and boxes; what else a template has is printed only.\n"
                                   "With --json its ZPL is printed too. A label is printed again by `keystamp unit label`.");
    command->add_option("id", options->id, "A recorded unit's device ID")->type_name("ID");
    command->add_flag("--sample", options->sample, "The label of a unit that there is not");
    command->add_option("--out", options->out, "The picture: a file that ends with .png or .svg")->required()->type_name("FILE");
    addJson(command, context);
    onRun(command, context, [&context, options] { return preview(context, *options); });
}

}  // namespace keystamp::cli
