// SPDX-License-Identifier: Apache-2.0
// What the cloud last said of each device, and what of it is in the audit log.
#include "db/cloud_states.h"

#include <nlohmann/json.hpp>

#include "core/file.h"
#include "db/exporter.h"
#include "db/samples.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using db::CloudState;
using db::UnitState;
using Said = db::CloudStates::Said;

class CloudStatesTest : public testing::Test {
protected:
    std::vector<db::CloudChange> keep(const std::vector<Said>& said) {
        return must(db::CloudStates::keep(*journal, said, R"({"scope":"0ne00TEST01"})", "erika"));
    }
    Said said(const std::string& id, CloudState state) { return {TestJournal::id(id), state, "iotc-devices"}; }
    db::CloudStates states() { return db::CloudStates{*journal}; }

    TestJournal journal;
};

TEST_F(CloudStatesTest, TheLastWordOfEachDeviceStays) {
    keep({said("pump-1", CloudState::Registered), said("pump-2", CloudState::Provisioned)});
    keep({said("pump-1", CloudState::Blocked)});
    EXPECT_EQ(must(states().of(TestJournal::id("pump-1")))->state, CloudState::Blocked);
    EXPECT_EQ(must(states().of(TestJournal::id("pump-2")))->state, CloudState::Provisioned);
    EXPECT_EQ(must(states().of(TestJournal::id("pump-2")))->source, "iotc-devices");
    EXPECT_FALSE(must(states().of(TestJournal::id("pump-3"))));
    journal.reopen();
    EXPECT_EQ(must(states().all()).size(), 2u);
    must(journal->check());
}

TEST_F(CloudStatesTest, OnlyWhatBecameBlockedOrMissingOrIsSoNoMoreHasARowOfItsOwn) {
    std::vector<Said> many;
    for (int n = 0; n < 500; ++n) many.push_back(said("pump-" + std::to_string(n), CloudState::Registered));
    EXPECT_TRUE(keep(many).empty());
    EXPECT_EQ(must(journal->auditRows()), 1u);
    for (auto& one : many) one.state = CloudState::Provisioned;
    EXPECT_TRUE(keep(many).empty());
    EXPECT_EQ(must(journal->auditRows()), 2u);
    many[7].state = CloudState::Blocked;
    many[8].state = CloudState::Missing;
    EXPECT_EQ(keep(many).size(), 2u);
    EXPECT_EQ(must(journal->auditRows()), 5u);
    EXPECT_TRUE(keep(many).empty()) << "nothing changed";
    EXPECT_EQ(must(journal->auditRows()), 6u);
    many[7].state = CloudState::Provisioned;
    const auto back = keep(many);
    ASSERT_EQ(back.size(), 1u);
    EXPECT_EQ(back[0].from, CloudState::Blocked);
    EXPECT_EQ(back[0].to, CloudState::Provisioned);
    std::vector<nlohmann::json> rows;
    must(journal->eachAuditRow([&](const db::AuditRow& row) -> Result<void> {
        rows.push_back(nlohmann::json::parse(row.line));
        return {};
    }));
    EXPECT_EQ(rows[2]["kind"], "cloud-reconcile");
    EXPECT_EQ(rows[2]["changed"], 2);
    EXPECT_EQ(rows[2]["who"], "erika");
    EXPECT_EQ(rows[3]["kind"], "cloud-state");
    EXPECT_EQ(rows[3]["id"], "pump-7");
    EXPECT_EQ(rows[3]["from"], "provisioned");
    EXPECT_EQ(rows[3]["to"], "blocked");
    EXPECT_EQ(rows[3]["source"], "iotc-devices");
    must(journal->check());
}

TEST_F(CloudStatesTest, ABatchCountsItsRecordedUnitsByStateAndTheVoidOnesThatNobodyBlocked) {
    journal.patternBatch("b", Mode::X509, 10);
    for (const char* board : {"1", "2", "3"}) journal.recorded("b", board);
    const auto lost = must(journal->reserve(TestJournal::reservation("b", "4")));
    journal.advance(lost, UnitState::Issued);
    must(journal->voidUnit(lost.number, "lost", "erika"));
    keep({said("b-0001", CloudState::Provisioned), said("b-0002", CloudState::Missing), said(lost.id.text(), CloudState::Registered), said("b-0009", CloudState::Blocked)});
    auto counts = must(states().counts("b"));
    EXPECT_EQ(counts.recorded, (std::map<CloudState, std::uint64_t>{{CloudState::Provisioned, 1}, {CloudState::Missing, 1}}));
    EXPECT_EQ(counts.toBlock, 1u);
    // the rule in SQL is the rule in words
    const db::Unit unit = must(journal->history(lost.id)).back();
    EXPECT_EQ(db::needOf(unit, true, must(states().of(lost.id))), db::CloudNeed::Block);
    EXPECT_EQ(db::needOf(unit, false, must(states().of(lost.id))), db::CloudNeed::Nothing);
    EXPECT_EQ(db::needOf(must(journal->history(TestJournal::id("b-0002"))).back(), false, must(states().of(TestJournal::id("b-0002")))), db::CloudNeed::Import);
    keep({said(lost.id.text(), CloudState::Blocked)});
    EXPECT_EQ(must(states().counts("b")).toBlock, 0u);
    EXPECT_EQ(db::needOf(unit, true, must(states().of(lost.id))), db::CloudNeed::Nothing);
}

TEST_F(CloudStatesTest, TheExportSaysOfEachUnitWhatMustBeDoneAndHoldsNoFormula) {
    journal.listBatch("l", Mode::Sas, {{TestJournal::id("l-1"), "=1+1", {}}, {TestJournal::id("l-2"), "Pump, two", {}}});
    journal.recorded("l", "1", TestJournal::id("l-1"));
    const auto two = journal.recorded("l", "2", TestJournal::id("l-2"));
    must(journal->voidUnit(two.number, "cracked", "erika", db::VoidedFor::Scrap));
    keep({said("l-1", CloudState::Missing), said("l-2", CloudState::Provisioned)});
    const TempFolder work{TempFolder::On::Memory};
    const auto done = must(db::writeExport(*must(db::findExporter("cloud-states")), {*journal, must(journal->batch("l")).batch, {}, utcNow()}, work / "out.csv", std::nullopt));
    EXPECT_EQ(done.units, 2u);
    const std::string text = must(readFile(work / "out.csv"));
    EXPECT_TRUE(text.starts_with("id,unit,cloud,said,source,needs,sample,name\nl-1,RECORDED,missing,")) << text;
    EXPECT_NE(text.find("iotc-devices,import,,'=1+1\nl-2,VOID,provisioned,"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("iotc-devices,block,,\"Pump, two\"\n")) << text;
}

class SamplesTest : public testing::Test {
protected:
    db::Batch batch(std::uint64_t sample, std::uint64_t of) {
        db::Batch batch;
        batch.name = "s";
        batch.scopeId = "0ne00TEST01";
        batch.pattern = "s-{seq:04}";
        batch.first = 1;
        batch.count = 20;
        batch.spare = 5;
        batch.sample = sample;
        batch.sampleOf = of;
        must(journal->createBatch(batch, {}));
        return must(journal->batch("s")).batch;
    }
    TestJournal journal;
};

TEST_F(SamplesTest, NOfEveryMUnitsAreItsTurnInTheOrderOfReservationWhateverBecomesOfThem) {
    const db::Batch two = batch(2, 5);
    EXPECT_EQ(two.sample, 2u);
    EXPECT_EQ(two.sampleOf, 5u);
    std::string turns;
    for (int n = 0; n < 12; ++n) {
        const auto unit = must(journal->reserve(TestJournal::reservation("s", std::to_string(n))));
        if (n % 3 == 0) journal.advance(unit, UnitState::Void);
        turns += must(db::Samples{*journal}.picks(two, unit.number)) ? 'x' : '.';
    }
    EXPECT_EQ(turns, "xx...xx...xx");
    db::Batch none = two;
    none.sample = none.sampleOf = 0;
    EXPECT_FALSE(must(db::Samples{*journal}.picks(none, 1)));
}

TEST_F(SamplesTest, ARefusalPausesTheBatchWithItsReasonUntilItIsOpenAgain) {
    batch(1, 1);
    const auto one = journal.recorded("s", "1"), two = journal.recorded("s", "2");
    must(db::Samples::keep(*journal, one, db::Sampled::Offline, "no route"));
    EXPECT_EQ(must(journal->batch("s")).batch.state, db::BatchState::Open);
    must(db::Samples::keep(*journal, two, db::Sampled::Refused, "401002: unauthorised"));
    const db::Batch stopped = must(journal->batch("s")).batch;
    EXPECT_EQ(stopped.state, db::BatchState::Paused);
    EXPECT_EQ(stopped.stopped, "s-0002: 401002: unauthorised");
    EXPECT_EQ(must(db::Samples{*journal}.of(one.number))->outcome, db::Sampled::Offline);
    EXPECT_EQ(codeOf(db::Samples::keep(*journal, two, db::Sampled::Assigned, "")), "internal") << "once a unit";
    EXPECT_EQ(must(db::Samples{*journal}.counts("s")), (std::map<db::Sampled, std::uint64_t>{{db::Sampled::Refused, 1}, {db::Sampled::Offline, 1}}));
    must(journal->setBatchState("s", db::BatchState::Open, "erika"));
    EXPECT_EQ(must(journal->batch("s")).batch.stopped, "");
    must(journal->check());
}

}  // namespace
}  // namespace keystamp::test
