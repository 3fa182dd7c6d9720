// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "db/cloud_states.h"
#include "db/id_list.h"
#include "station/cli/ask.h"
#include "station/cli/imported.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

std::string summary(const db::BatchProgress& progress) {
    return fmt::format("{:<24} {:<8} {:<7} {:>8} of {:<8} {:>10} {:>7} {:>6}", progress.batch.name,
                       name(progress.batch.mode), name(progress.batch.state), progress.recorded, progress.batch.count,
                       progress.unresolved, progress.voided, progress.failedJobs);
}

std::string describeIds(const db::Batch& batch) {
    if (batch.pattern.empty()) return "a list; a scan equals one of them";
    return fmt::format("{} from {} to {}; {}", batch.pattern, batch.first, batch.first + batch.cap() - 1,
                       batch.match ? "a scan is one of them" : "a scan is a serial number and gets the next one");
}

std::string inTheCloud(const db::CloudCounts& counts) {
    std::string text;
    for (const auto& [state, count] : counts.recorded) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name(state));
    if (counts.toBlock > 0) text += fmt::format("{}{} void and not blocked", text.empty() ? "" : ", ", counts.toBlock);
    return text;
}

std::string page(const db::BatchProgress& progress, const std::vector<db::Unit>& waiting) {
    const db::Batch& batch = progress.batch;
    std::string text = fmt::format(
        "batch       {}\nstate       {}\nmode        {}, {} {}\nscope ID    {}\nIDs         {}\nordered     {} and "
        "{} spare\n"
        "opened      {} by {}\nrecorded    {}\nunresolved  {}\nvoided      {}\nfailed jobs {}",
        batch.name, name(batch.state), name(batch.mode), name(batch.slot), batch.mode == Mode::Imported ? "key" : "slot", batch.scopeId, describeIds(batch),
        batch.count, batch.spare, toText(batch.createdAt), batch.createdBy, progress.recorded, progress.unresolved,
        progress.voided, progress.failedJobs);
    if (const auto& more = progress.extension) {
        text += fmt::format("\n  waits for its release: {} ordered and {} spare, as {} asked: {}\n"
                            "  a second supervisor does it: keystamp batch release {} --as NAME",
                            more->count, more->spare, more->who, more->reason, batch.name);
    }
    if (batch.required != db::Evidence::None) text += fmt::format("\nrequires    {}, or more", name(batch.required));
    if (batch.sampleOf != 0) text += fmt::format("\nsample      {} of every {} units register from the line (`keystamp cloud show {}`)", batch.sample, batch.sampleOf, batch.name);
    if (!batch.stopped.empty()) text += fmt::format("\nstopped     the cloud refused {}\n            put that right, then: keystamp batch resume {}", batch.stopped, batch.name);
    for (const auto& unit : waiting) {
        text += fmt::format("\n  waits for its board: {} ({}, scan {}, board {}, last on {})", unit.id.text(),
                            name(unit.state), unit.scan, toHex(unit.uid), unit.fixture);
    }
    return text;
}

Result<std::vector<db::Unit>> waitingUnits(const db::Journal& journal, const std::string& batch) {
    auto units = journal.unfinished();
    if (units) std::erase_if(*units, [&](const db::Unit& unit) { return unit.batch != batch; });
    return units;
}

int show(Context& context, const db::Journal& journal, const std::string& batch, const std::string& warning = {}) {
    const auto progress = journal.batch(batch);
    if (!progress) return fail(context, progress.error());
    const auto waiting = waitingUnits(journal, batch);
    if (!waiting) return fail(context, waiting.error());
    const auto cloud = db::CloudStates{journal}.counts(batch);
    if (!cloud) return fail(context, cloud.error());
    Json json = toJson(*progress);
    for (const auto& [state, count] : cloud->recorded) json["cloud"][std::string{name(state)}] = count;
    if (cloud->toBlock > 0) json["cloud"]["toBlock"] = cloud->toBlock;
    json["waiting"] = Json::array();
    for (const auto& unit : *waiting) json["waiting"].push_back(toJson(unit));
    if (!warning.empty()) json["warning"] = warning;
    const std::string told = inTheCloud(*cloud);
    print(context, page(*progress, *waiting) + (told.empty() ? "" : "\nin the cloud  " + told) + (warning.empty() ? "" : "\n\n" + warning), json);
    return kDone;
}

struct CreateOptions {
    db::Batch batch;
    std::string idsFile;
    bool connect = false;
    workflow::BatchWishes wishes;
};

// The person's file lies in the clear until they destroy it.
std::string destroy(const std::string& file) {
    return file == "-" ? "The keys are sealed by the HSM now; destroy what you gave them from."
                       : fmt::format("The keys are sealed by the HSM now, and {} still holds them for anybody to read. Destroy it now: shred -u {}", file, file);
}

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
    return show(context, *(*station)->journal, order.batch.name, imported ? destroy(options.connect ? "-" : options.idsFile) : "");
}

void addCreate(CLI::App& group, Context& context) {
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

void addList(CLI::App& group, Context& context) {
    CLI::App* command = addCommand(group, "list", "All batches", "  keystamp batch list\n  keystamp batch list --json");
    addJson(command, context);
    onRun(command, context, [&context] {
        const auto station = open(context, Station::Use::Records);
        if (!station) return fail(context, station.error());
        const auto batches = (*station)->journal->batches();
        if (!batches) return fail(context, batches.error());
        std::string text = fmt::format("{:<24} {:<8} {:<7} {:>20} {:>10} {:>7} {:>6}", "batch", "mode", "state",
                                       "recorded", "unresolved", "voided", "failed");
        Json json = Json::array();
        for (const auto& batch : *batches) {
            text += "\n" + summary(batch);
            json.push_back(toJson(batch));
        }
        print(context, batches->empty() ? "no batch yet; see `keystamp batch create --help`" : text, json);
        return kDone;
    });
}

void addShow(CLI::App& group, Context& context) {
    const auto batch = std::make_shared<std::string>();
    CLI::App* command = addCommand(group, "show", "One batch, and the units in it that wait for their board",
                                   "  keystamp batch show order-4711");
    command->add_option("name", *batch, "The batch")->required()->type_name("NAME");
    addJson(command, context);
    onRun(command, context, [&context, batch] {
        const auto station = open(context, Station::Use::Records);
        return station ? show(context, *(*station)->journal, *batch) : fail(context, station.error());
    });
}

int setState(Context& context, const std::string& batch, db::BatchState from, db::BatchState to) {
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    db::Journal& journal = *(*station)->journal;
    const auto progress = journal.batch(batch);
    if (!progress) return fail(context, progress.error());
    if (progress->batch.state != from && progress->batch.state != to) {
        return fail(context, {ErrorCode::BatchNotOpen, fmt::format("{} is {}", batch, name(progress->batch.state))});
    }
    if (progress->batch.state == from) {
        if (const auto set = journal.setBatchState(batch, to, who(context)); !set) return fail(context, set.error());
    }
    return show(context, journal, batch);
}

void addPauseAndResume(CLI::App& group, Context& context) {
    const auto add = [&](const char* word, const char* what, db::BatchState from, db::BatchState to) {
        const auto batch = std::make_shared<std::string>();
        CLI::App* command = addCommand(group, word, what, fmt::format("  keystamp batch {} order-4711", word));
        command->add_option("name", *batch, "The batch")->required()->type_name("NAME");
        command->add_option("--as", context.as, "Who is named in the audit log; else this user")->type_name("NAME");
        addJson(command, context);
        onRun(command, context, [&context, batch, from, to] { return setState(context, *batch, from, to); });
    };
    add("pause", "Take no new unit; what is at work ends", db::BatchState::Open, db::BatchState::Paused);
    add("resume", "Go on with a paused batch", db::BatchState::Paused, db::BatchState::Open);
}

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
        return show(context, *(*station)->journal, extension.batch, keys ? destroy(options->idsFile) : "");
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
        const auto done = withAuthority(context, **station,
                                        [&](const hsm::Authority& authority) { return workflow::releaseBatch(**station, *batch, authority); });
        return done ? show(context, *(*station)->journal, *batch) : fail(context, done.error());
    });
}

void addClose(CLI::App& group, Context& context) {
    const auto batch = std::make_shared<std::string>();
    CLI::App* command =
        addCommand(group, "close", "End a batch: signer, journal and manifest must agree; signs a checkpoint",
                   "  keystamp batch close order-4711\n"
                   "\n"
                   "Refused (exit 1) while a unit is unresolved: scan its board again, or have a supervisor\n"
                   "`keystamp unit resolve` it; and while ledger and journal differ.");
    command->add_option("name", *batch, "The batch")->required()->type_name("NAME");
    command->add_option("--as", context.as, "Who is named in the audit log; else this user")->type_name("NAME");
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, batch] {
        auto station = open(context, Station::Use::Signer);
        if (!station) return fail(context, station.error());
        const auto agreed = workflow::closeBatch(**station, *batch, who(context));
        if (!agreed) return fail(context, agreed.error());
        const auto progress = (*station)->journal->batch(*batch);
        if (!progress) return fail(context, progress.error());
        Json json = toJson(*progress);
        json["reconciliation"] =
            Json{{"ledger", agreed->ledger}, {"journal", agreed->journal}, {"manifest", agreed->manifest}};
        print(context,
              fmt::format("{} is closed: {} recorded, {} voided; signer, journal and manifest agree on {} {}", *batch,
                          progress->recorded, progress->voided, agreed->ledger,
                          progress->batch.mode == Mode::X509  ? "certificates asked for"
                          : progress->batch.mode == Mode::Sas ? "derived keys"
                                                              : "imported keys"),
              json);
        return kDone;
    });
}

}  // namespace

void addBatch(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(
        app, "batch", "Work orders: what may be issued",
        "  keystamp batch create order-4711 --mode x509 --scope-id 0ne00ABCDEF --pattern 'acme-{seq:06}' --count 500\n"
        "  keystamp batch list\n"
        "  keystamp batch close order-4711");
    addCreate(*group, context);
    addList(*group, context);
    addShow(*group, context);
    addPauseAndResume(*group, context);
    addExtend(*group, context);
    addRelease(*group, context);
    addClose(*group, context);
    addBatchExport(*group, context);
}

}  // namespace keystamp::cli
