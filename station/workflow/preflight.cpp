// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "hsm/client.h"
#include "station/label/printer.h"
#include "station/workflow/ca_validity.h"
#include "station/workflow/preflight_fixtures.h"
#include "station/workflow/preflight_journal.h"
#include "station/workflow/preflight_scanners.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {
namespace {

constexpr std::uint64_t kLeastDisk = 256u << 20;
constexpr std::uint64_t kLittleDisk = 1u << 30;

class Report {
public:
    explicit Report(const std::function<void(const Check&)>& each) : m_each(each) {}

    void add(Check check) {
        m_checks.push_back(std::move(check));
        if (m_each) m_each(m_checks.back());
    }
    void good(std::string what, std::string detail, std::string soon = {}) {
        add({std::move(what), true, std::move(detail), std::move(soon)});
    }
    void bad(std::string what, std::string detail, std::string next) {
        add({std::move(what), false, std::move(detail), std::move(next)});
    }
    void bad(std::string what, const Error& error) { add(failed(std::move(what), error)); }
    std::vector<Check> take() { return std::move(m_checks); }

private:
    const std::function<void(const Check&)>& m_each;
    std::vector<Check> m_checks;
};

void checkCa(const hsm::CaInfo& slot, const hsm::SignerStatus& status, Report& report) {
    const CaValidity validity = judgeCa(slot, status, utcNow());
    std::string found = slot.problem;
    if (slot.usable) {
        found = fmt::format("{}, {}, valid {} to {}", slot.subject, slot.keyType, dayOf(slot.notBefore), dayOf(slot.notAfter));
    }
    if (slot.slot == status.active) found += "; active";
    found += slot.groupKey ? "; group key present" : "; no group key";
    report.add({fmt::format("{} CA", name(slot.slot)), validity.good, std::move(found), validity.nextStep});
}

/// What the token says that it cannot do. Without HMAC a line of x509 batches is whole, one that means to derive keys is not.
void checkAbilities(const hsm::SignerStatus& status, Report& report) {
    const bool keysWanted = std::any_of(status.slots.begin(), status.slots.end(), [](const auto& slot) { return slot.groupKeyWanted; });
    if (!status.sasProblem.empty() && keysWanted) {
        return report.bad("HSM abilities", status.sasProblem,
                          "Leave group_key out of [signer.primary] and [signer.secondary] and make x509 batches, or use another HSM.");
    }
    std::string lacks;
    for (const auto& words : status.lacks) lacks += (lacks.empty() ? "" : "; ") + words;
    report.good("HSM abilities", lacks.empty() ? "signatures, key derivation and making keys" : lacks);
}

/// The key that imported device keys are sealed with, where the station means to have some.
void checkSealing(const hsm::SignerStatus& status, Report& report) {
    const std::string held = fmt::format("{} imported keys wait for their boards", status.keysHeld);
    if (!status.sealingKeyWanted) {
        if (status.keysHeld == 0) return;
        return report.bad("sealing key", held + ", and none is configured", "Put sealing_key back into [signer].");
    }
    if (!status.sealingProblem.empty()) {
        return report.bad("sealing key", status.sealingProblem, "Leave sealing_key out of [signer] and make no imported batches, or use another HSM.");
    }
    if (!status.sealingKey && status.keysHeld != 0) {
        return report.bad("sealing key", "it is not in the HSM, and " + held,
                          "Use the token that it was made in; without it import those keys anew: close their batches and create others.");
    }
    report.good("sealing key", status.sealingKey ? held : "not made yet", status.sealingKey ? "" : "The first batch of mode imported makes it.");
}

std::string profileText(const hsm::LeafProfile& profile) {
    return fmt::format("valid {} days from {} h before; {}; {}; keys {}", std::chrono::floor<std::chrono::days>(profile.validity).count(),
                       profile.backdate.count(), fmt::join(profile.purposes, ", "),
                       profile.organisation.empty() ? "no organisation" : "O=" + profile.organisation, fmt::join(profile.keys, ", "));
}

void checkSigner(Station& station, Report& report) {
    if (!station.signer) {
        auto signer = hsm::connect({station.config.signerSocket, station.config.file, station.config.startSigner});
        if (!signer) return report.bad("signer", signer.error());
        station.signer = std::move(*signer);
    }
    const auto status = station.signer->status();
    if (!status) return report.bad("signer", status.error());
    report.good("signer", fmt::format("process {}, started {} times", status->worker, status->workerStarts));
    report.good("leaf profile", profileText(status->profile));
    const std::string token = fmt::format("token \"{}\"{}{}", status->tokenLabel,
                                          status->tokenSerial.empty() ? "" : ", serial " + status->tokenSerial,
                                          status->demo ? ", a demo" : "");
    if (!status->loggedIn) {
        const ErrorCode why = status->state == "pin-locked"      ? ErrorCode::PinLocked
                              : status->state == "token-missing" ? ErrorCode::TokenMissing
                                                                 : ErrorCode::PinNeeded;
        return report.bad("HSM", Error{why, token + " is " + status->state});
    }
    report.good("HSM", token + ", logged in");
    checkAbilities(*status, report);
    for (const auto& slot : status->slots) checkCa(slot, *status, report);
    checkSealing(*status, report);
    if (status->auditKeyPem.empty()) report.bad("audit key", Error{ErrorCode::KeyMissing, "[signer.audit]"});
    if (const auto tested = station.signer->selfTest(); !tested) {
        report.bad("self-test", tested.error());
    } else {
        std::string keys;
        for (const auto& [key, problem] : status->selfTest) keys += (keys.empty() ? "" : ", ") + key;
        report.good("self-test", "each key signed and verified, or derived, at login and now: " + keys);
    }
}

void checkDisk(const Config& config, Report& report) {
    std::error_code problem;
    const auto space = std::filesystem::space(config.data, problem);
    if (problem) return report.bad("disk", Error{ErrorCode::IoFault, config.data, problem.value(), "statvfs"});
    const std::string found = fmt::format("{} MiB free below {}", space.available >> 20, config.data);
    if (space.available < kLeastDisk) return report.bad("disk", found, "Free some: the journal must be able to grow.");
    report.good("disk", found, space.available < kLittleDisk ? "Free some soon." : "");
}

void checkSupervisor(const Config& config, Report& report) {
    if (config.supervisor.empty())
        return report.bad("supervisor", config.file + ": [supervisor] name is not set",
                          "Name the supervisor who opens batches, or use --as.");
    report.good("supervisor", config.supervisor);
}

/// While it prints it is not asked beside: many printers take one connection at a time.
void checkPrinter(const Station& station, Report& report) {
    if (!station.config.label) return;
    if (station.labels) {
        const auto state = station.labels->state();
        return state.trouble ? report.bad("printer", *state.trouble)
                             : report.good("printer", fmt::format("{}: at work; {} labels wait", station.config.label->printer, state.waiting.size()));
    }
    const auto said = label::Printer{station.config.label->printer}.ask();
    said ? report.good("printer", *said) : report.bad("printer", said.error());
}

}  // namespace

Check failed(std::string what, const Error& error) {
    std::string detail{cause(error.code)};
    if (!error.detail.empty()) detail += ": " + error.detail;
    return {std::move(what), false, std::move(detail), std::string{nextStep(error.code)}, error};
}

std::vector<Check> preflight(Station& station, const std::function<void(const Check&)>& each) {
    Report report{each};
    checkSigner(station, report);
    checkJournal(station, [&](Check check) { report.add(std::move(check)); });
    checkDisk(station.config, report);
    checkSupervisor(station.config, report);
    checkPrinter(station, report);
    checkFixtures(station, [&](Check check) { report.add(std::move(check)); });
    checkScanners(station, [&](Check check) { report.add(std::move(check)); });
    return report.take();
}

std::vector<Check> preflight(const std::optional<std::string>& configFile, const std::function<void(const Check&)>& each) {
    Station station;
    auto config = loadConfig(configFile);
    if (!config) {
        Report report{each};
        report.bad("configuration", config.error());
        return report.take();
    }
    station.config = *std::move(config);
    return preflight(station, each);
}

}  // namespace keystamp::workflow
