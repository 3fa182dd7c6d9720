// SPDX-License-Identifier: Apache-2.0
// A Signer in memory, with scripted faults and a plain OpenSSL CA. It holds to the contract of hsm/signer.h: the same suite
// runs over it and over the real signer.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "hsm/signer.h"
#include "tests/support/fake_ca.h"

namespace keystamp::test {

enum class SignerCall {
    Status, Login, OpenGrant, Reserve, Issue, SerialRecord, VoidSerial, Derive, DeriveFor, ProveCa, ImportGroupKey, SignCheckpoint,
    LastCheckpoint, SignSetBackLog, Issuances, UsedBatches, ImportWrapped, ImportHalf, RequestCa, InstallCa, RollTo, SignCrl, ExtendGrant, ReleaseGrant, SupervisorActs, SignManifest,
    Counts, Signatures, SelfTest, SealKeys, Unseal, ForgetKeys, HeldKeys, EnrolFirst,
};

/// What goes wrong, where and how often.
struct SignerFault {
    enum class When {
        Before,   ///< nothing was done
        Between,  ///< issue: the intent is in the ledger, its result never will be (the worker died there); else as Before
        After,    ///< it was done, and only the answer is lost
    };
    SignerCall call = SignerCall::Issue;
    ErrorCode code = ErrorCode::SignerUnavailable;
    int skip = 0;   ///< calls that still go well
    int times = 1;  ///< calls that fail then; -1: all
    When when = When::Before;
};

/// Threads: any, one call at a time by its own lock.
class FakeSigner : public hsm::Signer {
public:
    FakeSigner();

    // Set before use.
    std::vector<SignerFault> faults;
    std::map<std::string, std::string> supervisors{{"supervisor", "correct horse"}};
    std::string pin = "123456";
    bool loggedIn = true;

    // To be looked at.
    std::vector<SignerCall> calls;
    std::uint64_t logins = 0;  ///< C_Login that were made
    hsm::Authority authority() const;  ///< the first supervisor's

    Result<hsm::SignerStatus> status() override;
    Result<void> login(const Secret& pin) override;
    Result<void> enrolFirstSupervisor(const hsm::Authority& first) override;
    Result<void> openGrant(const hsm::Grant& grant, const hsm::Authority& authority) override;
    Result<void> extendGrant(const hsm::Grant& grant, const hsm::Authority& authority) override;
    Result<void> releaseGrant(const std::string& batch, std::uint64_t cap, const hsm::Authority& authority) override;
    Result<void> supervisorActs(const std::string& act, const std::string& about, const hsm::Authority& authority) override;
    Result<hsm::Serial> reserve(const std::string& batch, const DeviceId& id, const std::string& job) override;
    Result<hsm::Leaf> issue(const hsm::LeafIntent& intent) override;
    Result<hsm::SerialRecord> serialRecord(const hsm::Serial& serial) override;
    Result<void> voidSerial(const hsm::Serial& serial) override;
    Result<hsm::DerivedKey> derive(const std::string& batch, const DeviceId& id, const std::string& job) override;
    Result<void> sealKeys(const std::string& batch, const std::vector<hsm::ImportedKey>& keys) override;
    Result<hsm::DerivedKey> unseal(const std::string& batch, const DeviceId& id, const std::string& job) override;
    Result<void> forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids) override;
    Result<std::vector<DeviceId>> heldKeys(const std::string& batch) override;
    Result<std::vector<hsm::DerivedKey>> deriveFor(const std::vector<DeviceId>& ids, const std::vector<Slot>& slots,
                                                   const hsm::Authority& authority) override;
    Result<Bytes> proveCa(const std::string& code, Slot slot, const hsm::Authority& authority) override;
    Result<void> importGroupKey(Slot slot, const Secret& key, bool replace, const hsm::Authority& authority) override;
    Result<void> importWrappedGroupKey(Slot slot, const Bytes& wrapped, bool replace, const hsm::Authority& authority) override;
    Result<hsm::HalfTaken> importGroupKeyHalf(Slot slot, int half, const Secret& share, bool replace,
                                              const hsm::Authority& authority) override;
    Result<hsm::CaRequested> requestCa(const hsm::CaRequest& request, const hsm::Authority& authority) override;
    Result<void> installCa(Slot slot, const std::string& chainPem, const hsm::Authority& authority) override;
    Result<hsm::Crl> signCrl(Slot slot, const hsm::Authority& authority) override;
    Result<void> rollTo(Slot slot, const hsm::Authority& authority) override;
    Result<hsm::SignedCheckpoint> signCheckpoint(const TreeHead& head, const std::vector<Digest>& proof) override;
    Result<std::optional<hsm::SignedCheckpoint>> lastCheckpoint() override;
    Result<hsm::SignedCheckpoint> signSetBackLog(const TreeHead& head, const hsm::LogRow& admission, const hsm::Authority& authority) override;
    Result<std::vector<hsm::Issuance>> issuances(const std::string& batch, std::uint64_t after) override;
    Result<std::vector<std::string>> usedBatches() override;
    Result<Bytes> signManifest(const std::string& json) override;
    Result<hsm::LedgerCounts> counts(const std::string& batch) override;
    Result<std::map<std::string, std::uint64_t>> signaturesByPurpose() override;
    Result<void> selfTest() override;

private:
    struct Row {
        std::string batch, id, job;
        hsm::SerialFate fate = hsm::SerialFate::Reserved;
        Bytes publicKey;
        hsm::Leaf leaf;
        bool isVoid = false;
        std::uint64_t number = 0;
    };

    /// The fault that strikes this call, if one does.
    const SignerFault* struck(SignerCall call);
    Result<void> ready() const;
    Result<void> permits(const std::string& batch, Mode mode, const DeviceId& id) const;
    Result<void> knows(const hsm::Authority& authority) const;
    bool keySeen(const Row& row, const hsm::Serial& serial, const Bytes& publicKey) const;
    std::uint64_t intents(const std::string& batch) const;
    /// As checkIdFree of the ledger.
    Result<void> idFree(const std::string& batch, const std::string& id) const;
    Result<hsm::DerivedKey> keyFor(const DeviceId& id, Slot slot, const char* purpose);

    mutable std::mutex m_mutex;
    FakeCa m_root;
    std::map<Slot, FakeCa> m_cas;
    std::map<Slot, Bytes> m_groupKeys;
    struct Half {
        int number = 0;
        Bytes share;
        std::string supervisor;
    };
    std::map<Slot, Half> m_halves;
    Slot m_active = Slot::Primary;
    Bytes m_auditKey;
    std::map<std::string, hsm::Grant> m_grants;
    struct Extension {
        hsm::Grant grant;
        std::string supervisor;
    };
    std::map<std::string, Extension> m_extensions;
    std::map<hsm::Serial, Row> m_ledger;
    std::map<std::string, std::set<std::string>> m_derived;
    struct Imported {
        Digest hash{};
        Bytes key;  ///< empty: gone
    };
    std::map<std::string, std::map<std::string, Imported>> m_imported;
    std::map<std::string, std::uint64_t> m_purposes;
    std::optional<hsm::SignedCheckpoint> m_checkpoint;
};

}  // namespace keystamp::test
