// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/secret.h"
#include "station/cli/ask.h"
#include "station/cli/output.h"
#include "station/workflow/cloud_unit.h"

namespace keystamp::cli {
namespace {

using workflow::CloudAnswer;
using workflow::Station;

// Ctrl-C ends the program: a registration that is cut off leaves nothing half done.
const std::atomic<bool> kNoStop{false};

struct Options {
    std::string id, keyFile;
    std::optional<Slot> slot;
    unsigned limit = 60;
    bool mqtt = false;
};

void sayWaiting(std::chrono::seconds span, const std::string& why) {
    std::fprintf(stderr, "%s; asking again in %lld s\n", why.c_str(), static_cast<long long>(span.count()));
}

/// What a command is for.
enum class Of { EachDevice, Sas };

/// Registers by a supervisor's authority where the key must be derived for it.
Result<CloudAnswer> registered(Context& context, Station& station, const DeviceId& id, const Options& options, Of of) {
    workflow::CloudOrder order{id, options.slot, {}, std::chrono::seconds{options.limit}, options.mqtt ? cloud::Over::Mqtt : cloud::Over::Https};
    const auto needed = workflow::registersByAuthority(station, id);
    if (!needed) return needed.error();
    if (!*needed) {
        if (of == Of::Sas) return Error{ErrorCode::BadUsage, id.text() + " has a certificate: it connects by that, and has no connection string with a key"};
        if (options.slot) return Error{ErrorCode::BadUsage, "--slot is for SAS: the certificate on record is of one CA"};
        if (!options.keyFile.empty()) {
            auto key = readSecretDocument(options.keyFile);
            if (!key) return key.error();
            order.keyPem = *std::move(key);
        }
        return workflow::registerUnit(station, order, nullptr, kNoStop, sayWaiting);
    }
    if (!options.keyFile.empty()) return Error{ErrorCode::BadUsage, "--key is for certificates: a SAS key is derived in the HSM"};
    Result<CloudAnswer> answer = Error{};
    const auto done = withAuthority(context, station, [&](const hsm::Authority& authority) -> Result<void> {
        answer = workflow::registerUnit(station, order, &authority, kNoStop, sayWaiting);
        return answer ? Result<void>{} : answer.error();
    });
    if (!done) return done.error();
    return answer;
}

int registerId(Context& context, const Options& options) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto id = DeviceId::parse(options.id);
    if (!id) return fail(context, id.error());
    const auto answer = registered(context, **station, *id, options, Of::EachDevice);
    if (!answer) return fail(context, answer.error());
    const cloud::Registration& done = answer->registration;
    const std::string next = cloud::nextStepOf(done);
    std::string text = fmt::format("{}: {}", options.id, name(done.answer));
    if (!done.hub.empty()) text += fmt::format(" to {} as {}", done.hub, done.deviceId);
    if (!done.message.empty()) text += ": " + done.message;
    print(context, next.empty() ? text : text + "\n" + next,
          Json{{"id", options.id}, {"scopeId", answer->scopeId}, {"endpoint", (*station)->config.cloud.endpoint}, {"slot", name(answer->slot)},
               {"answer", name(done.answer)}, {"hub", done.hub}, {"deviceId", done.deviceId}, {"substatus", done.substatus}, {"errorCode", done.code},
               {"message", done.message}, {"next", next}, {"requests", done.asked}});
    return done.answer == cloud::Answer::Assigned ? kDone : kRefused;
}

int printConnectionString(Context& context, const Options& options) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto id = DeviceId::parse(options.id);
    if (!id) return fail(context, id.error());
    const auto answer = registered(context, **station, *id, options, Of::Sas);
    if (!answer) return fail(context, answer.error());
    if (answer->registration.answer != cloud::Answer::Assigned) {
        return fail(context, {ErrorCode::CloudRefused, fmt::format("{} is {}: {}", id->text(), name(answer->registration.answer), nextStepOf(answer->registration))});
    }
    // on record before anybody sees it
    if (const auto noted = auditAct(**station, "connection-string", {{"id", id->text()}, {"slot", name(answer->slot)}}, answer->who); !noted) {
        return fail(context, noted.error());
    }
    const Secret text = workflow::connectionString(*answer);
    if (const auto put = putOut(text.text()); !put) return fail(context, put.error());
    if (const auto put = putOut("\n"); !put) return fail(context, put.error());
    return kDone;
}

}  // namespace

void addCloud(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "cloud", "The cloud: registering as a device does, telling it of devices, and what it says of them",
                               "  keystamp cloud register acme-000017\n"
                               "  keystamp cloud connection-string acme-000017\n"
                               "  keystamp cloud push order-4711\n"
                               "  keystamp cloud reconcile devices.csv enrolments.json\n"
                               "  keystamp cloud show order-4711 --out order-4711.csv");
    const auto common = [&](CLI::App* command, const std::shared_ptr<Options>& options) {
        command->add_option("id", options->id, "The device ID; recorded here")->required()->type_name("ID");
        addSlot(command, options->slot);
        command->add_option("--limit", options->limit, "Seconds that it may take, with all waiting")->type_name("SECONDS")->check(CLI::Range(1, 3600))->capture_default_str();
        command->add_flag("--mqtt", options->mqtt, "Over MQTT, as most devices do, instead of HTTPS");
        addAuthority(command, context);
        addPin(command, context);
        addJson(command, context);
    };
    const auto options = std::make_shared<Options>();
    CLI::App* registering = addCommand(
        *group, "register", "Register a device as it will register itself, and say what the service answers",
        "  keystamp cloud register acme-000017                          (SAS: by the key that its board has, for a supervisor)\n"
        "  keystamp cloud register acme-000017 --mqtt                   (the same over MQTT)\n"
        "  keystamp cloud register acme-000017 --slot secondary         (by the other group key's)\n"
        "  keystamp cloud register acme-000017 --key acme-000017.pem    (certificate: by a private key that is at hand)\n"
        "\n"
        "Over HTTPS or MQTT to `endpoint` in [cloud]. It follows Retry-After and asks again where the service is busy, until --limit. Audited.\n"
        "A key that was made on its board, or wiped when its board had it, is not here: such a device registers by its board alone.\n"
        "Exit 0: assigned to a hub; 1: refused, blocked, or waiting for approval.");
    common(registering, options);
    registering->add_option("--key", options->keyFile, "The device's private key, PEM, mode 0400; its certificate is on record")->type_name("FILE");
    onRun(registering, context, [&context, options] { return registerId(context, *options); });

    const auto forString = std::make_shared<Options>();
    CLI::App* connecting = addCommand(*group, "connection-string", "Print what a device connects with: HostName=...;DeviceId=...;SharedAccessKey=...",
                                      "  keystamp cloud connection-string acme-000017 --as chris\n"
                                      "\n"
                                      "Registers it first, because only the service knows its hub. For SAS; a supervisor's act, audited before it is shown.\n"
                                      "Whoever reads it can be that device.");
    common(connecting, forString);
    onRun(connecting, context, [&context, forString] { return printConnectionString(context, *forString); });
    addCloudStates(*group, context);
    addCloudPush(*group, context);
}

}  // namespace keystamp::cli
