// SPDX-License-Identifier: Apache-2.0
// A CA from its key to its end: request, install, roll. A supervisor's acts, each in the signer's ledger and in the audit log.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "station/cli/ask.h"
#include "station/cli/output.h"
#include "station/workflow/ca_roll.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

int request(Context& context, const hsm::CaRequest& wanted, const std::string& out) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    hsm::CaRequested made;
    Json row;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        auto requested = (*station)->signer->requestCa(wanted, authority);
        if (!requested) return requested.error();
        made = std::move(*requested);
        row = Json{{"slot", name(wanted.slot)}, {"subject", made.subject}, {"keyType", made.keyType},
                   {"key", made.ckaId},         {"newKey", made.newKey},   {"sha256", toHex(sha256(made.csr))}};
        return auditAct(**station, "ca-request", row, authority.supervisor);
    });
    if (!done) return fail(context, done.error());
    if (const auto written = writeFile(out, pemOf(made.csr, "CERTIFICATE REQUEST")); !written) return fail(context, written.error());
    row["file"] = out;
    print(context,
          fmt::format("{}: request for {}\n{} key {} ({}) in the HSM. Have the root's keeper certify it as CA:true, pathlen:0,\n"
                      "keyCertSign and cRLSign; then `keystamp ca install --slot {} CHAIN.pem`.",
                      out, made.subject, made.newKey ? "New" : "The same", made.ckaId, made.keyType, name(wanted.slot)),
          row);
    return kDone;
}

int install(Context& context, Slot slot, const std::string& file) {
    const auto chain = readFile(file, 1u << 20);
    if (!chain) return fail(context, {ErrorCode::BadUsage, file + ": it cannot be read", chain.error().native, chain.error().where});
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    hsm::CaInfo now;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        if (auto installed = (*station)->signer->installCa(slot, *chain, authority); !installed) return installed;
        const auto status = (*station)->signer->status();
        if (!status) return status.error();
        for (const auto& one : status->slots) {
            if (one.slot == slot) now = one;
        }
        return auditAct(**station, "ca-install", {{"slot", name(slot)}, {"subject", now.subject}, {"sha256", toHex(now.sha256)}},
                     authority.supervisor);
    });
    if (!done) return fail(context, done.error());
    print(context,
          fmt::format("The {} CA is {}, {}, valid {} to {}; it signs from now on.", name(slot), now.subject, now.keyType,
                      toText(now.notBefore), toText(now.notAfter)),
          Json{{"slot", name(slot)},
               {"subject", now.subject},
               {"keyType", now.keyType},
               {"notBefore", timeOrNull(now.notBefore)},
               {"notAfter", timeOrNull(now.notAfter)},
               {"sha256", toHexUpper(now.sha256)}});
    return kDone;
}

int roll(Context& context, Slot slot) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) { return workflow::rollCa(**station, slot, authority); });
    if (!done) return fail(context, done.error());
    print(context, fmt::format("New batches use the {} slot unless they name another; those that are open keep theirs.", name(slot)),
          Json{{"active", name(slot)}});
    return kDone;
}

int crl(Context& context, Slot slot, const std::string& out) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    hsm::Crl made;
    Json row;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        auto signedCrl = workflow::signCrl(**station, slot, authority);
        if (!signedCrl) return signedCrl.error();
        made = std::move(*signedCrl);
        row = Json{{"slot", name(slot)}, {"number", made.number}, {"revoked", made.revoked}, {"sha256", toHex(sha256(made.crl))}};
        return auditAct(**station, "crl", row, authority.supervisor);
    });
    if (!done) return fail(context, done.error());
    const bool asText = std::filesystem::path(out).extension() == ".pem";
    const std::string content = asText ? pemOf(made.crl, "X509 CRL") : std::string(made.crl.begin(), made.crl.end());
    if (const auto written = writeFile(out, content); !written) return fail(context, written.error());
    row.update(Json{{"file", out}, {"form", asText ? "pem" : "der"}, {"nextUpdate", timeOrNull(made.nextUpdate)}});
    print(context,
          fmt::format("{}: CRL {} of the {} CA, {} certificates; the next one is due before {}", out, made.number, name(slot), made.revoked,
                      toText(made.nextUpdate)),
          row);
    return kDone;
}

void addCrl(CLI::App& group, Context& context) {
    struct Options {
        Slot slot = Slot::Primary;
        std::string out;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        addCommand(group, "crl", "List what a CA does not stand for any more, signed by it",
                   "  keystamp ca crl --slot primary --out primary.crl\n"
                   "  openssl crl -in primary.crl -inform DER -CAfile ca/primary.pem -noout -text\n"
                   "\n"
                   "Every void certificate of the journal, and every signature that was interrupted. DER, or PEM where the file's name\n"
                   "ends in .pem; good for 30 days. Azure reads no CRL: block there what the manifest lists.");
    addSlot(command, options->slot)->required();
    command->add_option("--out", options->out, "Where the CRL goes")->required()->type_name("FILE");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options] { return crl(context, options->slot, options->out); });
}

void addRequest(CLI::App& group, Context& context) {
    struct Options {
        hsm::CaRequest wanted;
        std::string out;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command = addCommand(
        group, "request", "Make a CA's key in the HSM, if it is not there, and a request to certify it",
        "  keystamp ca request --slot primary --out primary.csr\n"
        "  keystamp ca request --slot secondary --key ec-p384 --subject 'CN=Acme line 1 CA 2027,O=Acme' --out secondary.csr\n"
        "\n"
        "The key is the slot's ca_key in the configuration; it never leaves the HSM. Where it is there, the request is for it: so a\n"
        "certificate is renewed. A new key beside the live one goes into the idle slot: give that slot a new ca_key and a new\n"
        "ca_cert, let the signer start anew, request, install, roll. An RSA key takes its time: make it while the line stands.");
    addSlot(command, options->wanted.slot)->required();
    command->add_option("--out", options->out, "Where the request goes: PKCS #10, PEM")->required()->type_name("FILE");
    command->add_option("--key", options->wanted.key, "Of a key that is made: ec-p256 (unless given), ec-p384 or rsa-3072")
        ->type_name("KIND")
        ->check(CLI::IsMember({"ec-p256", "ec-p384", "rsa-3072"}));
    command
        ->add_option("--subject", options->wanted.subject,
                     "The CA's name, 'CN=...,O=...,C=...'; a renewal keeps its name, else one is made")
        ->type_name("NAME");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options] { return request(context, options->wanted, options->out); });
}

void addInstall(CLI::App& group, Context& context) {
    struct Options {
        Slot slot = Slot::Primary;
        std::string file;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command =
        addCommand(group, "install", "Put the certificate that a root gave into a slot; at work at once",
                   "  keystamp ca install --slot secondary chain.pem\n"
                   "\n"
                   "The file is PEM: the CA first, then what is between it and the root. It is checked against key and root before it\n"
                   "is taken; a bad one changes nothing. What was there before stays beside it (ca_cert and .before-...).");
    addSlot(command, options->slot)->required();
    command->add_option("chain", options->file, "The CA's certificate and its chain")->required()->type_name("CHAIN.pem");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options] { return install(context, options->slot, options->file); });
}

void addRoll(CLI::App& group, Context& context) {
    const auto slot = std::make_shared<Slot>(Slot::Primary);
    CLI::App* command =
        addCommand(group, "roll", "Choose the slot that new batches get: its CA and its group key",
                   "  keystamp ca roll --slot secondary\n"
                   "\n"
                   "Refused where that slot lacks a CA or group key that the active one has. Open batches keep their slot. The cloud\n"
                   "must know the slot's CA, or its key, before: as the enrolment group's secondary.");
    addSlot(command, *slot)->required();
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, slot] { return roll(context, *slot); });
}

}  // namespace

void addCaLifecycle(CLI::App& group, Context& context) {
    addRequest(group, context);
    addInstall(group, context);
    addRoll(group, context);
    addCrl(group, context);
}

}  // namespace keystamp::cli
