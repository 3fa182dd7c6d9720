// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "db/id_list.h"
#include "station/cli/ask.h"
#include "station/cli/batch_page.h"
#include "station/cli/imported.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

struct CreateOptions {
    db::Batch batch;
    std::string idsFile;
    bool connect = false;
    workflow::BatchWishes wishes;
};

int create(Context& context, const CreateOptions& options) {
    workflow::BatchOrder order{options.batch, {}};
    const bool imported = options.batch.mode == Mode::Imported;
    if (imported && options.idsFile.empty() && !options.connect)
        return fail(context, {ErrorCode::BadUsage, "--mode imported needs --ids, the file that IoT Central exported, or --connect"});
    if (options.connect && !imported) return fail(context, {ErrorCode::BadUsage, "--connect goes with --mode imported"});
    if (order.batch.scopeId.empty() && !options.connect) return fail(context, {ErrorCode::BadUsage, "--scope-id is needed"});
    std::optional<db::KeyList> keys;
    if (imported) {
        auto read = options.connect ? readConnectPage(order.batch.scopeId) : readExport(options.idsFile, options.wishes.slot.value_or(Slot::Primary));
        if (!read) return fail(context, read.error());
        keys.emplace(std::move(*read));
        order.ids = keys->ids();
        order.keys = &*keys;
    } else if (!options.idsFile.empty()) {
        auto ids = db::readIdList(options.idsFile);
        if (!ids) return fail(context, ids.error());
        order.ids = std::move(*ids);
    }
    if (!options.wishes.count && order.ids.empty())
        return fail(context, {ErrorCode::BadUsage, "--count is needed with --pattern"});
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    // what is refused anyway is refused before a passphrase is asked for
    if (const auto good = workflow::completeOrder(**station, order, options.wishes); !good) return fail(context, good.error());
    const auto made = withAuthority(context, **station, [&](const hsm::Authority& authority) {
        return workflow::createBatch(**station, order, authority);
    });
    if (!made) return fail(context, made.error());
    return showBatch(context, *(*station)->journal, order.batch.name, imported ? destroyIt(options.connect ? "-" : options.idsFile) : "");
}

}  // namespace

void addBatchCreate(CLI::App& group, Context& context) {
    const auto options = std::make_shared<CreateOptions>();
    CLI::App* command =
        addCommand(group, "create", "Open a batch: its IDs, how many, and a supervisor's leave",
                   "  keystamp batch create order-4711 --mode x509 --scope-id 0ne00ABCDEF --pattern 'acme-{seq:06}' "
                   "--first 1 --count 500\n"
                   "  keystamp batch create order-4712 --mode sas --scope-id 0ne00ABCDEF --ids devices.csv\n"
                   "  keystamp batch create order-4713 --mode x509 --scope-id 0ne00ABCDEF --pattern 'acme-{seq:06}' "
                   "--match --first 501 \\\n"
                   "      --count 500 --as chris --auth-fd 3 3<passphrase.txt\n"
                   "  keystamp batch create order-4716 --mode x509 --scope-id 0ne00ABCDEF --pattern 'pump-{seq}' --count 20 --require proof\n"
                   "  keystamp batch create order-4717 --mode sas --scope-id 0ne00ABCDEF --pattern 'pump-{seq}' --count 500 --sample 2/50\n"
                   "  keystamp batch create order-4714 --mode imported --scope-id 0ne00ABCDEF --ids export.csv\n"
                   "  keystamp batch create order-4715 --mode imported --connect   (asks for scope ID, device ID and primary key)\n"
                   "\n"
                   "With --ids a scan is one of the file's IDs. With --pattern a scan is the unit's serial number and "
                   "gets the next free\n"
                   "ID; with --match, too, the scan is the ID and must fit the pattern and its range. The file is IoT "
                   "Central's import CSV,\n"
                   "or has columns id[,name][,uid], or one ID a line; a uid is the only board that may carry that ID.\n"
                   "\n"
                   "With --mode imported it is IoT Central's export, with a key for each device (IOTC_SASKEY_PRIMARY, or with --slot secondary\n"
                   "IOTC_SASKEY_SECONDARY: base64 of 32 bytes, 44 characters). --ids - reads it from standard input. The HSM seals the keys until their\n"
                   "boards have them, then they are gone; the file is for you to destroy. --connect is for one device: what its Connect page in\n"
                   "IoT Central shows, asked for at a terminal (type or scan; the key is not shown) or as three lines on standard input.");
    command->add_option("name", options->batch.name, "Its name: lower-case letters, digits, hyphens")
        ->required()
        ->type_name("NAME");
    command
        ->add_option_function<std::string>(
            "--mode",
            [options](const std::string& text) {
                const auto mode = parseMode(text);
                if (!mode) throw CLI::ValidationError("--mode", text + " is none of x509, sas and imported");
                options->batch.mode = *mode;
            },
            "x509: a leaf certificate a board; sas: a derived key a board; imported: the key that IoT Central made for it")
        ->required()
        ->type_name("MODE");
    command->add_option("--scope-id", options->batch.scopeId, "ID scope of the DPS or IoT Central application; needed unless --connect asks for it")
        ->type_name("ID");
    CLI::Option* ids = command->add_option("--ids", options->idsFile, "The device IDs, from a CSV; with --mode imported - is standard input")->type_name("FILE");
    CLI::Option* pattern =
        command
            ->add_option("--pattern", options->batch.pattern, "The device IDs, by a running number: {seq} or {seq:06}")
            ->type_name("TEXT");
    ids->excludes(pattern);
    command->add_flag("--connect", options->connect, "With --mode imported: one device, as its Connect page shows it")->excludes(ids)->excludes(pattern);
    command->add_option("--first", options->batch.first, "The pattern's first number")
        ->type_name("N")
        ->default_val(1)
        ->needs(pattern);
    command->add_flag("--match", options->batch.match, "A scan is an ID that fits the pattern")->needs(pattern);
    command->add_option("--count", options->wishes.count, "Units ordered; with --ids all of them unless given")
        ->type_name("N");
    command->add_option("--spare", options->wishes.spare, "Issued beyond that at most; 10 %, at least 5, unless given")
        ->type_name("N");
    command
        ->add_option_function<std::string>(
            "--require",
            [options](const std::string& text) {
                for (const auto each : {db::Evidence::Proof, db::Evidence::ReadBack, db::Evidence::Digest}) {
                    if (text == name(each)) options->batch.required = each;
                }
                if (options->batch.required == db::Evidence::None) throw CLI::ValidationError("--require", text + " is none of proof, read-back and digest");
            },
            "What each unit is shown by at least: proof (the board signs), read-back (its flash is read) or digest (it tells one). A board that cannot is "
            "refused before anything is issued; unless given, whatever the board can")
        ->type_name("EVIDENCE");
    command
        ->add_option_function<std::string>(
            "--sample",
            [options](const std::string& text) {
                const auto slash = text.find('/');
                const auto number = [](const std::string& digits) {
                    const bool plain = !digits.empty() && digits.size() <= 6 && digits.find_first_not_of("0123456789") == std::string::npos;
                    return plain ? std::stoul(digits) : 0;
                };
                options->batch.sample = slash == std::string::npos ? 0 : number(text.substr(0, slash));
                options->batch.sampleOf = slash == std::string::npos ? 0 : number(text.substr(slash + 1));
                if (options->batch.sample == 0 || options->batch.sample > options->batch.sampleOf) {
                    throw CLI::ValidationError("--sample", text + " is no N/M, as 2/50: N of every M units, N from 1 to M");
                }
            },
            "So many of every so many units register with the cloud from the line, by the key that their board has just got. Offline is normal and delays "
            "nobody; where the cloud refuses one, the batch is paused. A key that is made on its board cannot be tried")
        ->type_name("N/M");
    addSlot(command, options->wishes.slot)
        ->description("CA or group key that the batch uses: primary or secondary; unless given the active one (`ca roll`). Which of a device's two "
                      "keys with --mode imported; unless given primary");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options] { return create(context, *options); });
}

}  // namespace keystamp::cli
