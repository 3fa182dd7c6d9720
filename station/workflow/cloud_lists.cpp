// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/cloud_lists.h"

#include <fmt/format.h>

#include <algorithm>

#include "db/line_errors.h"

namespace keystamp::workflow {
namespace {

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// The scopes that an ID was given, or is to be given, under.
std::set<std::string> scopesOf(const Subjects& subjects, const std::string& id) {
    std::set<std::string> scopes;
    for (const auto* const known : {&subjects.given, &subjects.awaited}) {
        const auto found = known->find(id);
        if (found == known->end()) continue;
        for (const std::uint32_t batch : found->second) scopes.insert(subjects.batches[batch].scopeId);
    }
    return scopes;
}

constexpr const char* kName = "; --batch NAME says which application it is of";

}  // namespace

Result<Subjects> subjectsIn(const db::Journal& journal) {
    Subjects all;
    const auto batches = journal.batches();
    if (!batches) return batches.error();
    std::unordered_map<std::string, std::uint32_t> places;
    for (const db::BatchProgress& progress : *batches) {
        const auto place = static_cast<std::uint32_t>(all.batches.size());
        places.emplace(progress.batch.name, place);
        all.batches.push_back(progress.batch);
        if (!progress.batch.pattern.empty()) continue;
        const auto listed = journal.listedIds(progress.batch.name);
        if (!listed) return listed.error();
        for (const db::ListedId& one : *listed) all.awaited[one.id.text()].insert(place);
    }
    const auto walked = db::CloudStates{journal}.eachSubject([&](const db::CloudSubject& unit) -> Result<void> {
        if (const auto place = places.find(unit.batch); place != places.end()) all.given[unit.id.text()].insert(place->second);
        return {};
    });
    if (!walked) return walked.error();
    return all;
}

Result<std::map<std::string, Subject, std::less<>>> subjectsOf(const db::Journal& journal, const Subjects& all, const std::string& scopeId) {
    std::map<std::string, std::uint32_t> places;
    for (std::uint32_t place = 0; place < all.batches.size(); ++place) {
        if (all.batches[place].scopeId == scopeId) places.emplace(all.batches[place].name, place);
    }
    std::map<std::string, Subject, std::less<>> subjects;
    const auto walked = db::CloudStates{journal}.eachSubject([&](const db::CloudSubject& unit) -> Result<void> {
        const auto place = places.find(unit.batch);
        if (place == places.end()) {
            // a live unit is the newest of its ID
            const auto left = subjects.find(unit.id.text());
            if (left != subjects.end() && unit.state != db::UnitState::Void) left->second.elsewhere = true;
            return {};
        }
        Subject& subject = subjects[unit.id.text()];
        subject.batches.insert(place->second);
        if (unit.state != db::UnitState::Void) {
            subject.live = unit.state;
            subject.liveBatch = place->second;
            return {};
        }
        subject.issuedVoid = subject.issuedVoid || unit.issued;
        if (unit.voidLeaf.empty()) return {};
        subject.voidLeaves.push_back(toHexUpper(sha1(unit.voidLeaf)));
        subject.voidLeaves.push_back(toHexUpper(sha256(BytesView{unit.voidLeaf})));
        return {};
    });
    if (!walked) return walked.error();
    return subjects;
}

Result<std::string> scopeOf(const std::vector<db::CloudList>& lists, const Subjects& subjects) {
    std::optional<std::set<std::string>> scopes;
    db::LineErrors wrongs;
    for (const db::CloudList& list : lists) {
        bool known = list.devices.empty();
        for (const db::CloudDevice& device : list.devices) {
            const auto its = scopesOf(subjects, device.id);
            if (its.empty()) continue;
            known = true;
            std::set<std::string> both;
            if (scopes) std::set_intersection(scopes->begin(), scopes->end(), its.begin(), its.end(), std::inserter(both, both.end()));
            if (scopes && both.empty()) {
                wrongs.add(list.source, device.line, fmt::format("{} was given under scope {}, those before it under {}: lists of two applications{}", device.id, *its.begin(), *scopes->begin(), kName));
                continue;
            }
            if (!scopes) both = its;
            scopes = std::move(both);
        }
        if (!known) {
            wrongs.add(list.source, list.devices.front().line, fmt::format("{}, as all {} devices in it, is none that this station gave: a list of another application{}",
                                                               list.devices.front().id, list.devices.size(), kName));
        }
    }
    if (!wrongs.none()) return wrongs.ofAll();
    if (scopes->size() > 1) return Error{ErrorCode::BadCsv, fmt::format("all devices in it were given under scope {} and under {}{}", *scopes->begin(), *scopes->rbegin(), kName)};
    return *scopes->begin();
}

Result<void> spelledAsGiven(const std::vector<db::CloudList>& lists, const Subjects& subjects) {
    db::LineErrors wrongs;
    for (const db::CloudList& list : lists) {
        for (const db::CloudDevice& device : list.devices) {
            const std::string small = lowered(device.id);
            if (small == device.id || (!subjects.given.contains(small) && !subjects.awaited.contains(small))) continue;
            wrongs.add(list.source, device.line, fmt::format("{} is {} in another case: to an IoT hub that is another device. Delete it in the cloud and import {}", device.id, small, small));
        }
    }
    return wrongs.none() ? Result<void>{} : wrongs.ofAll();
}

std::map<std::string, CloudSays, std::less<>> together(const std::vector<db::CloudList>& lists) {
    std::map<std::string, CloudSays, std::less<>> all;
    for (const db::CloudList& list : lists) {
        for (const db::CloudDevice& device : list.devices) {
            const auto [place, first] = all.try_emplace(device.id);
            CloudSays& says = place->second;
            if (first || device.said > says.said) {
                says.said = device.said;
                says.source = list.kind;
            }
            says.thumbprints.insert(device.thumbprints.begin(), device.thumbprints.end());
            if (!device.words.empty()) says.words = device.words;
        }
    }
    return all;
}

}  // namespace keystamp::workflow
