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

namespace keystamp::hsm {

/// What a supervisor allows: under it, and only under it, leaves are issued and keys derived.
struct Grant {
    std::string batch;
    Mode mode = Mode::X509;
    Slot slot = Slot::Primary;
    std::uint64_t cap = 0;  ///< leaf intents, or distinct IDs derived or opened, at most
    /// Either a pattern with its range of running numbers, or a list; imported keys need a list.
    std::string pattern;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::vector<DeviceId> ids;
};

struct CaInfo {
    Slot slot = Slot::Primary;
    bool usable = false;       ///< key and certificate are there and fit each other
    std::string problem;       ///< why not, in words
    std::string subject;
    std::string keyType;       ///< "EC P-256", "RSA 3072"
    Bytes certificate;         ///< DER
    std::string chainPem;      ///< this CA's certificate and every one above it but the root
    Digest sha256{};           ///< of the DER
    UtcTime notBefore{}, notAfter{};
    bool groupKey = false;     ///< whether this slot has a SAS group key
    bool groupKeyWanted = false;  ///< whether the configuration names one
    bool awaited = false;      ///< no certificate was ever installed: its file is not there
    int heldHalf = 0;          ///< 1 or 2: this half of a group key was entered and waits for the other
};

/// A CA that has issued leaves and serves its slot no more.
struct FormerCa {
    Slot slot = Slot::Primary;
    Digest sha256{};       ///< of its DER
    std::string chainPem;  ///< as in CaInfo
};

/// What every leaf gets, whoever asks for it.
struct LeafProfile {
    std::chrono::hours validity{0};  ///< a CA that ends sooner cuts it short
    std::chrono::hours backdate{0};
    std::string organisation;             ///< empty: leaves have none
    std::vector<std::string> purposes;    ///< extended key usages: "clientAuth", "serverAuth"
    std::vector<std::string> keys;        ///< that are certified: "P-256", "RSA-2048" ...
};

struct SignerStatus {
    bool loggedIn = false;
    bool demo = false;         ///< the token is marked as a demo by its label
    bool supervised = false;   ///< somebody is enrolled as a supervisor
    std::string state;         ///< "ready", "pin-needed", "pin-locked", "token-missing", "starting"
    std::string tokenLabel, tokenSerial, module;
    std::vector<CaInfo> slots;
    std::vector<FormerCa> former;
    Slot active = Slot::Primary;          ///< what a new batch gets that names none
    LeafProfile profile;
    std::string rootPem;
    std::vector<std::string> lacks;  ///< what the token cannot do, each with what that means here; known without a login
    std::string sasProblem;    ///< why no SAS key can be derived with this token; empty where they can
    std::string sealingProblem;     ///< why no imported key can be kept with this token; empty where they can
    bool sealingKeyWanted = false;  ///< whether the configuration names a key for it
    bool sealingKey = false;        ///< whether it is there; the first grant for imported keys makes it
    std::uint64_t keysHeld = 0;     ///< imported keys that wait for their boards
    /// Each key that was tested at the login ("primary", "primary-group", "audit" ...) with what is wrong with it, or nothing.
    std::map<std::string, std::string> selfTest;
    std::string auditKeyPem;   ///< SubjectPublicKeyInfo; empty until logged in
    std::int64_t worker = 0;   ///< pid of the worker
    std::uint64_t workerStarts = 0;
};

/// Positive, 20 octets at most, 128 random bits, big-endian without leading zeros (RFC 5280 section 4.1.2.2).
using Serial = Bytes;

/// One intended certificate. The same intent always gives the same certificate.
struct LeafIntent {
    std::string batch;
    std::string job;
    DeviceId id;
    Serial serial;  ///< as reserve() gave it for this batch, ID and job
    Bytes csr;      ///< PKCS #10, DER; its public key is certified, the rest is only checked
};

struct Leaf {
    Bytes certificate;  ///< DER
    std::string chainPem;  ///< intermediates to go with it, nearest first
    Slot slot = Slot::Primary;
};

/// What the ledger knows of one serial.
enum class SerialFate {
    Unknown,    ///< never reserved here
    Reserved,   ///< reserved; nothing was signed with it
    Interrupted,///< its intent was written, no result was: it may have been signed. Void it
    Issued,
};

struct SerialRecord {
    SerialFate fate = SerialFate::Unknown;
    std::optional<Leaf> leaf{};  ///< where Issued
    bool isVoid = false;         ///< voidSerial() was called for it
};

/// What a device holds is its base64.
struct DerivedKey {
    Secret key;  ///< 32 bytes: HMAC-SHA256(group key, UTF-8 of the ID); of an imported one as many as it was imported with
    Slot slot = Slot::Primary;
};

/// One certificate or key that was asked for under a grant, as the ledger has it.
struct Issuance {
    std::uint64_t number = 0;  ///< in the ledger's order
    DeviceId id;
    std::string job;
    Slot slot = Slot::Primary;
    Serial serial;             ///< empty for a SAS key, and so is what follows
    Digest keyHash{};
    Bytes certificate;         ///< DER; empty where the signature was interrupted
    bool isVoid = false;
};
/// How many of them come at once.
inline constexpr std::size_t kIssuancesAtOnce = 50;

/// A row of the audit log, shown to stand in it.
struct LogRow {
    std::string line;
    std::uint64_t number = 0;    ///< from 1
    std::vector<Digest> path{};  ///< RFC 6962 section 2.1.1
};

/// A device key that the cloud made.
struct ImportedKey {
    DeviceId id;
    Secret key;  ///< kShortestKey to kLongestKey bytes
};
inline constexpr std::size_t kShortestKey = 16, kLongestKey = 64;
inline constexpr std::size_t kMostKeysAtOnce = 60;
/// IDs in one request of a supervisor: each costs two derivations at most, a passphrase a tenth of a second.
inline constexpr std::size_t kMostDerivedAtOnce = 500;

struct SignedCheckpoint {
    TreeHead head;
    Bytes signature;  ///< ECDSA over SHA-256 of checkpointText, DER
};

struct LedgerCounts {
    std::uint64_t cap = 0;
    std::uint64_t awaited = 0;      ///< the cap of an extension that nobody has released yet; else 0
    std::uint64_t reserved = 0;     ///< serials, intended or not
    std::uint64_t intents = 0;      ///< leaf intents: issued + interrupted
    std::uint64_t issued = 0;
    std::uint64_t interrupted = 0;
    std::uint64_t derived = 0;      ///< distinct IDs
    std::uint64_t imported = 0;     ///< distinct IDs whose imported key was opened for a board
    std::uint64_t held = 0;         ///< imported keys that are still here
    std::uint64_t keys() const { return derived + imported; }  ///< IDs whose symmetric key was given out, whoever made it
};

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
