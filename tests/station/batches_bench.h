// SPDX-License-Identifier: Apache-2.0
// Batches without boards: a real journal, a signer in memory, and what another program does meanwhile.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "station/workflow/station.h"
#include "tests/support/crypto.h"
#include "tests/support/fake_signer.h"
#include "tests/support/temp_folder.h"

namespace keystamp::workflow {

using test::SignerCall;

/// A signer that serves another program, too.
class SharedSigner : public test::FakeSigner {
public:
    /// What the other one does once, when the next call of this kind was answered and nobody has read the answer yet.
    std::map<SignerCall, std::function<void()>> meanwhile;

    Result<hsm::LedgerCounts> counts(const std::string& batch) override { return around(SignerCall::Counts, FakeSigner::counts(batch)); }
    Result<hsm::SerialRecord> serialRecord(const hsm::Serial& serial) override {
        return around(SignerCall::SerialRecord, FakeSigner::serialRecord(serial));
    }
    Result<std::optional<hsm::SignedCheckpoint>> lastCheckpoint() override { return around(SignerCall::LastCheckpoint, FakeSigner::lastCheckpoint()); }
    Result<hsm::SignedCheckpoint> signCheckpoint(const TreeHead& head, const std::vector<Digest>& proof) override {
        return around(SignerCall::SignCheckpoint, FakeSigner::signCheckpoint(head, proof));
    }
    Result<void> supervisorActs(const std::string& act, const std::string& about, const hsm::Authority& authority) override {
        return around(SignerCall::SupervisorActs, FakeSigner::supervisorActs(act, about, authority));
    }

private:
    template <typename Answer>
    Answer around(SignerCall call, Answer answer) {
        if (const auto found = meanwhile.find(call); found != meanwhile.end()) {
            const auto act = std::move(found->second);
            meanwhile.erase(found);
            act();
        }
        return answer;
    }
};

class Batches : public ::testing::Test {
protected:
    void SetUp() override {
        m_station.config.data = m_folder.path();
        m_station.config.name = "line-1";
        auto journal = db::Journal::open(m_station.config.journalPath(), "line-1");
        ASSERT_TRUE(journal.ok()) << describe(journal.error());
        m_station.journal = std::move(*journal);
        auto signer = std::make_unique<SharedSigner>();
        m_signer = signer.get();
        m_station.signer = std::move(signer);
    }

    static BatchOrder order(const std::string& name, Mode mode = Mode::X509) {
        BatchOrder made;
        made.batch.name = name;
        made.batch.mode = mode;
        made.batch.scopeId = "0ne00TEST01";
        made.batch.pattern = name + "-{seq:03}";
        made.batch.first = 1;
        made.batch.count = 5;
        made.batch.spare = 5;
        return made;
    }
    ErrorCode create(const BatchOrder& given) {
        const auto made = createBatch(m_station, given, m_signer->authority());
        return made ? ErrorCode::Internal : made.error().code;  // Internal: it was made
    }
    void created(const BatchOrder& given) {
        const auto made = createBatch(m_station, given, m_signer->authority());
        ASSERT_TRUE(made.ok()) << describe(made.error());
    }
    db::BatchState state(const std::string& batch) { return m_station.journal->batch(batch)->batch.state; }

    /// The signer's part alone: the journal hears of it through `intended`, or never.
    Bytes sign(const std::string& batch, const DeviceId& id, const std::function<void(const Bytes&)>& intended) {
        const Bytes csr = test::newCsr(test::newKey(), id.text());
        const auto serial = m_signer->reserve(batch, id, "job");
        EXPECT_TRUE(serial.ok());
        intended(*serial);
        const auto leaf = m_signer->issue({batch, "job", id, *serial, csr});
        EXPECT_TRUE(leaf.ok());
        return leaf->certificate;
    }
    db::Unit reserve(const std::string& batch, std::uint8_t board) {
        const auto id = DeviceId::parse(batch + "-00" + std::to_string(board));
        const auto unit = m_station.journal->reserve(
            {batch, *id, "scan" + id->text(), Bytes{board}, "F1", "job", db::KeyOrigin::Board, "", ""});
        EXPECT_TRUE(unit.ok());
        return *unit;
    }
    /// To ISSUED, as a job does it.
    db::Unit issue(const std::string& batch, std::uint8_t board) {
        const db::Unit unit = reserve(batch, board);
        const Bytes certificate = sign(batch, unit.id, [&](const Bytes& serial) {
            EXPECT_TRUE(m_station.journal->intend(unit.number, serial, Digest{board}).ok());
        });
        EXPECT_TRUE(m_station.journal->issue(unit.number, certificate, sha256(certificate)).ok());
        return unit;
    }
    void record(const db::Unit& unit) {
        m_station.journal->written(unit.number);
        m_station.journal->verified(unit.number, db::Evidence::Proof);
        db::JobRecord job;
        job.job = "job";
        job.batch = unit.batch;
        job.fixture = "F1";
        job.id = unit.id;
        job.uid = unit.uid;
        job.unit = unit.number;
        job.verdict = db::Verdict::Pass;
        const auto done = m_station.journal->record(unit.number, job);
        ASSERT_TRUE(done.ok()) << describe(done.error());
    }

    hsm::Authority second() {
        m_signer->supervisors["zoe"] = "another long one";
        return {"zoe", Secret::copyOf("another long one")};
    }

    test::TempFolder m_folder;
    Station m_station;
    SharedSigner* m_signer = nullptr;
};

}  // namespace keystamp::workflow
