// SPDX-License-Identifier: Apache-2.0
// What the rest of the station may ask of the HSM. A Signer never signs bytes it is handed: each call says what is
// wanted, and the signer builds, checks and records it before a key is used.
//
// Threads: every method may be called from any thread at once; each blocks until its answer or its deadline (5 s unless
// said), and then says SignerUnavailable. The caller may ask again: reserve burns a serial at worst, issue and derive
// return what they already gave.
// Errors common to all: SignerUnavailable, PinNeeded, PinLocked, TokenMissing, HsmFault.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/checkpoint.h"
#include "core/clock.h"
#include "core/device_id.h"
#include "core/merkle.h"
#include "core/result.h"
#include "core/secret.h"
#include "core/words.h"
#include "hsm/issuing.h"
#include "hsm/signer_status.h"

namespace keystamp::hsm {

struct CaRequest {
    Slot slot = Slot::Primary;
    std::string key;      ///< "ec-p256", "ec-p384" or "rsa-3072"; empty: the key that is there, or else ec-p256
    std::string subject;  ///< RFC 4514, "CN=Line 1 CA,O=Acme"; empty: as in the certificate it renews, or else one of our making
};

struct CaRequested {
    Bytes csr;  ///< PKCS #10, DER
    std::string subject, keyType, ckaId;
    bool newKey = false;  ///< it was made for this request
};

/// A list of what a CA does not stand for any more (RFC 5280 section 5): every leaf of its key that voidSerial() was told of, and every
/// intent whose signature was interrupted.
struct Crl {
    Bytes crl;  ///< DER
    std::uint64_t number = 0;
    std::uint64_t revoked = 0;
    UtcTime nextUpdate{};
};

/// Where a group key stands after one half of it was entered.
struct HalfTaken {
    bool complete = false;     ///< both are here: the key is in the HSM
    int waitsFor = 0;          ///< else the other half, 1 or 2
    std::chrono::seconds left{0};  ///< until this one is forgotten
};

/// A row of the audit log, shown to stand in it.
struct LogRow {
    std::string line;
    std::uint64_t number = 0;    ///< from 1
    std::vector<Digest> path{};  ///< RFC 6962 section 2.1.1
};

struct SignedCheckpoint {
    TreeHead head;
    Bytes signature;  ///< ECDSA over SHA-256 of checkpointText, DER
};

/// Bytes of a supervisor's passphrase, at least.
inline constexpr std::size_t kShortestPassphrase = 8;

/// A supervisor, as the signer knows them.
struct Authority {
    std::string supervisor;
    Secret passphrase;
    Authority clone() const { return {supervisor, passphrase.clone()}; }
};

class Signer {
public:
    virtual ~Signer() = default;

    virtual Result<SignerStatus> status() = 0;
    /// One C_Login at most. PinWrong, PinLocked; after either nobody tries again until this is called anew. After some wrong PINs
    /// the next waits, ever longer: PinWrong with how long, and no C_Login. 30 s.
    virtual Result<void> login(const Secret& pin) = 0;

    /// The very first supervisor, by whom the station is begun with: SupervisorExists once anybody is enrolled, of two at once for one of
    /// them. BadUsage for no name or a passphrase that is too short. Repeating the same one is no error.
    virtual Result<void> enrolFirstSupervisor(const Authority& first) = 0;
    /// PassphraseWrong; SignerRefused where a grant of that batch says otherwise. Repeating the same one is no error.
    virtual Result<void> openGrant(const Grant& grant, const Authority& authority) = 0;
    /// Asks for a wider grant: a higher cap, more IDs of the same list, a later end of the same range. Nothing is given under it before
    /// releaseGrant(). What waits already is replaced, where its IDs are among these. NotGranted; SignerRefused where it would change anything
    /// else or take something away; SecondSupervisor where there is nobody else who could release it. Repeating it is no error.
    virtual Result<void> extendGrant(const Grant& grant, const Authority& authority) = 0;
    /// The extension up to this cap holds from now on, by a supervisor who did not ask for it: SecondSupervisor where it is the same one.
    /// SignerRefused where no such one waits. Repeating it is no error.
    virtual Result<void> releaseGrant(const std::string& batch, std::uint64_t cap, const Authority& authority) = 0;
    /// For what a supervisor does outside the HSM: kept in the ledger, with what it is about. PassphraseWrong.
    virtual Result<void> supervisorActs(const std::string& act, const std::string& about, const Authority& authority) = 0;
    /// NotGranted where the batch, mode or ID is not in a grant; SignerRefused where the ID has a certificate that voidSerial() was
    /// not told of; CapReached: of the batch, of certificates for one ID in it, or of serials that nobody used.
    virtual Result<Serial> reserve(const std::string& batch, const DeviceId& id, const std::string& job) = 0;
    /// CsrRefused, KeySeenBefore, LintFailed, NotGranted, CapReached; IntentLost where an earlier try was interrupted: the
    /// serial is void then. Asked again after success it returns the stored certificate without a second signature.
    virtual Result<Leaf> issue(const LeafIntent& intent) = 0;
    virtual Result<SerialRecord> serialRecord(const Serial& serial) = 0;
    /// Nothing counts on this serial any more: its ID may have another certificate. Kept in the ledger; again is no error.
    /// SignerRefused where it was not reserved here.
    virtual Result<void> voidSerial(const Serial& serial) = 0;
    /// The device key of a granted ID, from the group key of the grant's slot.
    virtual Result<DerivedKey> derive(const std::string& batch, const DeviceId& id, const std::string& job) = 0;

    /// Keys that the cloud made for IDs of this grant, kMostKeysAtOnce at most: sealed in the HSM, kept until forgetKeys(), given out by
    /// unseal() only. Each ID has one for ever; the same key again is no error. NotGranted; SignerRefused for another key; BadUsage.
    virtual Result<void> sealKeys(const std::string& batch, const std::vector<ImportedKey>& keys) = 0;
    /// The imported key of a granted ID, for its board; counted as derive() is. NotGranted, CapReached; SignerRefused where it is gone.
    virtual Result<DerivedKey> unseal(const std::string& batch, const DeviceId& id, const std::string& job) = 0;
    /// Their boards have them, or never will: they are gone for good. Again is no error. NotGranted.
    virtual Result<void> forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids) = 0;
    /// The IDs whose keys are still kept. NotGranted.
    virtual Result<std::vector<DeviceId>> heldKeys(const std::string& batch) = 0;

    /// Outside any batch, by a supervisor; the ledger keeps who, when and each ID. The first ID's key from each of the slots, then the
    /// next one's. BadUsage without an ID or slot, or beyond kMostDerivedAtOnce IDs. Up to 5 s and 25 ms a key: HSMs take their time.
    virtual Result<std::vector<DerivedKey>> deriveFor(const std::vector<DeviceId>& ids, const std::vector<Slot>& slots,
                                                      const Authority& authority) = 0;
    /// IoT Central's CA verification: a certificate with CN = code, signed by that slot's CA; no clientAuth, 30 days. DER. BadUsage for
    /// what is no code.
    virtual Result<Bytes> proveCa(const std::string& code, Slot slot, const Authority& authority) = 0;
    /// A group key of 16 to 64 bytes into the HSM as CKA_SENSITIVE and not extractable; SignerRefused where one is
    /// there and `replace` is not set, and (whole, in one person's hand) on any token but a demo's.
    virtual Result<void> importGroupKey(Slot slot, const Secret& key, bool replace, const Authority& authority) = 0;

    /// The same for a key that nobody here sees, encrypted (RSA-OAEP, SHA-1) for the configured wrapping key: the HSM unwraps it,
    /// any token. BadUsage where it does not unwrap to 32 to 64 bytes: an older key stays. SignerRefused also where no wrapping
    /// key is configured or it is not fit for it; KeyMissing where it is not there.
    virtual Result<void> importWrappedGroupKey(Slot slot, const Bytes& wrapped, bool replace, const Authority& authority) = 0;

    /// One half of a group key, half 1 XOR half 2 = key, each by another supervisor. The first to come is held in the worker's
    /// secure memory, 15 minutes at most, never on disk; entered again by whoever gave it, it takes its own place. BadUsage
    /// for halves that do not fit each other; SignerRefused for both from one hand, or as importGroupKey.
    virtual Result<HalfTaken> importGroupKeyHalf(Slot slot, int half, const Secret& share, bool replace,
                                                 const Authority& authority) = 0;

    /// A request for a CA's certificate, for the slot's configured key; makes that key in the HSM where it is not there yet.
    /// BadUsage; SignerRefused for a key that may not be a CA's. Up to 65 s: RSA keys take their time.
    virtual Result<CaRequested> requestCa(const CaRequest& request, const Authority& authority) = 0;
    /// Puts a chain (PEM: the CA, what is between it and the root, perhaps the root) in the place of the slot's, from now on.
    /// ChainRefused says what is wrong with it, and nothing has changed.
    virtual Result<void> installCa(Slot slot, const std::string& chainPem, const Authority& authority) = 0;
    /// The slot's CRL as it is now. SignerRefused where its CA cannot sign.
    virtual Result<Crl> signCrl(Slot slot, const Authority& authority) = 0;
    /// The slot of new batches from now on. SignerRefused where it lacks a CA or group key that the active one has.
    virtual Result<void> rollTo(Slot slot, const Authority& authority) = 0;

    /// Signs the head of the audit log where `proof` (RFC 6962 consistency) shows that it extends the last head signed;
    /// the same head again is signed again. RecordsAltered otherwise.
    virtual Result<SignedCheckpoint> signCheckpoint(const TreeHead& head, const std::vector<Digest>& proof) = 0;
    virtual Result<std::optional<SignedCheckpoint>> lastCheckpoint() = 0;
    /// Signs the head of a log that is no extension of the last one signed, because rows of it were lost: only where the log itself says
    /// so in a row "journal-reconcile" that names that checkpoint (size, root), the reason and this supervisor (who). PassphraseWrong;
    /// BadUsage where nothing was signed yet; SignerRefused says what about the row is wrong; RecordsAltered for another log's name.
    virtual Result<SignedCheckpoint> signSetBackLog(const TreeHead& head, const LogRow& admission, const Authority& authority) = 0;
    /// Signs manifest.json where it parses strictly as a manifest of format 1 and names the last checkpoint. DER ECDSA.
    virtual Result<Bytes> signManifest(const std::string& json) = 0;

    /// What was asked of the HSM for this batch after number `after`, in order; the last part has less than kIssuancesAtOnce. Of SAS keys
    /// the first derivation for each ID. NotGranted.
    virtual Result<std::vector<Issuance>> issuances(const std::string& batch, std::uint64_t after) = 0;
    /// Batches under whose grant something was asked of the HSM.
    virtual Result<std::vector<std::string>> usedBatches() = 0;
    /// Per batch, for reconciliation; counts of other signatures by purpose.
    virtual Result<LedgerCounts> counts(const std::string& batch) = 0;
    virtual Result<std::map<std::string, std::uint64_t>> signaturesByPurpose() = 0;
    /// Signs and verifies (derives) with each key of both slots and the audit key.
    virtual Result<void> selfTest() = 0;
};

}  // namespace keystamp::hsm
