// SPDX-License-Identifier: Apache-2.0
// A CA on its way to a cloud: the code, the files, when its successor is due. That a portal takes the files is shown with the cloud's stand-in
// (tests/e2e/ca_verify.py).
#include <gtest/gtest.h>

#include <filesystem>

#include "core/file.h"
#include "station/workflow/ca_code.h"
#include "station/workflow/ca_proof.h"
#include "station/workflow/ca_roll.h"
#include "station/workflow/ca_validity.h"
#include "tests/support/fake_signer.h"
#include "tests/support/journal.h"

namespace keystamp::workflow {
namespace {

using std::chrono::days;
using test::must;

TEST(CaCode, IsTakenWithoutTheBlanksAroundItAndWithNothingElseWrong) {
    const std::string code = "106A5SD242AF512B3498BD6098C4941E66R34H268DDB3288";
    EXPECT_EQ(must(caCode(code)), code);
    EXPECT_EQ(must(caCode(" \t" + code + "\r\n")), code);
    EXPECT_EQ(must(caCode(std::string(64, 'A'))).size(), 64U);
}

TEST(CaCode, ThatIsDamagedIsExplainedWithThePlace) {
    const std::vector<std::pair<std::string, std::string>> kBad{
        {"", "missing"}, {" \n", "missing"}, {"\"ABC\"", "quotation mark at character 1"}, {"ABC'", "quotation mark at character 4"}, {"AB C", "blank at character 3"},
        {"AB\tC", "blank at character 3"}, {"AB\xc2\xa0" "C", "at character 3 that no code has"}, {std::string("A\0B", 3), "at character 2"}, {std::string(65, 'A'), "65 characters and may have 64"},
    };
    for (const auto& [code, why] : kBad) {
        const auto refused = caCode(code);
        ASSERT_FALSE(refused) << code;
        EXPECT_EQ(refused.error().code, ErrorCode::BadUsage);
        EXPECT_NE(refused.error().detail.find(why), std::string::npos) << refused.error().detail;
    }
}

class CaFiles : public testing::Test {
protected:
    CaFiles() {
        station.journal = must(db::Journal::open(folder / "journal.db", "test-line"));
        station.signer = std::make_unique<test::FakeSigner>();
    }
    test::FakeSigner& signer() { return static_cast<test::FakeSigner&>(*station.signer); }

    test::TempFolder folder{test::TempFolder::On::Memory};
    Station station;
};

TEST_F(CaFiles, AreTheCasOwnCertificateAndAProofThatItSigned) {
    const auto status = must(station.signer->status());
    for (const Slot slot : {Slot::Primary, Slot::Secondary}) {
        const auto proof = must(proveCa(station, "ABC123", slot, signer().authority()));
        const auto path = must(writeProof(status, proof, folder.path()));
        EXPECT_EQ(path, proofFile(folder.path(), slot));
        EXPECT_EQ(must(readFile(path)), asText(proof.certificate));
        EXPECT_EQ(must(readFile(caFile(folder.path(), slot))), asText(caOf(status, slot)->certificate));
        EXPECT_GT(proof.notAfter, utcNow() + days{20});
    }
}

TEST_F(CaFiles, OfAnotherCaOrCodeAreNotHandedOver) {
    const auto status = must(station.signer->status());
    auto proof = must(proveCa(station, "ABC123", Slot::Primary, signer().authority()));
    proof.slot = Slot::Secondary;
    EXPECT_EQ(writeProof(status, proof, folder.path()).error().code, ErrorCode::RecordsAltered);
    proof.slot = Slot::Primary;
    proof.code = "ABC124";
    EXPECT_EQ(writeProof(status, proof, folder.path()).error().code, ErrorCode::RecordsAltered);
    proof.code = "ABC123";
    proof.certificate.back() ^= 1;
    EXPECT_EQ(writeProof(status, proof, folder.path()).error().code, ErrorCode::RecordsAltered);
}

TEST_F(CaFiles, AProofThatTheSignerRefusesIsNotInTheLog) {
    const auto rows = must(station.journal->auditRows());
    EXPECT_EQ(proveCa(station, "ABC123", Slot::Primary, {"supervisor", Secret::copyOf("wrong")}).error().code, ErrorCode::PassphraseWrong);
    EXPECT_EQ(must(station.journal->auditRows()), rows);
    must(proveCa(station, "ABC123", Slot::Primary, signer().authority()));
    EXPECT_EQ(must(station.journal->auditRows()), rows + 1);
}

TEST_F(CaFiles, WhatMayBeRolledToIsWhatTheSignerRollsTo) {
    for (const Slot slot : {Slot::Secondary, Slot::Primary}) {
        EXPECT_TRUE(mayRollTo(slot, must(station.signer->status()), utcNow()));
        must(rollCa(station, slot, signer().authority()));
        const auto status = must(station.signer->status());
        EXPECT_EQ(status.active, slot);
        EXPECT_FALSE(mayRollTo(slot, status, utcNow())) << "it is the one in use";
    }
    auto status = must(station.signer->status());
    for (auto& ca : status.slots) {
        if (ca.slot == Slot::Secondary) ca.usable = false;
    }
    EXPECT_FALSE(mayRollTo(Slot::Secondary, status, utcNow()));
}

struct Dates {
    const char* what;
    days caLife, leafLife, age;
    days rollBefore, prepareBefore;  ///< the CA's end
    double left;
};

TEST(CaPlan, LeavesTimeForWholeLeavesAndForPreparingTheOther) {
    for (const Dates& one : std::vector<Dates>{{"leaves of a year", days{3650}, days{365}, days{0}, days{365}, days{455}, 1.0},
                                               {"half its life later", days{3650}, days{365}, days{1825}, days{365}, days{455}, 0.5},
                                               {"leaves that live as long as the CA", days{3650}, days{3650}, days{0}, days{90}, days{180}, 1.0},
                                               {"after its end", days{3650}, days{365}, days{4000}, days{365}, days{455}, 0.0}}) {
        const UtcTime begin{days{20'000}};
        hsm::CaInfo ca;
        ca.notBefore = begin;
        ca.notAfter = begin + one.caLife;
        hsm::LeafProfile profile;
        profile.validity = one.leafLife;
        const auto plan = planFor(ca, profile, begin + one.age);
        EXPECT_EQ(plan.rollBy, ca.notAfter - one.rollBefore) << one.what;
        EXPECT_EQ(plan.prepareBy, ca.notAfter - one.prepareBefore) << one.what;
        EXPECT_DOUBLE_EQ(plan.lifeLeft, one.left) << one.what;
    }
}

}  // namespace
}  // namespace keystamp::workflow
