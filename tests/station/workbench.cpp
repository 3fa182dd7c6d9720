// SPDX-License-Identifier: Apache-2.0
#include "tests/station/workbench.h"

#include <cstdlib>
#include <set>
#include <stdexcept>

#include "tests/support/crypto.h"

namespace keystamp::test {
using db::UnitState;
using workflow::JobOutcome;

namespace {

class TrappedBoard : public flashing::Board {
public:
    TrappedBoard(std::unique_ptr<flashing::Board> board, Trap& trap) : m_board(std::move(board)), m_trap(trap) {}

    Result<flashing::BoardInfo> info(Deadline d) override {
        return m_trap.around([&] { return m_board->info(d); });
    }
    Result<void> begin(Mode kind, const DeviceId& id, const std::string& scope, Deadline d) override {
        return m_trap.around([&] { return m_board->begin(kind, id, scope, d); });
    }
    Result<Bytes> makeKey(Deadline d) override {
        return m_trap.around([&] { return m_board->makeKey(d); });
    }
    Result<void> write(const flashing::Credential& credential, Deadline d) override {
        return m_trap.around([&] { return m_board->write(credential, d); });
    }
    Result<Bytes> prove(BytesView nonce, Deadline d) override {
        return m_trap.around([&] { return m_board->prove(nonce, d); });
    }
    Result<void> lock(Deadline d) override {
        return m_trap.around([&] { return m_board->lock(d); });
    }
    Result<void> erase(Deadline d) override {
        return m_trap.around([&] { return m_board->erase(d); });
    }

private:
    std::unique_ptr<flashing::Board> m_board;
    Trap& m_trap;
};

/// Only what a job asks of a signer.
class TrappedSigner : public hsm::Signer {
public:
    TrappedSigner(hsm::Signer& signer, Trap& trap) : m_signer(signer), m_trap(trap) {}

    Result<hsm::SignerStatus> status() override {
        return m_trap.around([&] { return m_signer.status(); });
    }
    Result<hsm::Serial> reserve(const std::string& batch, const DeviceId& id, const std::string& job) override {
        return m_trap.around([&] { return m_signer.reserve(batch, id, job); });
    }
    Result<hsm::Leaf> issue(const hsm::LeafIntent& intent) override {
        return m_trap.around([&] { return m_signer.issue(intent); });
    }
    Result<hsm::SerialRecord> serialRecord(const hsm::Serial& serial) override {
        return m_trap.around([&] { return m_signer.serialRecord(serial); });
    }
    Result<void> voidSerial(const hsm::Serial& serial) override {
        return m_trap.around([&] { return m_signer.voidSerial(serial); });
    }
    Result<hsm::DerivedKey> derive(const std::string& batch, const DeviceId& id, const std::string& job) override {
        return m_trap.around([&] { return m_signer.derive(batch, id, job); });
    }
    Result<hsm::DerivedKey> unseal(const std::string& batch, const DeviceId& id, const std::string& job) override {
        return m_trap.around([&] { return m_signer.unseal(batch, id, job); });
    }
    Result<void> forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids) override {
        return m_trap.around([&] { return m_signer.forgetKeys(batch, ids); });
    }

    Result<void> login(const Secret&) override { return notAJobs(); }
    Result<void> sealKeys(const std::string&, const std::vector<hsm::ImportedKey>&) override { return notAJobs(); }
    Result<std::vector<DeviceId>> heldKeys(const std::string&) override { return notAJobs(); }
    Result<void> enrolFirstSupervisor(const hsm::Authority&) override { return notAJobs(); }
    Result<void> openGrant(const hsm::Grant&, const hsm::Authority&) override { return notAJobs(); }
    Result<std::vector<hsm::DerivedKey>> deriveFor(const std::vector<DeviceId>&, const std::vector<Slot>&, const hsm::Authority&) override {
        return notAJobs();
    }
    Result<Bytes> proveCa(const std::string&, Slot, const hsm::Authority&) override { return notAJobs(); }
    Result<void> importGroupKey(Slot, const Secret&, bool, const hsm::Authority&) override { return notAJobs(); }
    Result<void> importWrappedGroupKey(Slot, const Bytes&, bool, const hsm::Authority&) override { return notAJobs(); }
    Result<hsm::HalfTaken> importGroupKeyHalf(Slot, int, const Secret&, bool, const hsm::Authority&) override { return notAJobs(); }
    Result<hsm::CaRequested> requestCa(const hsm::CaRequest&, const hsm::Authority&) override { return notAJobs(); }
    Result<void> installCa(Slot, const std::string&, const hsm::Authority&) override { return notAJobs(); }
    Result<hsm::Crl> signCrl(Slot, const hsm::Authority&) override { return notAJobs(); }
    Result<void> extendGrant(const hsm::Grant&, const hsm::Authority&) override { return notAJobs(); }
    Result<void> releaseGrant(const std::string&, std::uint64_t, const hsm::Authority&) override { return notAJobs(); }
    Result<void> supervisorActs(const std::string&, const std::string&, const hsm::Authority&) override { return notAJobs(); }
    Result<void> rollTo(Slot, const hsm::Authority&) override { return notAJobs(); }
    Result<hsm::SignedCheckpoint> signCheckpoint(const TreeHead&, const std::vector<Digest>&) override { return notAJobs(); }
    Result<std::optional<hsm::SignedCheckpoint>> lastCheckpoint() override { return notAJobs(); }
    Result<hsm::SignedCheckpoint> signSetBackLog(const TreeHead&, const hsm::LogRow&, const hsm::Authority&) override { return notAJobs(); }
    Result<std::vector<hsm::Issuance>> issuances(const std::string&, std::uint64_t) override { return notAJobs(); }
    Result<std::vector<std::string>> usedBatches() override { return notAJobs(); }
    Result<Bytes> signManifest(const std::string&) override { return notAJobs(); }
    Result<hsm::LedgerCounts> counts(const std::string&) override { return notAJobs(); }
    Result<std::map<std::string, std::uint64_t>> signaturesByPurpose() override { return notAJobs(); }
    Result<void> selfTest() override { return notAJobs(); }

private:
    static Error notAJobs() { return Error{ErrorCode::Internal, "no job asks this"}; }
    hsm::Signer& m_signer;
    Trap& m_trap;
};

}  // namespace

std::unique_ptr<flashing::Board> trapped(std::unique_ptr<flashing::Board> board, Trap& trap) {
    return std::make_unique<TrappedBoard>(std::move(board), trap);
}
std::unique_ptr<hsm::Signer> trapped(hsm::Signer& signer, Trap& trap) { return std::make_unique<TrappedSigner>(signer, trap); }

TestStation::TestStation() {
    auto journal = db::Journal::open(m_folder / "journal.db", "test-line", [this] { return clock(); });
    if (!journal) {
        ADD_FAILURE() << describe(journal.error());
        std::abort();
    }
    m_station.journal = *std::move(journal);
    auto signer = std::make_unique<FakeSigner>();
    m_signer = signer.get();
    m_station.signer = std::move(signer);
}

db::Batch TestStation::patternBatch(const std::string& name, Mode mode, std::uint64_t count, bool match) {
    db::Batch batch;
    batch.name = name;
    batch.mode = mode;
    batch.pattern = name + "-{seq:04}";
    batch.first = 1;
    batch.match = match;
    batch.count = count;
    return open(std::move(batch), {});
}

db::Batch TestStation::listBatch(const std::string& name, Mode mode, const std::vector<db::ListedId>& ids, const std::string& scopeId) {
    db::Batch batch;
    batch.scopeId = scopeId;
    batch.name = name;
    batch.mode = mode;
    batch.count = ids.size();
    return open(std::move(batch), ids);
}

db::Batch TestStation::open(db::Batch batch, const std::vector<db::ListedId>& ids) {
    if (batch.scopeId.empty()) batch.scopeId = "0ne00TEST01";
    batch.spare = 5;
    batch.createdBy = "supervisor";
    hsm::Grant grant;
    grant.batch = batch.name;
    grant.mode = batch.mode;
    grant.cap = batch.cap();
    if (!batch.pattern.empty()) {
        grant.pattern = batch.pattern;
        grant.first = 1;
        grant.last = batch.cap();
    }
    for (const db::ListedId& listed : ids) grant.ids.push_back(listed.id);
    EXPECT_TRUE(m_signer->openGrant(grant, m_signer->authority()).ok());
    const auto made = journal().createBatch(batch, ids);
    EXPECT_TRUE(made.ok()) << describe(made.error());
    return batch;
}

SiliconPtr TestStation::silicon(bool makesKeys) {
    auto made = std::make_shared<FakeSilicon>(randomBytes(8));
    made->makesKeys = makesKeys;
    return made;
}

JobOutcome TestStation::scan(const db::Batch& batch, const std::string& scan, const SiliconPtr& on, Trap* trap,
                             const std::string& fixture) {
    workflow::JobOrder order;
    order.batch = batch;
    order.fixture = fixture;
    order.scan = scan;
    order.limit = jobLimit;
    order.driver = "fake";
    std::unique_ptr<flashing::Board> board;
    const workflow::BoardSource source = [&]() -> Result<flashing::Board*> {
        board = std::make_unique<FakeBoard>(on);
        onOpen(board);
        if (trap != nullptr) board = trapped(std::move(board), *trap);
        return board.get();
    };
    const auto signer = trap != nullptr ? trapped(*m_signer, *trap) : nullptr;
    const workflow::Workbench bench{journal(), signer ? *signer : *m_signer, m_inHand, utcNow, nullptr, sampler};
    return runJob(order, source, bench, stop, listener);
}

std::vector<db::Unit> TestStation::units(const std::string& batch) const {
    std::vector<db::Unit> found;
    const auto walked = journal().eachUnit(batch, [&](const db::Unit& unit) -> Result<void> {
        found.push_back(unit);
        return {};
    });
    EXPECT_TRUE(walked.ok());
    return found;
}

db::Unit TestStation::only(const std::string& batch, UnitState state) const {
    std::vector<db::Unit> found;
    std::string all;
    for (db::Unit& unit : units(batch)) {
        all += unit.id.text() + " " + std::string{name(unit.state)} + " " + unit.voidReason + "; ";
        if (unit.state == state) found.push_back(std::move(unit));
    }
    EXPECT_EQ(found.size(), 1u) << "of " << name(state) << " among " << all;
    if (found.empty()) throw std::logic_error("no unit is " + std::string{name(state)});
    return found.front();
}

void TestStation::holdInvariants(const std::string& batch) const {
    std::set<std::string> ids;
    std::set<Bytes> boards, serials;
    std::uint64_t keys = 0;
    for (const db::Unit& unit : units(batch)) {
        if (!unit.serial.empty()) {
            EXPECT_TRUE(serials.insert(unit.serial).second) << "a serial twice";
        }
        if (unit.credential != Digest{} && unit.serial.empty()) ++keys;
        if (!unit.live()) continue;
        EXPECT_TRUE(ids.insert(unit.id.text()).second) << unit.id.text() << " is live twice";
        EXPECT_TRUE(boards.insert(unit.uid).second) << toHex(unit.uid) << " is live twice";
        if (unit.state == UnitState::Recorded) {
            EXPECT_NE(unit.evidence, db::Evidence::None) << unit.id.text() << " was recorded unproven";
        }
    }
    const auto counts = m_signer->counts(batch);
    if (!counts) return;
    EXPECT_LE(counts->intents, serials.size()) << "a signature that the journal does not know";
    const auto checked = journal().check();
    EXPECT_TRUE(checked.ok()) << describe(checked.error());
}

bool TestStation::proves(const db::Unit& unit, const db::Batch& batch, const SiliconPtr& on) {
    FakeBoard board{on};
    const Bytes nonce = randomBytes(32);
    const auto proof = board.prove(nonce, Deadline::in(std::chrono::seconds(5)));
    if (!proof) return false;
    flashing::Prover prover{batch.mode, unit.certificate, {}};
    if (batch.mode == Mode::Sas) {
        auto key = m_signer->derive(batch.name, unit.id, "test");
        if (!key) return false;
        prover.sasKey = std::move(key->key);
    }
    const Bytes message = flashing::proofMessage(nonce, on->uid, unit.id, batch.scopeId, unit.credential);
    return flashing::checkProof(prover, message, *proof).ok();
}

}  // namespace keystamp::test
