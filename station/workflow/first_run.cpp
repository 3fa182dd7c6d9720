// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/first_run.h"

#include <algorithm>
#include <cctype>

#include "station/workflow/people.h"

namespace keystamp::workflow {
namespace {

constexpr std::size_t kLongestStation = 40;

/// The station's name as a device ID may begin.
std::string idPart(const std::string& name) {
    std::string part;
    for (const char c : name.substr(0, kLongestStation)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && std::isalnum(byte) != 0) {
            part += static_cast<char>(std::tolower(byte));
        } else if (!part.empty() && part.back() != '-') {
            part += '-';
        }
    }
    while (!part.empty() && part.back() == '-') part.pop_back();
    return part.empty() ? "station" : part;
}

Result<std::string> freeName(const db::Journal& journal) {
    for (int n = 1;; ++n) {
        std::string name = n == 1 ? "test-unit" : "test-unit-" + std::to_string(n);
        const auto known = journal.batch(name);
        if (known) continue;
        if (known.error().code != ErrorCode::UnknownBatch) return known.error();
        return name;
    }
}

}  // namespace

Result<bool> wantsFirstRun(Station& station) {
    if (!station.config.passphraseFile.empty()) return false;
    const auto people = db::People{*station.journal}.present();
    if (!people) return people.error();
    if (!people->empty()) return false;  // as on every day but the first: the signer need not be asked
    const auto status = station.signer->status();
    if (!status) return status.error();
    return !status->supervised;
}

Result<void> checkFirstSupervisor(const std::string& name, BytesView badge) {
    if (auto fits = db::checkPersonName(name); !fits) return fits;
    const auto digest = badgeOf(badge);
    return digest ? Result<void>{} : digest.error();
}

Result<db::Person> enrolFirstSupervisor(Station& station, BytesView badge, const hsm::Authority& first) {
    if (const auto fit = checkFirstSupervisor(first.supervisor, badge); !fit) return fit.error();
    if (const auto enrolled = station.signer->enrolFirstSupervisor(first); !enrolled) return enrolled.error();
    if (const auto before = findPresent(station, first.supervisor); !before) {
        if (before.error().code != ErrorCode::UnknownPerson) return before.error();
        if (const auto added = addPerson(station, first.supervisor, db::Role::Supervisor, badge, first); !added) return added.error();
    }
    if (const auto in = logInSupervisor(station, first); !in) return in.error();
    const auto person = findPresent(station, first.supervisor);
    if (!person) return person.error();
    if (const auto noted = db::People{*station.journal}.cameIn(*person); !noted) return noted.error();
    return *person;
}

Result<db::Person> changeBadge(Station& station, BytesView badge, const hsm::Authority& authority) {
    if (const auto fits = badgeOf(badge); !fits) return fits.error();
    const auto removed = removePerson(station, authority.supervisor, authority);
    if (!removed && removed.error().code != ErrorCode::UnknownPerson) return removed.error();
    if (const auto added = addPerson(station, authority.supervisor, db::Role::Supervisor, badge, authority); !added) return added.error();
    return findPresent(station, authority.supervisor);
}

Result<std::vector<Mode>> testModes(Station& station) {
    const auto status = station.signer->status();
    if (!status) return status.error();
    std::vector<Mode> modes;
    for (const auto& slot : status->slots) {
        if (slot.slot != status->active) continue;
        if (slot.usable) modes.push_back(Mode::X509);
        if (slot.groupKey && status->sasProblem.empty()) modes.push_back(Mode::Sas);
    }
    return modes;
}

Result<BatchOrder> testOrder(Station& station, Mode mode, const std::string& scopeId) {
    auto name = freeName(*station.journal);
    if (!name) return name.error();
    BatchOrder order;
    order.batch.name = *std::move(name);
    order.batch.mode = mode;
    order.batch.scopeId = scopeId;
    order.batch.pattern = idPart(station.config.name) + "-" + order.batch.name + "-{seq}";
    order.batch.first = 1;
    if (const auto complete = completeOrder(station, order, {1, std::nullopt, std::nullopt}); !complete) return complete.error();
    return order;
}

Result<TestEnd> endTest(Station& station, const std::string& batch, const std::string& who) {
    TestEnd end;
    const auto walked = station.journal->eachUnit(batch, [&](const db::Unit& unit) -> Result<void> {
        if (unit.state == db::UnitState::Recorded) end.unit = unit.id.text();
        return {};
    });
    if (!walked) return walked.error();
    const auto closed = closeBatch(station, batch, who);
    end.closed = closed.ok();
    if (closed || closed.error().code != ErrorCode::Unresolved) return closed ? Result<TestEnd>{end} : closed.error();
    if (const auto paused = station.journal->setBatchState(batch, db::BatchState::Paused, who); !paused) return paused.error();
    return end;
}

}  // namespace keystamp::workflow
