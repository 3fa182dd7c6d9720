// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "core/secret.h"
#include "station/cli/ask.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

constexpr std::size_t kLargestWrapped = 2048;  // RSA of 16,384 bits

std::string inTheHsm(Slot slot) { return fmt::format("The {} group key is in the HSM and cannot be taken out again.", name(slot)); }

Result<Secret> readGroupKey(const std::string& prompt) {
    const auto line = readSecret(STDIN_FILENO, prompt);
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

int import(Context& context, Slot slot, bool replace) {
    const auto key = readGroupKey("Group key (base64, as IoT Central shows it): ");
    if (!key) return fail(context, key.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        if (auto taken = (*station)->signer->importGroupKey(slot, *key, replace, authority); !taken) return taken;
        return auditAct(**station, "group-key-import", {{"slot", name(slot)}, {"replaced", replace}},
                           authority.supervisor);
    });
    if (!done) return fail(context, done.error());
    print(context, inTheHsm(slot),
          Json{{"slot", name(slot)}, {"bytes", key->size()}, {"replaced", replace}});
    return kDone;
}

std::string waiting(Slot slot, int half, const hsm::HalfTaken& taken) {
    return fmt::format("Half {} of the {} group key waits in the signer for half {}, by another supervisor, for {} minutes; the key is\n"
                       "not in the HSM yet. Should the signer start anew meanwhile, half {} must be entered again.",
                       half, name(slot), taken.waitsFor, taken.left.count() / 60, half);
}

int importHalf(Context& context, Slot slot, int half, bool replace) {
    const auto share = readGroupKey(fmt::format("Half {} of the group key (base64): ", half));
    if (!share) return fail(context, share.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    hsm::HalfTaken taken;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        const auto entered = (*station)->signer->importGroupKeyHalf(slot, half, *share, replace, authority);
        if (!entered) return entered.error();
        taken = *entered;
        return auditAct(**station, taken.complete ? "group-key-import" : "group-key-half",
                           {{"slot", name(slot)}, {"half", half}, {"replaced", replace}}, authority.supervisor);
    });
    if (!done) return fail(context, done.error());
    print(context, taken.complete ? inTheHsm(slot) : waiting(slot, half, taken),
          Json{{"slot", name(slot)},
               {"half", half},
               {"complete", taken.complete},
               {"waitsFor", taken.complete ? Json{} : Json(taken.waitsFor)},
               {"secondsLeft", taken.complete ? Json{} : Json(taken.left.count())}});
    return kDone;
}

int importWrapped(Context& context, Slot slot, const std::string& file, bool replace) {
    const auto wrapped = readFile(file, kLargestWrapped);
    if (!wrapped) return fail(context, Error{ErrorCode::BadUsage, file, wrapped.error().native, wrapped.error().where});
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        if (auto taken = (*station)->signer->importWrappedGroupKey(slot, toBytes(asBytes(*wrapped)), replace, authority); !taken) return taken;
        return auditAct(**station, "group-key-import", {{"slot", name(slot)}, {"replaced", replace}, {"wrapped", true}},
                           authority.supervisor);
    });
    if (!done) return fail(context, done.error());
    print(context, inTheHsm(slot), Json{{"slot", name(slot)}, {"wrapped", true}, {"replaced", replace}});
    return kDone;
}

int derive(Context& context, const std::string& text, Slot slot) {
    const auto id = DeviceId::parse(text);
    if (!id) return fail(context, id.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    Secret key;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        const auto derived = (*station)->signer->deriveFor({*id}, {slot}, authority);
        if (!derived) return derived.error();
        key = derived->front().key.toBase64();
        // on record before anybody sees it
        return auditAct(**station, "key-derived", {{"id", id->text()}, {"slot", name(slot)}}, authority.supervisor);
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
        int half = 0;
        std::string wrapped;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* imported =
        addCommand(*group, "import", "Bring a group key, base64 on standard input, into the HSM",
                   "  keystamp sas import --slot primary --half 1 --as anna        (asks for it, without echo)\n"
                   "  keystamp sas import --slot primary --half 2 --as bert        (another person, within 15 minutes)\n"
                   "  keystamp sas import --slot primary --wrapped group-key.wrapped --as anna\n"
                   "  keystamp sas import --slot secondary --replace --auth-fd 3 <group-key.txt 3<passphrase.txt\n"
                   "\n"
                   "Whole only into a demo's token. A factory's takes it in halves from two supervisors: half 1 XOR half 2 = key, all three\n"
                   "base64 and of one length. Either half may come first; the signer holds it in locked memory, never on disk. Whoever may\n"
                   "see the key makes the halves with\n"
                   "  python3 -c 'import base64 as b,os; k=b.b64decode(input()); r=os.urandom(len(k)); [print(b.b64encode(h).decode()) for h in "
                   "(r, bytes(x^y for x,y in zip(k,r)))]' <group-key.txt\n"
                   "\n"
                   "Or nobody at the factory sees it: encrypted for the RSA key pair of the HSM that wrapping_key in [signer] names (here 31),\n"
                   "it is decrypted in there. The factory reads the public half, whoever has the key wraps its 32 to 64 bytes for it:\n"
                   "  pkcs11-tool --module MODULE --token-label LABEL --read-object --type pubkey --id 31 --output-file wrapping.der\n"
                   "  base64 -d group-key.txt | openssl pkeyutl -encrypt -pubin -keyform DER -inkey wrapping.der -pkeyopt "
                   "rsa_padding_mode:oaep -out group-key.wrapped\n"
                   "Not every HSM tells how long it is: compare what `keystamp sas derive` then gives for some ID with what the cloud shows.");
    addSlot(imported, options->slot)->required();
    CLI::Option* half = imported->add_option("--half", options->half, "Which half of the key this is; each by another supervisor")
                            ->type_name("1|2")
                            ->check(CLI::IsMember({1, 2}));
    imported->add_option("--wrapped", options->wrapped, "A file with the key, encrypted for the HSM")->type_name("FILE")->excludes(half);
    imported->add_flag("--replace", options->replace,
                       "Take the place of the key that is there; its devices lose their key's source");
    addAuthority(imported, context);
    addPin(imported, context);
    addJson(imported, context);
    onRun(imported, context, [&context, options] {
        if (!options->wrapped.empty()) return importWrapped(context, options->slot, options->wrapped, options->replace);
        return options->half == 0 ? import(context, options->slot, options->replace)
                                  : importHalf(context, options->slot, options->half, options->replace);
    });

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
