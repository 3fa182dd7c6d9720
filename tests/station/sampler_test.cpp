// SPDX-License-Identifier: Apache-2.0
// A batch's sample: which units try the cloud, by what, when; and that neither its no nor its silence touches a unit's verdict.
#include "station/workflow/sampler.h"

#include "tests/station/audited.h"
#include "tests/station/workbench.h"
#include "tests/support/crypto.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using db::Sampled;
using db::UnitState;
using db::Verdict;

/// The cloud as a sample meets it.
class SamplerTest : public testing::Test {
protected:
    SamplerTest()
        : sampler(station.journal(), [this](const std::string& scopeId, const DeviceId& id, const cloud::DeviceLogin& login, Deadline deadline, const std::atomic<bool>&) {
              EXPECT_EQ(scopeId, "0ne00TEST01");
              EXPECT_FALSE(deadline.passed());
              EXPECT_EQ(must(station.journal().liveUnit(id))->state, UnitState::Recorded) << "on record before anybody is asked";
              EXPECT_TRUE(std::holds_alternative<Secret>(login));
              asked.push_back(id.text());
              return answer;
          }) {
        must(openSecureHeap());
        station.sampler = &sampler;
    }

    db::Batch batch(Mode mode, std::uint64_t sample, std::uint64_t of) {
        db::Batch made = station.patternBatch(batchName, mode, 30);
        made.sample = sample;
        made.sampleOf = of;
        return made;
    }
    workflow::JobOutcome scan(const db::Batch& batch, int n, bool makesKeys = false, Trap* trap = nullptr) {
        return station.scan(batch, "SN-" + std::to_string(n), boards.try_emplace(n, TestStation::silicon(makesKeys)).first->second, trap);
    }
    static Result<cloud::Registration> said(cloud::Answer answer) {
        cloud::Registration done;
        done.answer = answer;
        done.hub = answer == cloud::Answer::Assigned ? "hub.example" : "";
        return done;
    }
    std::optional<db::Sample> sampleOf(const std::string& id) {
        const auto unit = must(station.journal().liveUnit(TestJournal::id(id)));
        return unit ? must(db::Samples{station.journal()}.of(unit->number)) : std::nullopt;
    }

    const std::string batchName = "s";
    TestStation station;
    workflow::Sampler sampler;
    std::vector<std::string> asked;
    Result<cloud::Registration> answer = said(cloud::Answer::Assigned);
    std::map<int, SiliconPtr> boards;
};

TEST_F(SamplerTest, TwoOfEveryFiveRegisterByTheKeyThatTheirBoardHas) {
    for (const Mode mode : {Mode::Sas, Mode::X509}) {
        SCOPED_TRACE(name(mode));
        TestStation fresh;
        asked.clear();
        int right = 0;
        workflow::Sampler its{fresh.journal(), [&](const std::string&, const DeviceId& id, const cloud::DeviceLogin& login, Deadline, const std::atomic<bool>&) {
                                  const db::Unit unit = *must(fresh.journal().liveUnit(id));
                                  asked.push_back(id.text());
                                  if (mode == Mode::Sas) {
                                      right += sha256(std::get<Secret>(login).view()) == unit.credential ? 1 : 0;
                                  } else {
                                      const auto& shows = std::get<cloud::ClientCertificate>(login);
                                      EXPECT_TRUE(shows.chainPem.starts_with(pemOf(unit.certificate)));
                                      // the key is the one of the leaf: what it signs, the leaf verifies; compared by its SubjectPublicKeyInfo
                                      std::string base64{shows.keyPem.text()};
                                      base64 = base64.substr(base64.find('\n') + 1);
                                      base64 = base64.substr(0, base64.find("-----END"));
                                      std::erase(base64, '\n');
                                      right += sha256(BytesView{publicKeyOf(must(fromBase64(base64)))}) == unit.keyHash ? 1 : 0;
                                  }
                                  return said(cloud::Answer::Assigned);
                              }};
        fresh.sampler = &its;
        db::Batch sampled = fresh.patternBatch("s", mode, 20);
        sampled.sample = 2;
        sampled.sampleOf = 5;
        for (int n = 0; n < 10; ++n) {
            ASSERT_EQ(fresh.scan(sampled, "SN-" + std::to_string(n), TestStation::silicon(false)).verdict, Verdict::Pass);
        }
        EXPECT_EQ(asked, (std::vector<std::string>{"s-0001", "s-0002", "s-0006", "s-0007"}));
        EXPECT_EQ(right, 4);
        EXPECT_EQ(must(db::Samples{fresh.journal()}.counts("s")), (std::map<Sampled, std::uint64_t>{{Sampled::Assigned, 4}}));
        fresh.holdInvariants("s");
    }
}

TEST_F(SamplerTest, OfflineCostsNoVerdictAndIsNotTriedAgainForAWhile) {
    const auto every = batch(Mode::Sas, 1, 1);
    answer = Error{ErrorCode::CloudUnreachable, "no route to host"};
    for (int n = 0; n < 4; ++n) EXPECT_EQ(scan(every, n).verdict, Verdict::Pass);
    EXPECT_EQ(asked.size(), 1u);
    EXPECT_EQ(sampleOf("s-0001")->outcome, Sampled::Offline);
    EXPECT_EQ(sampleOf("s-0001")->detail, "not tried: offline: no route to host");
    EXPECT_EQ(sampleOf("s-0004")->detail, "not tried: offline");
    EXPECT_EQ(must(station.journal().batch("s")).batch.state, db::BatchState::Open);
    EXPECT_EQ(audited(station.journal(), "cloud-sample").size(), 4u);
}

TEST_F(SamplerTest, ARefusalPausesTheBatchAndTheUnitStaysRecorded) {
    const auto every = batch(Mode::Sas, 1, 1);
    answer = Error{ErrorCode::CloudRefused, "localhost: the service does not take this key", 401002};
    EXPECT_EQ(scan(every, 1).verdict, Verdict::Pass) << "the board has proven what it has";
    EXPECT_EQ(station.only("s", UnitState::Recorded).id.text(), "s-0001");
    EXPECT_TRUE(boards[1]->locked);
    const auto next = scan(every, 2);
    EXPECT_FALSE(next.verdict);
    ASSERT_TRUE(next.error);
    EXPECT_EQ(next.error->code, ErrorCode::BatchNotOpen);
    EXPECT_EQ(next.error->detail, "s is paused: the cloud refused s-0001: localhost: the service does not take this key");
    const auto rows = audited(station.journal(), "batch-state");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0]["who"], "station");
    // a person has put it right
    must(station.journal().setBatchState("s", db::BatchState::Open, "erika"));
    answer = said(cloud::Answer::Assigned);
    EXPECT_EQ(scan(every, 2).verdict, Verdict::Pass);
    EXPECT_EQ(sampleOf("s-0002")->outcome, Sampled::Assigned);
    station.holdInvariants("s");
}

TEST_F(SamplerTest, ARefusalThatComesIntoAPausedBatchIsNotLost) {
    workflow::Sampler its{station.journal(), [&](const std::string&, const DeviceId&, const cloud::DeviceLogin&, Deadline, const std::atomic<bool>&) {
                              must(station.journal().setBatchState("s", db::BatchState::Paused, "erika"));
                              return Result<cloud::Registration>{Error{ErrorCode::CloudRefused, "no such scope", 404001}};
                          }};
    station.sampler = &its;
    EXPECT_EQ(scan(batch(Mode::Sas, 1, 1), 1).verdict, Verdict::Pass);
    const auto paused = must(station.journal().batch("s")).batch;
    EXPECT_EQ(paused.state, db::BatchState::Paused);
    EXPECT_EQ(paused.stopped, "s-0001: no such scope") << "whoever resumes it is told";
    EXPECT_EQ(audited(station.journal(), "batch-state").size(), 1u) << "it was paused once";
}

TEST_F(SamplerTest, WhatTheCloudSaysIsKeptInALineOfPlainText) {
    std::string page = "custom allocation failed:\x1b[2J\n";
    for (int n = 0; n < 5000; ++n) page += "\xc3\xa4";
    answer = Error{ErrorCode::CloudRefused, page, 400004};
    const auto every = batch(Mode::Sas, 1, 1);
    scan(every, 1);
    const std::string kept = sampleOf("s-0001")->detail;
    EXPECT_TRUE(kept.starts_with("custom allocation failed:\\x1b[2J\\x0a\xc3\xa4")) << kept;
    EXPECT_LE(kept.size(), 500u);
    EXPECT_TRUE(kept.ends_with("\xc3\xa4...")) << "cut between two letters: " << kept;
    EXPECT_EQ(must(station.journal().batch("s")).batch.stopped, "s-0001: " + kept);
    // and the next step stands behind it
    must(station.journal().setBatchState("s", db::BatchState::Open, "erika"));
    cloud::Registration failed{.answer = cloud::Answer::Failed, .message = page};
    answer = failed;
    scan(every, 2);
    EXPECT_TRUE(sampleOf("s-0002")->detail.ends_with(nextStepOf(failed))) << sampleOf("s-0002")->detail;
}

TEST_F(SamplerTest, WhatTheCloudAnswersStopsTheBatchOrNot) {
    struct Case {
        Result<cloud::Registration> answer;
        Sampled outcome;
    };
    const std::vector<Case> cases{{said(cloud::Answer::Assigned), Sampled::Assigned},
                                  {said(cloud::Answer::Unassigned), Sampled::Unassigned},
                                  {said(cloud::Answer::Disabled), Sampled::Refused},
                                  {said(cloud::Answer::Failed), Sampled::Refused},
                                  {Error{ErrorCode::CloudRefused, "", 401002}, Sampled::Refused},
                                  {Error{ErrorCode::CloudRefused, "", 404201}, Sampled::Refused},
                                  {Error{ErrorCode::CloudRefused, "too many requests", 429001}, Sampled::Offline},
                                  {Error{ErrorCode::CloudRefused, "in trouble", 503001}, Sampled::Offline},
                                  {Error{ErrorCode::Timeout, ""}, Sampled::Offline},
                                  {Error{ErrorCode::CloudUnreachable, ""}, Sampled::Offline},
                                  {Error{ErrorCode::Aborted, ""}, Sampled::Offline}};
    for (const Case& each : cases) {
        TestStation fresh;
        workflow::Sampler its{fresh.journal(), [&](const std::string&, const DeviceId&, const cloud::DeviceLogin&, Deadline, const std::atomic<bool>&) { return each.answer; }};
        fresh.sampler = &its;
        db::Batch one = fresh.patternBatch("s", Mode::Sas, 3);
        one.sample = one.sampleOf = 1;
        EXPECT_EQ(fresh.scan(one, "SN-1", TestStation::silicon()).verdict, Verdict::Pass);
        const auto sample = must(db::Samples{fresh.journal()}.of(fresh.only("s", UnitState::Recorded).number));
        ASSERT_TRUE(sample);
        EXPECT_EQ(sample->outcome, each.outcome) << sample->detail;
        EXPECT_EQ(must(fresh.journal().batch("s")).batch.state, each.outcome == Sampled::Refused ? db::BatchState::Paused : db::BatchState::Open);
    }
}

TEST_F(SamplerTest, AKeyThatWasMadeOnItsBoardIsNotTried) {
    const auto every = batch(Mode::X509, 1, 1);
    EXPECT_EQ(scan(every, 1, true).verdict, Verdict::Pass);
    EXPECT_TRUE(asked.empty());
    EXPECT_FALSE(sampleOf("s-0001"));
}

/// The station dies at each call to board or signer; then the same scan again.
TEST_F(SamplerTest, WhereverTheStationDiesAUnitIsTriedOnceAtMost) {
    for (const Mode mode : {Mode::Sas, Mode::X509}) {
        for (int at = 1;; ++at) {
            TestStation fresh;
            std::map<std::string, int> tries;
            workflow::Sampler its{fresh.journal(), [&](const std::string&, const DeviceId& id, const cloud::DeviceLogin&, Deadline, const std::atomic<bool>&) {
                                      ++tries[id.text()];
                                      return said(cloud::Answer::Assigned);
                                  }};
            fresh.sampler = &its;
            db::Batch one = fresh.patternBatch("s", mode, 5);
            one.sample = one.sampleOf = 1;
            const auto board = TestStation::silicon(false);
            Trap trap{at};
            bool died = false;
            try {
                static_cast<void>(fresh.scan(one, "SN-1", board, &trap));
            } catch (const Crash&) {
                died = true;
            }
            if (died) static_cast<void>(fresh.scan(one, "SN-1", board));
            for (const auto& [id, times] : tries) EXPECT_EQ(times, 1) << id << ", died at call " << at;
            fresh.only("s", UnitState::Recorded);
            if (!died) break;
        }
    }
}

}  // namespace
}  // namespace keystamp::test
