// SPDX-License-Identifier: Apache-2.0
// The cloud's verification of a CA, step by step: what is done in the portal, what is asked for here, what is carried there.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "station/cli/ask.h"
#include "station/cli/output.h"
#include "station/cli/stick.h"
#include "station/workflow/ca_code.h"
#include "station/workflow/ca_proof.h"
#include "station/workflow/ca_validity.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

constexpr int kTries = 3;

struct Options {
    std::optional<Slot> slot;
    std::string out;
};

struct Asked {
    Slot slot;
    std::string ca, code;  ///< the CA's file; the portal's code
};

/// Where JSON is wanted standard output is for that alone.
void say(const Context& context, const std::string& text) {
    std::FILE* const to = context.json ? stderr : stdout;
    std::fprintf(to, "%s\n", text.c_str());
    std::fflush(to);
}

/// A code, or nothing where an empty line leaves this CA out. At a terminal a damaged one is explained and asked for again.
Result<std::string> askCode(Slot slot) {
    const bool terminal = isatty(STDIN_FILENO) == 1;
    for (int tried = 1;; ++tried) {
        std::fprintf(stderr, "Verification code for the %s CA (an empty line leaves it out): ", std::string{name(slot)}.c_str());
        std::string line;
        if (!std::getline(std::cin, line)) return Error{ErrorCode::BadUsage, "no verification code was given: it is read from the terminal or from standard input, a line for each CA"};
        if (!terminal) std::fputc('\n', stderr);
        if (line.find_first_not_of(" \t\r") == std::string::npos) return std::string{};
        auto code = workflow::caCode(line);
        if (code || !terminal || tried == kTries) return code;
        std::fprintf(stderr, "%s\n", code.error().detail.c_str());
    }
}

void sayFirstSteps(const Context& context, const hsm::CaInfo& ca, const std::string& file) {
    const std::string which{name(ca.slot)};
    say(context, fmt::format("The {} CA: {}\n"
                             "  1. In the portal, add {} as the {} certificate\n"
                             "     (IoT Central: Permissions, Device connection groups, the group for X.509; DPS: Certificates, Add).\n"
                             "     It shows SHA-1 {}.\n"
                             "  2. Have it generate a verification code, and copy that.",
                             which, ca.subject, file, which, toHexUpper(sha1(ca.certificate))));
}

/// How long it lasts, and when the other one's turn comes.
std::string outlook(const hsm::SignerStatus& status, const hsm::CaInfo& ca, UtcTime now) {
    const auto plan = workflow::planFor(ca, status.profile, now);
    const auto validity = workflow::judgeCa(ca, status, now);
    const std::string other{name(ca.slot == Slot::Primary ? Slot::Secondary : Slot::Primary)};
    std::string text = fmt::format("It ends on {}, in {} days.", dayOf(ca.notAfter), validity.daysLeft);
    if (ca.slot != status.active) return text + fmt::format(" It is idle: `keystamp ca roll --slot {}` puts it to work.", name(ca.slot));
    const auto by = [&](UtcTime time) { return time <= now ? std::string{"now"} : "by " + dayOf(time); };
    return text + fmt::format(" Prepare the {} CA {} (`ca request`, `ca install`, `ca verify`), and roll to it {}: leaves made later are cut short.", other,
                              by(plan.prepareBy), by(plan.rollBy));
}

Json proven(const hsm::SignerStatus& status, const hsm::CaInfo& ca, const Asked& asked, const workflow::CaProof& proof, const std::string& file) {
    const auto plan = workflow::planFor(ca, status.profile, utcNow());
    return {{"slot", name(ca.slot)},           {"code", proof.code},
            {"ca", asked.ca},                  {"proof", file},
            {"uploadBy", timeOrNull(proof.notAfter)}, {"notAfter", timeOrNull(ca.notAfter)},
            {"prepareBy", timeOrNull(plan.prepareBy)}, {"rollBy", timeOrNull(plan.rollBy)},
            {"sha256", toHex(sha256(BytesView{proof.certificate}))}};
}

int verify(Context& context, const Options& options) {
    const auto folder = placeFor(options.out);
    if (!folder) return fail(context, folder.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto status = (*station)->signer->status();
    if (!status) return fail(context, status.error());
    std::vector<Asked> all;
    for (const auto& ca : status->slots) {
        if (options.slot ? ca.slot != *options.slot : !ca.usable) continue;
        const auto file = workflow::writeCa(*status, ca.slot, *folder);
        if (!file) return fail(context, file.error());
        sayFirstSteps(context, ca, *file);
        auto code = askCode(ca.slot);
        if (!code) return fail(context, code.error());
        if (!code->empty()) all.push_back({ca.slot, *file, *std::move(code)});
    }
    if (all.empty()) return fail(context, {ErrorCode::BadUsage, "no CA was to be verified: each was left out, or there is none that can sign; see `keystamp ca show`"});
    std::vector<workflow::CaProof> proofs;
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) -> Result<void> {
        proofs.clear();
        for (const Asked& one : all) {
            auto proof = workflow::proveCa(**station, one.code, one.slot, authority);
            if (!proof) return proof.error();
            proofs.push_back(*std::move(proof));
        }
        return {};
    });
    if (!done) return fail(context, done.error());
    Json json = Json::array();
    for (std::size_t n = 0; n < all.size(); ++n) {
        const hsm::CaInfo& ca = *workflow::caOf(*status, all[n].slot);
        const auto file = workflow::writeProof(*status, proofs[n], *folder);
        if (!file) return fail(context, file.error());
        json.push_back(proven(*status, ca, all[n], proofs[n], *file));
        if (context.json) continue;
        say(context, fmt::format("The {} CA: it was signed, written, read back and checked.\n"
                                 "  3. In the portal, upload {} as its verification certificate by {}, and press Verify.\n"
                                 "  {}",
                                 name(ca.slot), *file, dayOf(proofs[n].notAfter), outlook(*status, ca, utcNow())));
    }
    print(context, options.out.empty() ? "The memory stick may be pulled out." : "", json);
    return kDone;
}

}  // namespace

void addCaVerify(CLI::App& group, Context& context) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = addCommand(
        group, "verify", "Have a cloud verify the CAs, step by step: what to do in its portal, which files to carry there",
        "  keystamp ca verify                                   (both CAs, onto the memory stick that is in)\n"
        "  keystamp ca verify --slot secondary --out /media/usb (one of them, into a folder)\n"
        "  echo CODE | keystamp ca verify --slot primary --out . --json\n"
        "\n"
        "Writes the CA's certificate, asks for the code that the portal shows for it, has the CA sign that for a supervisor, and writes and\n"
        "checks what the portal wants back. Says when the CA ends, and when to prepare the other one and roll to it. `ca prove` does the\n"
        "signature alone.");
    addSlot(command, options->slot);
    command->add_option("--out", options->out, "The folder that both files go to; left out: the memory stick that is in")->type_name("FOLDER");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    onRun(command, context, [&context, options] { return verify(context, *options); });
}

}  // namespace keystamp::cli
