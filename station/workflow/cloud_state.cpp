// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/cloud_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "station/workflow/cloud_lists.h"

namespace keystamp::workflow {
namespace {

using db::CloudFile;
using db::CloudSaid;
using db::CloudState;
using Json = nlohmann::ordered_json;
using What = CloudFinding::What;

constexpr std::size_t kNamed = 20;  // of each kind, in the audit log: the rest is counted

CloudState stateOf(CloudSaid said) {
    return said == CloudSaid::Blocked ? CloudState::Blocked : said == CloudSaid::Provisioned ? CloudState::Provisioned : CloudState::Registered;
}

class Judge {
public:
    Judge(const Subjects& all, const CloudQuestion& question, const std::string& scopeId, const std::map<std::string, db::CloudWord, std::less<>>& before)
        : m_all(all), m_says(together(question.lists)), m_before(before) {
        m_result.scopeId = scopeId;
        for (std::uint32_t place = 0; place < all.batches.size(); ++place) {
            if (question.batch && all.batches[place].name == *question.batch) m_only = place;
        }
        std::set<std::string_view> named;
        for (const db::CloudList& list : question.lists) {
            if (list.single || list.kind == CloudFile::ImportLog || list.kind == CloudFile::Registrations) continue;
            if (list.kind == CloudFile::Enrolments) m_enrolments = true;
            else m_whole = list.kind;
            for (const db::CloudDevice& device : list.devices) named.insert(device.id);
        }
        m_named = named.size();
    }

    void judge(const std::map<std::string, Subject, std::less<>>& subjects) {
        findEnrolled(subjects);
        for (const auto& [id, subject] : subjects) {
            if (m_only && !subject.batches.contains(*m_only)) continue;
            one(id, subject);
        }
        for (const auto& [id, says] : m_says) {
            if (subjects.contains(id)) {
                if (m_only && !subjects.find(id)->second.batches.contains(*m_only)) ++m_result.others;
            } else if (isAwaited(id)) {
                ++m_result.awaited;
            } else if (says.said > CloudSaid::NotImported) {
                found(What::Unknown, id, m_all.given.contains(id)     ? "the station gave it, under another scope ID"
                                         : m_all.awaited.contains(id) ? "a batch of another scope ID awaits it"
                                                                      : "");
            }
        }
    }

    /// Whoever exported what they had on their screen meant nothing of the rest.
    Result<void> looksWhole() const {
        if (m_lost <= m_named) return {};
        return Error{ErrorCode::BadUsage, fmt::format("{} of the units here would become missing by lists that name {} device{}; nothing was recorded. Is it a filtered view? Give a list "
                                                      "of all devices, or --whole where it is one", m_lost, m_named, m_named == 1 ? "" : "s")};
    }

    CloudReconciliation take() { return std::move(m_result); }
    const std::vector<db::CloudStates::Said>& said() const { return m_said; }

private:
    /// Batches whose devices have enrolments of their own: the others of them must have one, too. A disabled one alone blocks a device of a group.
    void findEnrolled(const std::map<std::string, Subject, std::less<>>& subjects) {
        for (const auto& [id, one] : m_says) {
            if (one.source != CloudFile::Enrolments || one.said == CloudSaid::Blocked) continue;
            if (const auto subject = subjects.find(id); subject != subjects.end()) m_enrolled.insert(subject->second.batches.begin(), subject->second.batches.end());
        }
    }

    bool isEnrolled(const Subject& subject) const {
        return std::any_of(subject.batches.begin(), subject.batches.end(), [&](std::uint32_t batch) { return m_enrolled.contains(batch); });
    }

    /// By a batch's list, of this application.
    bool isAwaited(const std::string& id) const {
        const auto found = m_all.awaited.find(id);
        return found != m_all.awaited.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&](std::uint32_t batch) { return m_all.batches[batch].scopeId == m_result.scopeId; });
    }

    /// Absence from these lists says something.
    bool wouldBeTold(const Subject& subject) const { return m_whole.has_value() || (m_enrolments && (isEnrolled(subject) || !subject.live)); }

    void found(What what, const std::string& id, std::string words = {}) { m_result.findings.push_back({what, id, std::move(words)}); }

    void one(const std::string& id, const Subject& subject) {
        const auto says = m_says.find(id);
        const auto kept = m_before.find(id);
        const db::CloudWord* const before = kept == m_before.end() || subject.elsewhere ? nullptr : &kept->second;
        std::optional<CloudState> state;
        if (before != nullptr) state = before->state;
        const CloudSays* const told = says == m_says.end() ? nullptr : &says->second;
        const bool there = told != nullptr && told->said > CloudSaid::NotImported;
        const bool notImported = told != nullptr && !there;
        if (there && (told->said != CloudSaid::There || !state || state == CloudState::Missing)) {
            state = keep(id, subject, stateOf(told->said), told->source);  // an export without states takes back none that is known
        } else if (!there && (notImported || wouldBeTold(subject)) && mustBeThere(subject) && !staysBlocked(subject, before)) {
            if (!notImported && !subject.elsewhere && state != CloudState::Missing) ++m_lost;
            state = keep(id, subject, CloudState::Missing, notImported ? told->source : m_whole.value_or(CloudFile::Enrolments));
        }
        count(subject, state);
        if (!state) return;
        if (subject.live == db::UnitState::Recorded && state == CloudState::Missing) found(What::Missing, id, told == nullptr ? "" : told->words);
        if (subject.live) {
            if (there && state != CloudState::Blocked) leaves(id, subject, *told);
        } else if (subject.issuedVoid && state != CloudState::Blocked && !isGone(subject, *state)) {
            const bool untold = there && told->said == CloudSaid::There;
            found(What::NotBlocked, id, state == CloudState::Missing ? "it is not there, and a group would let it in"
                                        : untold                     ? "it is there; this export does not tell whether it is blocked"
                                                                     : std::string{name(*state)});
        }
    }

    /// Or blocked there.
    static bool mustBeThere(const Subject& subject) { return subject.live ? subject.live == db::UnitState::Recorded : subject.issuedVoid; }

    /// By an enrolment, of which these lists tell nothing: IoT Central need not know who is kept out by DPS.
    bool staysBlocked(const Subject& subject, const db::CloudWord* before) const {
        if (before == nullptr || subject.live || m_enrolments) return false;
        const bool byDps = before->source == name(CloudFile::Enrolments) || before->source == name(CloudFile::Registrations);
        return byDps && before->state == CloudState::Blocked;
    }

    /// The cloud has forgotten the only key that it would let in. Of a batch that has enrolments of its own it has not: there may be a group beside them.
    bool isGone(const Subject& subject, CloudState state) const {
        const bool imported = std::all_of(subject.batches.begin(), subject.batches.end(), [&](std::uint32_t batch) { return m_all.batches[batch].mode == Mode::Imported; });
        return state == CloudState::Missing && imported;
    }

    void leaves(const std::string& id, const Subject& subject, const CloudSays& told) {
        for (const std::string& thumbprint : subject.voidLeaves) {
            if (told.thumbprints.contains(thumbprint)) return found(What::LeafNotBlocked, id, thumbprint);
        }
    }

    /// A device has one word: that of the application that it is in now.
    CloudState keep(const std::string& id, const Subject& subject, CloudState state, CloudFile source) {
        if (auto parsed = DeviceId::parse(id); parsed && !subject.elsewhere) m_said.push_back({*std::move(parsed), state, std::string{name(source)}});
        return state;
    }

    void count(const Subject& subject, const std::optional<CloudState>& state) {
        CloudReconciliation::Row& row = state ? m_result.table[*state] : m_result.untold;
        ++(!subject.live ? row.voided : subject.live == db::UnitState::Recorded ? row.recorded : row.atWork);
    }

    const Subjects& m_all;
    const std::map<std::string, CloudSays, std::less<>> m_says;
    const std::map<std::string, db::CloudWord, std::less<>>& m_before;
    std::optional<std::uint32_t> m_only;
    std::optional<CloudFile> m_whole;  ///< a list of all devices
    bool m_enrolments = false;
    std::set<std::uint32_t> m_enrolled;
    std::size_t m_named = 0;           ///< by the lists whose silence says something
    std::size_t m_lost = 0;            ///< become missing by that
    std::vector<db::CloudStates::Said> m_said;
    CloudReconciliation m_result;
};

/// Every page but the last has another behind it.
Result<void> noPageIsLacking(const std::vector<db::CloudList>& lists) {
    const auto pages = [&](bool more) {
        return std::find_if(lists.begin(), lists.end(), [&](const db::CloudList& list) { return list.kind == CloudFile::Devices && !list.single && list.more == more; });
    };
    const auto empty = std::find_if(lists.begin(), lists.end(), [](const db::CloudList& list) { return list.devices.empty(); });
    if (empty != lists.end() && pages(true) == lists.end()) return Error{ErrorCode::BadCsv, empty->source + ": there are no devices in it; give the pages before it, too"};
    if (pages(true) == lists.end() || pages(false) != lists.end()) return {};
    return Error{ErrorCode::BadCsv, pages(true)->source + ": it has a nextLink: the pages that follow it are lacking; give all of them at once"};
}

Json rowOf(const CloudQuestion& question, const CloudReconciliation& done) {
    Json files = Json::array();
    for (const db::CloudList& list : question.lists) {
        files.push_back({{"file", list.source}, {"kind", name(list.kind)}, {"devices", list.devices.size()}, {"sha256", toHex(list.digest)}});
    }
    Json row{{"scope", done.scopeId}, {"files", files}};
    if (question.batch) row["batch"] = *question.batch;
    if (question.whole) row["whole"] = true;
    for (const auto& [state, counts] : done.table) row[std::string{name(state)}] = counts.recorded + counts.voided + counts.atWork;
    for (const What what : {What::NotBlocked, What::LeafNotBlocked, What::Unknown}) {
        if (done.count(what) == 0) continue;
        Json ids = Json::array();
        for (const CloudFinding& finding : done.findings) {
            if (finding.what == what && ids.size() < kNamed) ids.push_back(finding.id);
        }
        row[std::string{name(what)}] = Json{{"count", done.count(what)}, {"ids", ids}};
    }
    return row;
}

}  // namespace

std::string_view name(What what) {
    switch (what) {
        case What::NotBlocked: return "not-blocked";
        case What::LeafNotBlocked: return "leaf-not-blocked";
        case What::Missing: return "missing";
        case What::Unknown: return "unknown";
    }
    return "";
}

std::string_view nextStep(What what) {
    switch (what) {
        case What::NotBlocked: return "Block it in IoT Central, or disable it by an individual enrolment in DPS: whoever has its credential is let in.";
        case What::LeafNotBlocked: return "Take that thumbprint out in the cloud; the device has a newer certificate.";
        case What::Missing: return "Import it: `keystamp manifest export` writes iotc-import.csv.";
        case What::Unknown: return "Ask who made it; block it where nobody knows.";
    }
    return "";
}

std::uint64_t CloudReconciliation::count(What what) const {
    return static_cast<std::uint64_t>(std::count_if(findings.begin(), findings.end(), [&](const CloudFinding& one) { return one.what == what; }));
}

Result<CloudReconciliation> reconcileCloud(Station& station, const CloudQuestion& question, const std::string& who) {
    const std::vector<db::CloudList>& lists = question.lists;
    if (lists.empty()) return Error{ErrorCode::BadUsage, "no list to reconcile with"};
    if (auto whole = noPageIsLacking(lists); !whole) return whole.error();
    const auto all = subjectsIn(*station.journal);
    if (!all) return all.error();
    if (auto spelled = spelledAsGiven(lists, *all); !spelled) return spelled.error();
    std::string scopeId;
    if (question.batch) {
        const auto progress = station.journal->batch(*question.batch);
        if (!progress) return progress.error();
        scopeId = progress->batch.scopeId;
    } else {
        auto its = scopeOf(lists, *all);
        if (!its) return its.error();
        scopeId = *std::move(its);
    }
    const auto subjects = subjectsOf(*station.journal, *all, scopeId);
    if (!subjects) return subjects.error();
    const auto before = db::CloudStates{*station.journal}.all();
    if (!before) return before.error();
    Judge judge{*all, question, scopeId, *before};
    judge.judge(*subjects);
    if (const auto whole = judge.looksWhole(); !whole && !question.whole) return whole.error();
    CloudReconciliation done = judge.take();
    auto changes = db::CloudStates::keep(*station.journal, judge.said(), rowOf(question, done).dump(-1, ' ', false, Json::error_handler_t::replace), who);
    if (!changes) return changes.error();
    done.changes = *std::move(changes);
    return done;
}

}  // namespace keystamp::workflow
