// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/sampler.h"

#include <fmt/format.h>

#include "db/csv.h"
#include "flashing/pem.h"

namespace keystamp::workflow {
namespace {

using db::Sampled;

constexpr std::chrono::seconds kLimit{8};     // two rounds of "assigning", as DPS has them
constexpr std::chrono::seconds kOffline{60};  // a line that is offline waits once a minute, not at every sample

/// A line of it for tiles, terminals and the log: what a service says may be a page, and may be anything.
std::string inALine(const std::string& text) {
    constexpr std::size_t kLongest = 400;
    std::string line = db::spelledOut(text);
    if (line.size() <= kLongest) return line;
    line.resize(kLongest);
    while (!db::isUtf8(line)) line.pop_back();
    return line + "...";
}

}  // namespace

Sampler::Sampler(db::Journal& journal, const cloud::Access& access)
    : Sampler(journal, [access](const std::string& scopeId, const DeviceId& id, const cloud::DeviceLogin& login, Deadline deadline, const std::atomic<bool>& stop) {
          return cloud::registerDevice(access, scopeId, id, login, cloud::Over::Https, deadline, stop);
      }) {}

std::optional<cloud::DeviceLogin> Sampler::loginOf(const db::Batch& batch, const db::Unit& unit, const flashing::Credential& credential) const {
    const bool atHand = batch.mode == Mode::Sas ? !credential.sasKey.empty() : batch.mode == Mode::X509 && !credential.privateKey.empty();
    if (batch.sampleOf == 0 || !atHand) return std::nullopt;
    const auto turn = db::Samples{m_journal}.picks(batch, unit.number);
    if (!turn || !*turn) return std::nullopt;
    if (batch.mode == Mode::Sas) return credential.sasKey.clone();
    std::string chain;
    for (const Bytes& certificate : credential.chain) chain += pemOf(certificate);
    return cloud::ClientCertificate{std::move(chain), flashing::pemOf(flashing::kPrivateKeyLabel, credential.privateKey.toBase64())};
}

bool Sampler::restsAfterFailure() {
    const std::scoped_lock lock{m_mutex};
    return m_offlineSince && std::chrono::steady_clock::now() - *m_offlineSince < kOffline;
}

void Sampler::reached(bool cloud) {
    const std::scoped_lock lock{m_mutex};
    cloud ? m_offlineSince.reset() : static_cast<void>(m_offlineSince = std::chrono::steady_clock::now());
}

Sampler::Tried Sampler::ask(const db::Batch& batch, const db::Unit& unit, const cloud::DeviceLogin& login, const std::atomic<bool>& stop) {
    if (restsAfterFailure()) return {Sampled::Offline, "not tried: offline"};
    const auto done = m_register(batch.scopeId, unit.id, login, Deadline::in(kLimit), stop);
    if (done) {
        reached(true);
        const std::string said = std::string{name(done->answer)} + (done->message.empty() ? "" : ": " + inALine(done->message));
        switch (done->answer) {
            case cloud::Answer::Assigned: return {Sampled::Assigned, inALine(done->hub)};
            case cloud::Answer::Unassigned: return {Sampled::Unassigned, {}};
            case cloud::Answer::Disabled:
            case cloud::Answer::Failed: return {Sampled::Refused, "the cloud says " + said + ". " + nextStepOf(*done)};
        }
    }
    const Error& error = done.error();
    if (error.code == ErrorCode::Aborted) return {Sampled::Offline, "not tried: stopped"};
    const bool no = (error.code == ErrorCode::CloudRefused && !cloud::isBusy(error)) || error.code == ErrorCode::BadUsage;
    reached(no);
    if (!no) return {Sampled::Offline, "not tried: offline: " + inALine(error.detail)};
    return {Sampled::Refused, inALine(error.detail)};
}

void Sampler::tryOut(const db::Batch& batch, const db::Unit& unit, const cloud::DeviceLogin& login, const std::atomic<bool>& stop) {
    const Tried tried = ask(batch, unit, login, stop);
    // a journal that cannot keep it stops the line by itself
    static_cast<void>(db::Samples::keep(m_journal, unit, tried.outcome, tried.detail));
}

}  // namespace keystamp::workflow
