// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the signer itself, over ledger and token. What clients reach over the socket is this.
//
// Threads: any.
#pragma once

#include <condition_variable>
#include <mutex>
#include <set>

#include "hsm/signer.h"
#include "hsm/signer/group_key_halves.h"
#include "hsm/signer/ledger.h"
#include "hsm/signer/passphrases.h"
#include "hsm/signer/vault.h"

namespace keystamp::hsm {

class Service final : public Signer {
public:
    Service(const SignerConfig& config, Ledger& ledger, Vault& vault, Page& page, const Clock& clock = utcNow);

    Result<SignerStatus> status() override;
    Result<void> login(const Secret& pin) override;
    Result<void> enrolFirstSupervisor(const Authority& first) override { return m_passphrases.enrolFirst(first); }
    Result<void> openGrant(const Grant& grant, const Authority& authority) override;
    Result<void> extendGrant(const Grant& grant, const Authority& authority) override;
    Result<void> releaseGrant(const std::string& batch, std::uint64_t cap, const Authority& authority) override;
    Result<void> supervisorActs(const std::string& act, const std::string& about, const Authority& authority) override;
    Result<Serial> reserve(const std::string& batch, const DeviceId& id, const std::string& job) override;
    Result<Leaf> issue(const LeafIntent& intent) override;
    Result<SerialRecord> serialRecord(const Serial& serial) override;
    Result<void> voidSerial(const Serial& serial) override;
    Result<DerivedKey> derive(const std::string& batch, const DeviceId& id, const std::string& job) override;
    Result<void> sealKeys(const std::string& batch, const std::vector<ImportedKey>& keys) override;
    Result<DerivedKey> unseal(const std::string& batch, const DeviceId& id, const std::string& job) override;
    Result<void> forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids) override;
    Result<std::vector<DeviceId>> heldKeys(const std::string& batch) override;
    Result<std::vector<DerivedKey>> deriveFor(const std::vector<DeviceId>& ids, const std::vector<Slot>& slots,
                                              const Authority& authority) override;
    Result<Bytes> proveCa(const std::string& code, Slot slot, const Authority& authority) override;
    Result<void> importGroupKey(Slot slot, const Secret& key, bool replace, const Authority& authority) override;
    Result<void> importWrappedGroupKey(Slot slot, const Bytes& wrapped, bool replace, const Authority& authority) override;
    Result<HalfTaken> importGroupKeyHalf(Slot slot, int half, const Secret& share, bool replace, const Authority& authority) override;
    Result<CaRequested> requestCa(const CaRequest& request, const Authority& authority) override;
    Result<void> installCa(Slot slot, const std::string& chainPem, const Authority& authority) override;
    Result<Crl> signCrl(Slot slot, const Authority& authority) override;
    Result<void> rollTo(Slot slot, const Authority& authority) override;
    Result<SignedCheckpoint> signCheckpoint(const TreeHead& head, const std::vector<Digest>& proof) override;
    Result<std::optional<SignedCheckpoint>> lastCheckpoint() override;
    Result<SignedCheckpoint> signSetBackLog(const TreeHead& head, const LogRow& admission, const Authority& authority) override;
    Result<Bytes> signManifest(const std::string& json) override;
    Result<std::vector<Issuance>> issuances(const std::string& batch, std::uint64_t after) override { return m_ledger.issuances(batch, after); }
    Result<std::vector<std::string>> usedBatches() override { return m_ledger.usedBatches(); }
    Result<LedgerCounts> counts(const std::string& batch) override;
    Result<std::map<std::string, std::uint64_t>> signaturesByPurpose() override;
    Result<void> selfTest() override;

    /// Called every second or so: what may not be held longer goes.
    void tidy() { m_halves.forgetOld(); }

private:
    using KeysPtr = std::shared_ptr<const Keys>;

    /// One issue at a time for a serial: whoever asks again while it is being signed waits for that signature.
    class InFlight;
    Result<Leaf> issueOnce(const LeafIntent& intent, const Keys& keys);
    Result<Leaf> issueAgain(const LeafIntent& intent, const SerialRow& row, const Keys& keys) const;
    /// With the chain of the CA that issued it, be it the slot's present one or not.
    Result<Leaf> leafOf(const Keys& keys, Slot slot, Bytes certificate) const;
    /// Into the ledger, once for each CA and worker.
    Result<void> rememberIssuer(const CaInfo& ca);
    static Result<const CertificateAuthority*> authority(const Keys& keys, Slot slot);
    /// With the audit key, once it is noted; the caller has m_auditMutex.
    Result<Bytes> signAudited(const Keys& keys, const std::string& purpose, const std::string& about, std::string_view text);
    Result<SignedCheckpoint> signHead(const Keys& keys, const TreeHead& head);
    Result<const SlotConfig*> configured(Slot slot) const;
    /// Whether the slot's key is there, and of the kind that the request names, if it names one.
    static Result<bool> findCaKey(Token& token, const SlotConfig& slot, const CaRequest& request);
    /// A child that holds a half stays, though nobody is connected.
    void stayWhileHolding();
    /// Into the HSM, and into the ledger first.
    Result<void> bringIn(Slot slot, const std::string& supervisor, const std::string& about, const std::function<Result<void>()>& put);
    /// KeyMissing where the configuration names no key to seal with, SignerRefused where the token has no way to.
    Result<void> canSeal() const;
    /// The first grant for imported keys makes it, so that a supervisor has.
    Result<void> provideSealingKey(const std::string& supervisor);
    /// KeyMissing where the configuration names none, SignerRefused where the token derives nothing.
    Result<Bytes> groupKey(Slot slot) const;

    const SignerConfig m_config;
    Ledger& m_ledger;
    Vault& m_vault;
    Page& m_page;
    Clock m_clock;
    Passphrases m_passphrases;
    std::string m_rootPem;
    std::mutex m_loginMutex;  ///< one PIN at a time
    std::mutex m_auditMutex;  ///< a checkpoint is checked against the last one, signed and kept in one go
    std::mutex m_caMutex;     ///< one change of CAs, group keys or the active slot at a time
    GroupKeyHalves m_halves;
    std::mutex m_issuersMutex;
    std::set<Digest> m_issuers;
    std::mutex m_flightMutex;
    std::condition_variable m_landed;
    std::set<Serial> m_flying;
};

}  // namespace keystamp::hsm
