// SPDX-License-Identifier: Apache-2.0
// The cloud's word held against real units: what becomes of each, what needs a person, and what is refused whole.
#include "station/workflow/cloud_state.h"

#include "tests/station/audited.h"
#include "tests/station/workbench.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using db::CloudFile;
using db::CloudSaid;
using db::CloudState;
using What = workflow::CloudFinding::What;

db::CloudList listOf(CloudFile kind, const std::vector<std::pair<std::string, CloudSaid>>& devices) {
    db::CloudList list{"cloud.list", kind};
    for (const auto& [id, said] : devices) list.devices.push_back({.id = id, .said = said, .line = list.devices.size() + 2});
    return list;
}

class CloudStateTest : public testing::Test {
protected:
    /// Recorded units NAME-0001 and so on.
    void recorded(const std::string& name, int count, Mode mode = Mode::X509) {
        const auto batch = station.patternBatch(name, mode, 20);
        for (int n = 1; n <= count; ++n) {
            ASSERT_EQ(station.scan(batch, "SN-" + name + std::to_string(n), TestStation::silicon()).verdict, db::Verdict::Pass);
        }
    }
    void voided(const std::string& id, db::VoidedFor what = db::VoidedFor::Scrap) {
        const auto unit = must(journal().liveUnit(TestJournal::id(id)));
        must(journal().voidUnit(unit->number, "cracked", "erika", what));
    }
    db::Journal& journal() { return station.journal(); }

    Result<workflow::CloudReconciliation> reconcile(const std::vector<db::CloudList>& lists, const std::optional<std::string>& batch = {}, bool whole = false) {
        return workflow::reconcileCloud(station.station(), {lists, batch, whole}, "erika");
    }
    std::optional<CloudState> stateOf(const std::string& id) {
        const auto word = must(db::CloudStates{journal()}.of(TestJournal::id(id)));
        return word ? std::optional{word->state} : std::nullopt;
    }
    static std::vector<std::pair<What, std::string>> found(const workflow::CloudReconciliation& done) {
        std::vector<std::pair<What, std::string>> all;
        for (const auto& one : done.findings) all.emplace_back(one.what, one.id);
        return all;
    }
    using Found = std::vector<std::pair<What, std::string>>;

    TestStation station;
};

TEST_F(CloudStateTest, EachUnitIsWhatTheListSaysAndNobodyIsNeeded) {
    recorded("b", 3);
    const auto done = must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Registered}, {"b-0002", CloudSaid::Provisioned}, {"b-0003", CloudSaid::Blocked}})}));
    EXPECT_FALSE(done.needsSomebody());
    EXPECT_EQ(done.table.at(CloudState::Registered).recorded, 1u);
    EXPECT_EQ(done.table.at(CloudState::Provisioned).recorded, 1u);
    EXPECT_EQ(done.table.at(CloudState::Blocked).recorded, 1u);
    EXPECT_EQ(stateOf("b-0003"), CloudState::Blocked);
    EXPECT_EQ(done.changes.size(), 1u);
    const auto rows = audited(journal(), "cloud-reconcile");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0]["blocked"], 1);
    EXPECT_EQ(rows[0]["files"][0]["kind"], "iotc-devices");
    must(journal().check());
}

TEST_F(CloudStateTest, ARecordedUnitThatAWholeListLacksIsMissingAndComesBack) {
    recorded("b", 2);
    const auto one = listOf(CloudFile::Export, {{"b-0001", CloudSaid::There}});
    EXPECT_EQ(found(must(reconcile({one}))), (Found{{What::Missing, "b-0002"}}));
    EXPECT_EQ(stateOf("b-0002"), CloudState::Missing);
    const auto both = must(reconcile({listOf(CloudFile::Export, {{"b-0001", CloudSaid::There}, {"b-0002", CloudSaid::There}})}));
    EXPECT_FALSE(both.needsSomebody());
    ASSERT_EQ(both.changes.size(), 1u);
    EXPECT_EQ(both.changes[0].from, CloudState::Missing);
    EXPECT_EQ(stateOf("b-0002"), CloudState::Registered);
}

TEST_F(CloudStateTest, RegistrationStatesAndALogOfAnImportAreNoWholeList) {
    recorded("b", 3);
    EXPECT_FALSE(must(reconcile({listOf(CloudFile::Registrations, {{"b-0001", CloudSaid::Provisioned}})})).needsSomebody());
    EXPECT_FALSE(stateOf("b-0002"));
    auto log = listOf(CloudFile::ImportLog, {{"b-0002", CloudSaid::NotImported}});
    log.devices[0].words = "its name is too long";
    const auto done = must(reconcile({log}));
    ASSERT_EQ(found(done), (Found{{What::Missing, "b-0002"}}));
    EXPECT_EQ(done.findings[0].words, "its name is too long");
    EXPECT_FALSE(stateOf("b-0003"));
    // what another list knows of it counts more
    EXPECT_FALSE(must(reconcile({log, listOf(CloudFile::Registrations, {{"b-0002", CloudSaid::Registered}})})).needsSomebody());
}

TEST_F(CloudStateTest, AFilteredViewMakesNothingMissingUntilSomebodySaysThatItIsWhole) {
    recorded("b", 4);
    voided("b-0004");
    for (const CloudFile kind : {CloudFile::Export, CloudFile::Devices}) {
        const auto view = reconcile({listOf(kind, {{"b-0001", CloudSaid::There}})});
        ASSERT_FALSE(view);
        EXPECT_EQ(view.error().code, ErrorCode::BadUsage);
        EXPECT_TRUE(view.error().detail.starts_with("3 of the units here would become missing by lists that name 1 device")) << view.error().detail;
        EXPECT_NE(view.error().detail.find("--whole"), std::string::npos);
    }
    EXPECT_FALSE(stateOf("b-0001")) << "nothing of it is kept";
    EXPECT_TRUE(audited(journal(), "cloud-reconcile").empty());

    const auto one = listOf(CloudFile::Export, {{"b-0001", CloudSaid::There}});
    EXPECT_EQ(found(must(reconcile({one}, {}, true))), (Found{{What::Missing, "b-0002"}, {What::Missing, "b-0003"}, {What::NotBlocked, "b-0004"}}));
    EXPECT_EQ(audited(journal(), "cloud-reconcile")[0]["whole"], true);
    // what is known to be missing is no news
    EXPECT_EQ(must(reconcile({one})).count(What::Missing), 2u);
    EXPECT_FALSE(audited(journal(), "cloud-reconcile")[1].contains("whole"));
}

TEST_F(CloudStateTest, WhatRegistrationsNameDoesNotMakeAViewOfDevicesWhole) {
    recorded("b", 4);
    const auto met = listOf(CloudFile::Registrations, {{"b-0001", CloudSaid::Provisioned}, {"b-0002", CloudSaid::Provisioned}});
    EXPECT_EQ(codeOf(reconcile({met, listOf(CloudFile::Export, {{"b-0001", CloudSaid::There}})})), "bad-usage");
    EXPECT_EQ(must(reconcile({met, listOf(CloudFile::Export, {{"b-0001", CloudSaid::There}, {"b-0003", CloudSaid::There}})})).count(What::Missing), 1u);
}

TEST_F(CloudStateTest, AnEntryByItselfSaysNothingOfOthersWhoeverSaysThatItIsWhole) {
    recorded("b", 3);
    voided("b-0003");
    for (const CloudFile kind : {CloudFile::Devices, CloudFile::Enrolments, CloudFile::Registrations}) {
        auto single = listOf(kind, {{"b-0001", CloudSaid::Provisioned}});
        single.single = true;
        EXPECT_FALSE(must(reconcile({single}, {}, true)).needsSomebody());
    }
    EXPECT_EQ(stateOf("b-0001"), CloudState::Provisioned);
    EXPECT_FALSE(stateOf("b-0002"));
    // nor is it the last page of a list
    auto first = listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Registered}, {"b-0002", CloudSaid::Registered}});
    first.more = true;
    auto single = listOf(CloudFile::Devices, {{"b-0003", CloudSaid::Registered}});
    single.single = true;
    EXPECT_EQ(codeOf(reconcile({first, single})), "bad-csv");
}

TEST_F(CloudStateTest, AnExportWithoutStatesTakesBackNoneThatIsKnown) {
    recorded("b", 2);
    must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Blocked}, {"b-0002", CloudSaid::Provisioned}})}));
    const auto done = must(reconcile({listOf(CloudFile::Export, {{"b-0001", CloudSaid::There}, {"b-0002", CloudSaid::There}})}));
    EXPECT_TRUE(done.changes.empty());
    EXPECT_EQ(stateOf("b-0001"), CloudState::Blocked);
    EXPECT_EQ(stateOf("b-0002"), CloudState::Provisioned);
    // one with states does
    EXPECT_EQ(must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Provisioned}, {"b-0002", CloudSaid::Provisioned}})})).changes.size(), 1u);
}

TEST_F(CloudStateTest, WhatIsVoidMustBeBlockedWhetherTheCloudKnowsItYetOrNot) {
    recorded("b", 3);
    for (const char* id : {"b-0001", "b-0002", "b-0003"}) voided(id);
    const auto done = must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Provisioned}, {"b-0002", CloudSaid::Blocked}})}));
    EXPECT_EQ(found(done), (Found{{What::NotBlocked, "b-0001"}, {What::NotBlocked, "b-0003"}}));
    EXPECT_EQ(must(db::CloudStates{journal()}.counts("b")).toBlock, 2u);
    const auto after = must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Blocked}, {"b-0002", CloudSaid::Blocked}, {"b-0003", CloudSaid::Blocked}})}));
    EXPECT_FALSE(after.needsSomebody());
    // and unblocked by somebody
    EXPECT_EQ(found(must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Blocked}, {"b-0002", CloudSaid::Registered}, {"b-0003", CloudSaid::Blocked}})}))),
              (Found{{What::NotBlocked, "b-0002"}}));
}

TEST_F(CloudStateTest, WhatAnEnrolmentBlocksIoTCentralsListNeedNotHave) {
    recorded("b", 2);
    voided("b-0001");
    const auto central = listOf(CloudFile::Devices, {{"b-0002", CloudSaid::Provisioned}});
    const auto disabled = listOf(CloudFile::Enrolments, {{"b-0001", CloudSaid::Blocked}});
    ASSERT_EQ(found(must(reconcile({central}))), (Found{{What::NotBlocked, "b-0001"}}));
    EXPECT_FALSE(must(reconcile({disabled})).needsSomebody());
    // it was never there, and DPS is not asked
    EXPECT_TRUE(must(reconcile({central})).changes.empty());
    EXPECT_EQ(stateOf("b-0001"), CloudState::Blocked);
    // DPS is asked, and has it no more
    EXPECT_EQ(found(must(reconcile({central, listOf(CloudFile::Enrolments, {{"b-0002", CloudSaid::Registered}})}))), (Found{{What::NotBlocked, "b-0001"}}));
    // what IoT Central blocked and has deleted since is not blocked
    must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Blocked}, {"b-0002", CloudSaid::Provisioned}})}));
    EXPECT_EQ(found(must(reconcile({central}))), (Found{{What::NotBlocked, "b-0001"}}));
}

TEST_F(CloudStateTest, AnExportThatTellsNoStatesSaysSoOfWhatMustBeBlocked) {
    recorded("b", 2);
    voided("b-0001");
    const auto one = listOf(CloudFile::Export, {{"b-0001", CloudSaid::There}, {"b-0002", CloudSaid::There}});
    const auto done = must(reconcile({one}));
    ASSERT_EQ(found(done), (Found{{What::NotBlocked, "b-0001"}}));
    EXPECT_EQ(done.findings[0].words, "it is there; this export does not tell whether it is blocked");
    must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Blocked}, {"b-0002", CloudSaid::Registered}})}));
    EXPECT_FALSE(must(reconcile({one})).needsSomebody()) << "it is known to be blocked";
}

TEST_F(CloudStateTest, AReworkedDeviceIsGoodAndItsOldThumbprintIsNot) {
    recorded("b", 1);
    const auto old = must(journal().liveUnit(TestJournal::id("b-0001")));
    voided("b-0001", db::VoidedFor::Rework);
    const auto board = TestStation::silicon();
    board->uid = old->uid;
    ASSERT_EQ(station.scan(must(journal().batch("b")).batch, "SN-b1", board).verdict, db::Verdict::Pass);
    auto list = listOf(CloudFile::Export, {{"b-0001", CloudSaid::Provisioned}});
    EXPECT_FALSE(must(reconcile({list})).needsSomebody());
    list.devices[0].thumbprints = {toHexUpper(sha1(old->certificate))};
    EXPECT_EQ(found(must(reconcile({list}))), (Found{{What::LeafNotBlocked, "b-0001"}}));
    list.devices[0].thumbprints = {toHexUpper(sha1(must(journal().liveUnit(TestJournal::id("b-0001")))->certificate))};
    EXPECT_FALSE(must(reconcile({list})).needsSomebody());
}

TEST_F(CloudStateTest, AnIdThatWasNeverGivenIsToldAndOneThatABatchAwaitsIsNot) {
    recorded("b", 1);
    station.listBatch("soon", Mode::X509, {{TestJournal::id("later-1"), "", {}}});
    const auto done = must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Provisioned}, {"later-1", CloudSaid::Registered}, {"Stranger_1", CloudSaid::Provisioned}})}));
    EXPECT_EQ(found(done), (Found{{What::Unknown, "Stranger_1"}}));
    EXPECT_EQ(done.awaited, 1u);
    EXPECT_EQ(audited(journal(), "cloud-reconcile")[0]["unknown"]["ids"][0], "Stranger_1");
}

TEST_F(CloudStateTest, AnIdThatAnotherApplicationAwaitsIsUnknownInThisOne) {
    recorded("b", 1);
    station.listBatch("elsewhere", Mode::X509, {{TestJournal::id("later-1"), "", {}}}, "0ne00TEST02");
    const auto done = must(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Provisioned}, {"later-1", CloudSaid::Registered}})}, "b"));
    ASSERT_EQ(found(done), (Found{{What::Unknown, "later-1"}}));
    EXPECT_EQ(done.findings[0].words, "a batch of another scope ID awaits it");
    EXPECT_EQ(done.awaited, 0u);
}

TEST_F(CloudStateTest, EnrolmentsSayWhatIsMissingOnlyOfBatchesThatHaveThem) {
    recorded("group", 2);
    recorded("own", 2, Mode::Sas);
    // a disabled one blocks a device of a group
    const auto done = must(reconcile({listOf(CloudFile::Enrolments, {{"group-0001", CloudSaid::Blocked}, {"own-0001", CloudSaid::Registered}})}));
    EXPECT_EQ(found(done), (Found{{What::Missing, "own-0002"}}));
    EXPECT_EQ(stateOf("group-0001"), CloudState::Blocked);
    EXPECT_FALSE(stateOf("group-0002"));
}

TEST_F(CloudStateTest, OneEnrolmentOfABatchExcusesNoneThatIsVoid) {
    recorded("b", 3);
    voided("b-0002");
    const auto done = must(reconcile({listOf(CloudFile::Enrolments, {{"b-0001", CloudSaid::Registered}, {"b-0003", CloudSaid::Registered}})}));
    EXPECT_EQ(found(done), (Found{{What::NotBlocked, "b-0002"}})) << "its group lets it in";
    EXPECT_EQ(must(db::CloudStates{journal()}.counts("b")).toBlock, 1u) << "the page of its batch says the same";
}

TEST_F(CloudStateTest, TheApplicationThatADeviceHasLeftSaysNothingOfTheOneItIsIn) {
    recorded("trial", 2);
    const auto old = must(journal().liveUnit(TestJournal::id("trial-0001")));
    voided("trial-0001", db::VoidedFor::Rework);
    const auto board = TestStation::silicon();
    board->uid = old->uid;
    const auto real = station.listBatch("real", Mode::X509, {{TestJournal::id("trial-0001"), "", {}}}, "0ne00TEST02");
    ASSERT_EQ(station.scan(real, "trial-0001", board).verdict, db::Verdict::Pass);
    must(reconcile({listOf(CloudFile::Devices, {{"trial-0001", CloudSaid::Blocked}, {"trial-0002", CloudSaid::Provisioned}})}, "trial"));
    EXPECT_FALSE(stateOf("trial-0001")) << "it is blocked where nobody has it any more";
    must(reconcile({listOf(CloudFile::Devices, {{"trial-0001", CloudSaid::Provisioned}})}, "real"));
    EXPECT_EQ(found(must(reconcile({listOf(CloudFile::Devices, {{"trial-0002", CloudSaid::Provisioned}})}, "trial"))), (Found{{What::NotBlocked, "trial-0001"}}))
        << "the group that it has left would let it in";
    EXPECT_EQ(stateOf("trial-0001"), CloudState::Provisioned);
    EXPECT_EQ(must(db::CloudStates{journal()}.counts("real")).recorded, (std::map<CloudState, std::uint64_t>{{CloudState::Provisioned, 1}}));
}

TEST_F(CloudStateTest, AListOfAnotherApplicationOrOfTwoIsRefusedByLineAndNothingIsKept) {
    recorded("b", 2);
    auto foreign = reconcile({listOf(CloudFile::Devices, {{"x-1", CloudSaid::Registered}, {"x-2", CloudSaid::Registered}})});
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, ErrorCode::BadCsv);
    EXPECT_NE(foreign.error().detail.find("cloud.list: line 2: x-1, as all 2 devices in it, is none that this station gave"), std::string::npos) << foreign.error().detail;
    // one file of two is enough
    EXPECT_FALSE(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Registered}}), listOf(CloudFile::Registrations, {{"x-2", CloudSaid::Registered}})}));
    EXPECT_TRUE(audited(journal(), "cloud-reconcile").empty());
    // whoever says which batch it is may have an application without one of its devices
    EXPECT_EQ(found(must(reconcile({listOf(CloudFile::Devices, {{"x-1", CloudSaid::Registered}})}, "b", true))),
              (Found{{What::Missing, "b-0001"}, {What::Missing, "b-0002"}, {What::Unknown, "x-1"}}));
    EXPECT_EQ(codeOf(reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Registered}})}, "none")), "unknown-batch");
}

TEST_F(CloudStateTest, AnIdInAnotherCaseIsAnErrorByLine) {
    recorded("b", 2);
    const auto done = reconcile({listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Registered}, {"B-0002", CloudSaid::Registered}})});
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().detail.find("cloud.list: line 3: B-0002 is b-0002 in another case"), std::string::npos) << done.error().detail;
    EXPECT_FALSE(stateOf("b-0001"));
    EXPECT_TRUE(audited(journal(), "cloud-reconcile").empty());
}

TEST_F(CloudStateTest, OneBatchCanBeJudgedAlone) {
    recorded("b", 1);
    recorded("c", 1);
    const auto done = must(reconcile({listOf(CloudFile::Devices, {{"c-0001", CloudSaid::Registered}})}, "b"));
    EXPECT_EQ(found(done), (Found{{What::Missing, "b-0001"}}));
    EXPECT_EQ(done.others, 1u);
    EXPECT_FALSE(stateOf("c-0001"));
}

TEST_F(CloudStateTest, PagesThatLackTheirLastOneAreRefused) {
    recorded("b", 2);
    auto first = listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Registered}});
    first.more = true;
    EXPECT_EQ(codeOf(reconcile({first})), "bad-csv");
    EXPECT_FALSE(must(reconcile({first, listOf(CloudFile::Devices, {{"b-0002", CloudSaid::Registered}})})).needsSomebody());
}

TEST_F(CloudStateTest, AnEmptyPageEndsAListAndIsNone) {
    recorded("b", 2);
    auto first = listOf(CloudFile::Devices, {{"b-0001", CloudSaid::Registered}, {"b-0002", CloudSaid::Registered}});
    first.more = true;
    const auto last = listOf(CloudFile::Devices, {});
    EXPECT_FALSE(must(reconcile({first, last})).needsSomebody());
    for (const auto& batch : {std::optional<std::string>{}, std::optional<std::string>{"b"}}) {
        EXPECT_EQ(codeOf(reconcile({last}, batch)), "bad-csv");
        EXPECT_EQ(codeOf(reconcile({last, listOf(CloudFile::Registrations, {{"b-0001", CloudSaid::Provisioned}})}, batch)), "bad-csv");
    }
    EXPECT_EQ(stateOf("b-0001"), CloudState::Registered);
}

}  // namespace
}  // namespace keystamp::test
