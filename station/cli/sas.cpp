// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "core/secret.h"
#include "station/cli/ask.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

// A stream's buffer would keep what is printed.
Result<void> putOut(std::string_view text) {
    while (!text.empty()) {
        const ssize_t put = ::write(STDOUT_FILENO, text.data(), text.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return Error{ErrorCode::IoFault, "standard output", errno, "write"};
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
}

Result<Secret> readGroupKey() {
    const auto line = readSecret(STDIN_FILENO, "Group key (base64, as IoT Central shows it): ");
    if (!line) return Error{ErrorCode::BadUsage, "the group key goes to standard input, base64"};
    auto key = Secret::fromBase64(line->text());
    if (!key)
        return Error{ErrorCode::BadUsage,
                     "the group key on standard input is not base64; copy it whole, to the last ="};
    if (key->size() < 16 || key->size() > 64) {
        return Error{
            ErrorCode::BadUsage,
            fmt::format("the group key has {} bytes; those of IoT Central and DPS have 16 to 64", key->size())};
    }
    return key;
}

Result<void> auditKeyUse(Station& station, const char* kind, Json row, const std::string& supervisor) {
    row["who"] = supervisor;
    return station.journal->audit(kind, row.dump());
}

int import(Context& context, Slot slot, bool replace) {
    const auto key = readGroupKey();
    if (!key) return fail(context, key.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        if (auto taken = (*station)->signer->importGroupKey(slot, *key, replace, authority); !taken) return taken;
        return auditKeyUse(**station, "group-key-import", {{"slot", name(slot)}, {"replaced", replace}},
                           authority.supervisor);
    });
    if (!done) return fail(context, done.error());
    print(context, fmt::format("The {} group key is in the HSM and cannot be taken out again.", name(slot)),
          Json{{"slot", name(slot)}, {"bytes", key->size()}, {"replaced", replace}});
    return kDone;
}

int derive(Context& context, const std::string& text, Slot slot) {
    const auto id = DeviceId::parse(text);
    if (!id) return fail(context, id.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    Secret key;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        auto derived = (*station)->signer->deriveFor(*id, slot, authority);
        if (!derived) return derived.error();
        key = derived->key.toBase64();
        // on record before anybody sees it
        return auditKeyUse(**station, "key-derived", {{"id", id->text()}, {"slot", name(slot)}}, authority.supervisor);
    });
    if (!done) return fail(context, done.error());
    const std::string before =
        context.json ? fmt::format("{{\"id\": \"{}\", \"slot\": \"{}\", \"key\": \"", id->text(), name(slot)) : "";
    for (const std::string_view part :
         {std::string_view{before}, key.text(), std::string_view{context.json ? "\"}\n" : "\n"}}) {
        if (const auto put = putOut(part); !put) return fail(context, put.error());
    }
    return kDone;
}

}  // namespace

void addSas(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "sas", "Group keys and the device keys derived from them; a supervisor's acts",
                               "  keystamp sas import --slot primary <group-key.txt\n"
                               "  keystamp sas derive acme-000017 --slot primary");
    struct Options {
        std::string id;
        Slot slot = Slot::Primary;
        bool replace = false;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* imported =
        addCommand(*group, "import", "Bring a group key, base64 on standard input, into the HSM",
                   "  keystamp sas import --slot primary        (asks for it, without echo)\n"
                   "  keystamp sas import --slot secondary --replace --auth-fd 3 <group-key.txt 3<passphrase.txt");
    addSlot(imported, options->slot)->required();
    imported->add_flag("--replace", options->replace,
                       "Take the place of the key that is there; its devices lose their key's source");
    addAuthority(imported, context);
    addPin(imported, context);
    addJson(imported, context);
    onRun(imported, context, [&context, options] { return import(context, options->slot, options->replace); });

    CLI::App* derived = addCommand(
        *group, "derive", "Print the key of one device, base64; audited",
        "  keystamp sas derive acme-000017 --slot primary --as chris\n"
        "\n"
        "Whoever reads it can be that device. For a unit on a fixture use `keystamp run`, which shows it to nobody.");
    derived->add_option("id", options->id, "The device ID")->required()->type_name("ID");
    addSlot(derived, options->slot)->required();
    addAuthority(derived, context);
    addPin(derived, context);
    addJson(derived, context);
    onRun(derived, context, [&context, options] { return derive(context, options->id, options->slot); });
}

}  // namespace keystamp::cli
