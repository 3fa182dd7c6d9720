// SPDX-License-Identifier: Apache-2.0
// A longer batch: one supervisor asks, another one releases.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "db/id_list.h"
#include "station/cli/ask.h"
#include "station/cli/batch_page.h"
#include "station/cli/imported.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

void addExtend(CLI::App& group, Context& context) {
    struct Options {
        workflow::BatchExtension extension;
        std::string idsFile;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        addCommand(group, "extend", "Ask for a longer batch, which another supervisor then releases",
                   "  keystamp batch extend order-4711 --count 20 --reason 'customer ordered 20 more'\n"
                   "  keystamp batch extend order-4712 --ids more.csv --reason 'second delivery'\n"
                   "  keystamp batch extend order-4712 --count 5 --reason 'five boards were reworked'\n"
                   "\n"
                   "A batch with a pattern gets that many more IDs. One with a list gets those of --ids, or, without, as many more\n"
                   "issuances for the IDs that it has. Nothing is issued beyond the batch as it was before a second supervisor releases it:\n"
                   "`keystamp batch release`. Asked for again with another --count, it takes the place of what waits.");
    command->add_option("name", options->extension.batch, "The batch")->required()->type_name("NAME");
    command->add_option("--count", options->extension.count, "How many more; with --ids all of them unless given")->type_name("N");
    command->add_option("--ids", options->idsFile, "More device IDs for a list, from a CSV; of an imported batch with their keys")->type_name("FILE");
    command->add_option("--reason", options->extension.reason, "Why, for the audit log")->required()->type_name("TEXT");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options] {
        workflow::BatchExtension& extension = options->extension;
        auto station = open(context, Station::Use::Signer);
        if (!station) return fail(context, station.error());
        std::optional<db::KeyList> keys;
        if (!options->idsFile.empty()) {
            const auto progress = (*station)->journal->batch(extension.batch);
            if (!progress) return fail(context, progress.error());
            if (progress->batch.mode == Mode::Imported) {
                auto read = readExport(options->idsFile, progress->batch.slot);
                if (!read) return fail(context, read.error());
                keys.emplace(std::move(*read));
                extension.keys = &*keys;
                extension.ids = keys->ids();
            } else {
                auto ids = db::readIdList(options->idsFile);
                if (!ids) return fail(context, ids.error());
                extension.ids = std::move(*ids);
            }
            if (extension.count == 0) extension.count = extension.ids.size();
        }
        const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
            const auto extended = workflow::extendBatch(**station, extension, authority);
            return extended ? Result<void>{} : extended.error();
        });
        if (!done) return fail(context, done.error());
        return showBatch(context, *(*station)->journal, extension.batch, keys ? destroyIt(options->idsFile) : "");
    });
}

void addRelease(CLI::App& group, Context& context) {
    const auto batch = std::make_shared<std::string>();
    CLI::App* command = addCommand(group, "release", "Release a longer batch that another supervisor asked for",
                                   "  keystamp batch show order-4711                 what was asked for, by whom and why\n"
                                   "  keystamp batch release order-4711 --as chris\n"
                                   "\n"
                                   "Whoever asked for it is refused (exit 1). `keystamp-signer add-supervisor NAME` enrols a second one.");
    command->add_option("name", *batch, "The batch")->required()->type_name("NAME");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, batch] {
        auto station = open(context, Station::Use::Signer);
        if (!station) return fail(context, station.error());
        const auto progress = (*station)->journal->batch(*batch);
        if (!progress) return fail(context, progress.error());
        std::optional<std::uint64_t> shown;
        if (const auto& more = progress->extension) {
            fmt::print(stderr, "{}: {} ordered and {} spare, as {} asked: {}\n", *batch, more->count, more->spare, more->who, more->reason);
            shown = more->cap();
        }
        const auto done = withAuthority(context, **station,
                                        [&](const hsm::Authority& authority) { return workflow::releaseBatch(**station, *batch, authority, shown); });
        return done ? showBatch(context, *(*station)->journal, *batch) : fail(context, done.error());
    });
}

}  // namespace

void addBatchExtend(CLI::App& group, Context& context) {
    addExtend(group, context);
    addRelease(group, context);
}

}  // namespace keystamp::cli
