// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/people.h"

#include <fmt/format.h>

#include <algorithm>

namespace keystamp::workflow {
namespace {

Result<void> checkAbsent(Station& station, const std::string& name, const Digest& badge) {
    const auto people = db::People{*station.journal}.present();
    if (!people) return people.error();
    for (const db::Person& person : *people) {
        if (person.name == name) return Error{ErrorCode::PersonExists, name};
        if (person.badge == badge) return Error{ErrorCode::PersonExists, "the badge is " + person.name + "'s"};
    }
    return {};
}

}  // namespace

Result<Digest> badgeOf(BytesView code) {
    const bool plain = std::all_of(code.begin(), code.end(), [](std::uint8_t c) { return c >= 0x20 && c < 0x7f; });
    if (!plain || code.size() < kShortestBadge || code.size() > kLongestBadge || code.front() == ' ' || code.back() == ' ') {
        return Error{ErrorCode::BadUsage, fmt::format("a badge's code has {} to {} letters, digits and signs of ASCII, no blank at either end; scan "
                                                      "the badge where its code is asked for", kShortestBadge, kLongestBadge)};
    }
    return db::badgeDigest(code);
}

Result<void> addPerson(Station& station, const std::string& name, db::Role role, BytesView code, const hsm::Authority& authority) {
    if (auto fits = db::checkPersonName(name); !fits) return fits;
    const auto badge = badgeOf(code);
    if (!badge) return badge.error();
    // before the ledger keeps an act that comes to nothing
    if (auto absent = checkAbsent(station, name, *badge); !absent) return absent;
    const std::string about = fmt::format("{}, {}", name, db::name(role)).substr(0, 1024);
    if (auto allowed = station.signer->supervisorActs("person-add", about, authority); !allowed) return allowed;
    return db::People{*station.journal}.add(name, role, *badge, authority.supervisor);
}

Result<void> removePerson(Station& station, const std::string& name, const hsm::Authority& authority) {
    if (auto there = checkPresent(station, name); !there) return there;
    if (auto allowed = station.signer->supervisorActs("person-remove", name, authority); !allowed) return allowed;
    return db::People{*station.journal}.remove(name, authority.supervisor);
}

Result<db::Person> findPresent(Station& station, const std::string& name) {
    const auto people = db::People{*station.journal}.present();
    if (!people) return people.error();
    const auto there = std::find_if(people->begin(), people->end(), [&](const db::Person& person) { return person.name == name; });
    if (there == people->end()) return Error{ErrorCode::UnknownPerson, name};
    return *there;
}

Result<void> checkPresent(Station& station, const std::string& name) {
    const auto there = findPresent(station, name);
    return there ? Result<void>{} : there.error();
}

Result<void> logInSupervisor(Station& station, const hsm::Authority& authority) {
    return station.signer->supervisorActs("person-login", station.config.name, authority);
}

}  // namespace keystamp::workflow
