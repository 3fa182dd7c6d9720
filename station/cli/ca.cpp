// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "station/cli/ask.h"
#include "station/cli/output.h"
#include "station/workflow/ca_code.h"
#include "station/workflow/ca_proof.h"
#include "station/workflow/ca_validity.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

int show(Context& context) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto status = (*station)->signer->status();
    if (!status) return fail(context, status.error());
    Json json{{"state", status->state},
              {"loggedIn", status->loggedIn},
              {"demo", status->demo},
              {"token", {{"label", status->tokenLabel}, {"serial", status->tokenSerial}, {"module", status->module}}},
              {"worker", status->worker},
              {"workerStarts", status->workerStarts},
              {"active", name(status->active)},
              {"slots", Json::array()},
              {"root", status->rootPem},
              {"auditKey", status->auditKeyPem}};
    std::string text = fmt::format("token      {}{}{}, {}", status->tokenLabel,
                                   status->tokenSerial.empty() ? "" : " " + status->tokenSerial,
                                   status->demo ? " (demo)" : "", status->state);
    for (const auto& slot : status->slots) {
        const bool certified = !slot.certificate.empty();
        const bool active = slot.slot == status->active;
        const auto validity = workflow::judgeCa(slot, *status, utcNow());
        json["slots"].push_back({{"slot", name(slot.slot)},
                                 {"active", active},
                                 {"usable", slot.usable},
                                 {"problem", slot.problem},
                                 {"subject", slot.subject},
                                 {"keyType", slot.keyType},
                                 {"notBefore", timeOrNull(slot.notBefore)},
                                 {"notAfter", timeOrNull(slot.notAfter)},
                                 {"daysLeft", certified ? Json(validity.daysLeft) : Json{}},
                                 {"valid", validity.good},
                                 {"next", validity.nextStep},
                                 {"sha256", toHexUpper(slot.sha256)},
                                 {"sha1", certified ? Json(toHexUpper(sha1(slot.certificate))) : Json{}},
                                 {"certificate", certified ? Json(pemOf(slot.certificate)) : Json{}},
                                 {"groupKey", slot.groupKey},
                                 {"heldHalf", slot.heldHalf == 0 ? Json{} : Json(slot.heldHalf)}});
        text += fmt::format("\n\n{:<10} {}{}", name(slot.slot), active ? "active; " : "",
                            slot.usable ? slot.subject : "cannot be used: " + slot.problem);
        if (certified)
            text += fmt::format("\n           {}, valid {} to {}, {} days left", slot.keyType, toText(slot.notBefore),
                                toText(slot.notAfter), validity.daysLeft);
        if (!validity.nextStep.empty()) text += "\n           " + validity.nextStep;
        if (certified)
            text += fmt::format("\n           SHA-1   {}\n           SHA-256 {}", toHexUpper(sha1(slot.certificate)),
                                toHexUpper(slot.sha256));
        text += slot.groupKey ? "\n           SAS group key present" : "\n           no SAS group key";
        if (slot.heldHalf != 0) text += fmt::format("; half {} of one waits for the other", slot.heldHalf);
    }
    print(context, text, json);
    return kDone;
}

int prove(Context& context, const std::string& typed, Slot slot, const std::string& out, bool pem) {
    const auto code = workflow::caCode(typed);
    if (!code) return fail(context, code.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    workflow::CaProof proof;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        auto proven = workflow::proveCa(**station, *code, slot, authority);
        if (!proven) return proven.error();
        proof = *std::move(proven);
        return {};
    });
    if (!done) return fail(context, done.error());
    const Bytes& certificate = proof.certificate;
    const bool asText = pem || std::filesystem::path(out).extension() == ".pem";
    const std::string content = asText ? pemOf(certificate) : std::string(certificate.begin(), certificate.end());
    if (const auto written = writeFile(out, content); !written) return fail(context, written.error());
    print(context,
          fmt::format("{}: certificate for {} by the {} CA; upload it within 30 days to verify that CA", out, *code,
                      name(slot)),
          Json{{"file", out}, {"form", asText ? "pem" : "der"}, {"code", *code}, {"slot", name(slot)}, {"sha256", toHex(sha256(certificate))}});
    return kDone;
}

}  // namespace

void addCa(CLI::App& app, Context& context) {
    CLI::App* group =
        addGroup(app, "ca", "The CAs that the HSM holds",
                 "  keystamp ca show\n"
                 "  keystamp ca request --slot secondary --out secondary.csr\n"
                 "  keystamp ca install --slot secondary chain.pem\n"
                 "  keystamp ca roll --slot secondary\n"
                 "  keystamp ca crl --slot primary --out primary.crl\n"
                 "  keystamp ca verify\n"
                 "  keystamp ca prove 106A5SD242AF512B3498BD6098C4941E66R34H268DDB3288 --slot primary --out proof.cer");
    CLI::App* shown = addCommand(*group, "show", "Token, CAs, group keys, as the signer sees them",
                                 "  keystamp ca show\n  keystamp ca show --json");
    addPin(shown, context);
    addJson(shown, context);
    onRun(shown, context, [&context] { return show(context); });

    struct Options {
        std::string code, out;
        Slot slot = Slot::Primary;
        bool pem = false;
    };
    addCaLifecycle(*group, context);
    addCaVerify(*group, context);
    const auto options = std::make_shared<Options>();
    CLI::App* proved = addCommand(
        *group, "prove", "Prove to IoT Central or DPS that this factory holds the CA's key",
        "  keystamp ca prove 106A5SD242AF512B3498BD6098C4941E66R34H268DDB3288 --slot primary --out proof.cer --as anna\n"
        "\n"
        "The cloud shows a verification code for a CA certificate that was uploaded; the file is what it wants back.\n"
        "It is DER, or PEM where its name ends in .pem; that slot's CA signs it, for a supervisor. Its key was thrown away and it\n"
        "cannot authenticate a device.");
    proved->add_option("code", options->code, "The verification code")->required()->type_name("CODE");
    addSlot(proved, options->slot)->required();
    proved->add_option("--out", options->out, "Where the certificate goes")->required()->type_name("FILE");
    proved->add_flag("--pem", options->pem, "PEM, whatever the file is called");
    addAuthority(proved, context);
    addPin(proved, context);
    addJson(proved, context);
    onRun(proved, context, [&context, options] { return prove(context, options->code, options->slot, options->out, options->pem); });
}

}  // namespace keystamp::cli
