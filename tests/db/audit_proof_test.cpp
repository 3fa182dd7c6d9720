// SPDX-License-Identifier: Apache-2.0
// One device's rows, proven without the log.
#include "db/audit_proof.h"

#include "db/audit_log.h"
#include "tests/support/crypto.h"
#include "tests/support/fake_ca.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

class ProvenUnit : public testing::Test {
protected:
    void SetUp() override {
        journal.patternBatch("b", Mode::X509, 20);
        for (int n = 0; n < 20; ++n) journal.recorded("b", std::to_string(n));
        checkpoint = signedHead();
    }
    db::Checkpoint signedHead() {
        const auto head = must(journal->head(0));
        db::Checkpoint made{head.origin, head.size, head.root, {}};
        made.signature = signWith(key, asBytes(db::checkpointText(made)));
        return made;
    }
    db::AuditProof prove(const std::string& text) {
        const DeviceId id = TestJournal::id(text);
        return must(db::proveRows(*journal, id, must(db::auditRowsOf(*journal, id)), checkpoint));
    }
    std::string verify(const std::string& text) const { return codeOf(db::verifyAuditProof(text, publicKey)); }

    TestJournal journal;
    const Bytes key = newKey();
    const std::string publicKey = publicKeyPem(key);
    db::Checkpoint checkpoint;
};

TEST_F(ProvenUnit, EveryUnitsRowsVerifyWithTheKeyAlone) {
    for (int n = 1; n <= 20; ++n) {
        const std::string id = "b-" + std::string(n < 10 ? "000" : "00") + std::to_string(n);
        const auto proof = must(db::verifyAuditProof(db::auditProofText(prove(id)), publicKey));
        EXPECT_EQ(proof.id, id);
        ASSERT_EQ(proof.rows.size(), 2u) << id;
        EXPECT_NE(proof.rows[0].line.find("\"kind\":\"issue\""), std::string::npos);
        EXPECT_NE(proof.rows[1].line.find("\"kind\":\"record\""), std::string::npos);
    }
}

TEST_F(ProvenUnit, EveryFlippedByteOfAProofIsFound) {
    const std::string text = db::auditProofText(prove("b-0007"));
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const int bit : {0, 3, 5}) {
            std::string changed = text;
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
            ASSERT_EQ(verify(changed), "records-altered") << "byte " << at;
        }
        ASSERT_EQ(verify(text.substr(0, at)), "records-altered") << "cut at " << at;
    }
}

TEST_F(ProvenUnit, RowsOfAnotherUnitOrOrderAreRefused) {
    const auto good = prove("b-0007");
    auto other = good;
    other.rows = prove("b-0008").rows;
    EXPECT_EQ(verify(db::auditProofText(other)), "records-altered");
    auto swapped = good;
    std::swap(swapped.rows[0], swapped.rows[1]);
    EXPECT_EQ(verify(db::auditProofText(swapped)), "records-altered");
    auto twice = good;
    twice.rows.push_back(twice.rows.back());
    EXPECT_EQ(verify(db::auditProofText(twice)), "records-altered");
    auto none = good;
    none.rows.clear();
    EXPECT_EQ(verify(db::auditProofText(none)), "records-altered");
    auto moved = good;
    moved.rows[0].number += 1;
    EXPECT_EQ(verify(db::auditProofText(moved)), "records-altered");
    EXPECT_EQ(codeOf(db::verifyAuditProof(db::auditProofText(good), publicKeyPem(newKey()))), "records-altered");
    EXPECT_EQ(codeOf(db::verifyAuditProof(db::auditProofText(good), "no key")), "bad-usage");
}

TEST_F(ProvenUnit, OnlyWhatTheCheckpointWasSignedForIsProven) {
    EXPECT_EQ(codeOf(db::auditRowsOf(*journal, TestJournal::id("never-1"))), "unknown-unit");
    journal.patternBatch("later", Mode::Sas, 1);
    journal.recorded("later", "x");
    const DeviceId id = TestJournal::id("later-0001");
    const auto rows = must(db::auditRowsOf(*journal, id));
    EXPECT_EQ(codeOf(db::proveRows(*journal, id, rows, checkpoint)), "internal") << "the checkpoint is older";
    EXPECT_EQ(codeOf(db::proveRows(*journal, id, rows, signedHead())), "ok");
    auto another = signedHead();
    another.root[0] ^= 1;
    EXPECT_EQ(codeOf(db::proveRows(*journal, id, rows, another)), "records-altered");
}

}  // namespace
}  // namespace keystamp::test
