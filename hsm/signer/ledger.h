// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the signer's own memory (SQLite, WAL, synchronous=FULL): grants, serials, derivations, what each signature was
// for, checkpoints, supervisors. The rules that must hold against any race are checked inside the transaction that acts on them.
//
// Threads: any. Everything that changes something is on disk when it returns. Errors: JournalFault, and those said below.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/clock.h"
#include "hsm/signer.h"
#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/commit_queue.h"
#include "hsm/signer/ledger_anchor.h"
#include "hsm/signer/tries.h"

namespace keystamp::hsm {

enum class SerialState { Reserved, Intended, Issued, Interrupted };

struct SerialRow {
    std::string batch, id, job;
    SerialState state = SerialState::Reserved;
    Slot slot = Slot::Primary;
    Digest keyHash{};
    Bytes certificate;
    bool isVoid = false;
};

/// Intents for one ID under one grant: the first and seven after it was declared void or interrupted. A board that was given eight
/// is bad, or a kiosk is.
inline constexpr std::uint64_t kMostIntentsOfAnId = 8;
/// Serials of a grant that were reserved and never used, beyond its cap: sixteen fixtures that four times lose what they held.
inline constexpr std::uint64_t kSpareSerials = 64;
/// Jobs that may ask for one ID's key.
inline constexpr std::uint64_t kMostDerivationsOfAnId = 64;

/// A device key as it is kept.
struct SealedKey {
    DeviceId id;
    Digest hash{};  ///< SHA-256 of the key itself
    Bytes sealed;
};
struct KeptKey {
    Bytes sealed;
    Slot slot = Slot::Primary;
};

struct SupervisorRow {
    Bytes salt, hash;
    std::uint64_t cost = 0;
    Tries tries;
};

class Ledger {
public:
    /// RecordsAltered where it is gone, is another one or is older than its anchor (`path`.anchor) remembers.
    static Result<std::unique_ptr<Ledger>> open(const std::string& path, Clock clock = utcNow);

    /// For the one worker that issues, at its start: what an earlier one had intended and not finished is 'interrupted'.
    /// How many there were.
    Result<std::uint64_t> takeOver();

    // ---- grants
    /// SignerRefused where the batch's grant says otherwise; the same one again is no error.
    Result<void> openGrant(const Grant& grant, const std::string& supervisor);
    /// NotGranted; SignerRefused where it says otherwise or less; SecondSupervisor where nobody else is enrolled. The same one again is no
    /// error. It waits for releaseGrant().
    Result<void> extendGrant(const Grant& grant, const std::string& supervisor);
    /// SecondSupervisor for whoever asked for it; SignerRefused where no extension to this cap waits. Again is no error.
    Result<void> releaseGrant(const std::string& batch, std::uint64_t cap, const std::string& supervisor);
    /// The slot that serves this ID in this batch; NotGranted.
    Result<Slot> permits(const std::string& batch, Mode mode, const DeviceId& id);

    // ---- slots
    /// The one that was chosen last; primary where nobody chose.
    Result<Slot> activeSlot();
    Result<void> rollTo(Slot slot, const std::string& supervisor);
    /// Before a CA's first leaf: whoever asks for that leaf's chain later finds it, whatever has become of the slot. Again: no error.
    Result<void> rememberCa(const FormerCa& ca);
    /// Every CA that has issued here, the present ones too.
    Result<std::vector<FormerCa>> issuers();
    /// The act and the signature it costs, before the key is used.
    Result<void> requested(Slot slot, const std::string& about, const std::string& supervisor);
    Result<void> proven(Slot slot, const std::string& code, const std::string& supervisor);

    // ---- leaves
    /// NotGranted; CapReached: of the batch, the ID, or serials that nobody used; SignerRefused where the ID has a live certificate.
    Result<void> reserve(const std::string& batch, const DeviceId& id, const std::string& job, const Serial& serial);
    Result<std::optional<SerialRow>> find(const Serial& serial);
    /// The intent and its signature's purpose, before the key is used. NotGranted, CapReached, KeySeenBefore; SignerRefused where
    /// the serial is not reserved for this intent, or the ID has a live certificate.
    Result<void> intend(const LeafIntent& intent, const LeafDraft& draft);
    /// IntentLost where the serial is no longer 'intended'.
    Result<void> issued(const Serial& serial, const Bytes& certificate);
    Result<void> interrupted(const Serial& serial);
    /// The station says that nothing counts on this serial any more; again is no error. SignerRefused where it was not reserved here.
    Result<void> voidSerial(const Serial& serial);

    /// Issued and declared void, or interrupted, under grants of this slot; in the order of their serials' reservation.
    Result<std::vector<VoidLeaf>> voidLeaves(Slot slot);
    /// The number of a CRL that is about to be signed.
    Result<std::uint64_t> nextCrl(Slot slot, std::uint64_t revoked, const std::string& supervisor);

    // ---- keys, other signatures
    /// Records that this ID's key is derived; NotGranted, CapReached. The slot whose group key it is.
    Result<Slot> derived(const std::string& batch, const DeviceId& id, const std::string& job);
    // ---- keys that the cloud made (ledger_sealed.cpp)
    /// Whether a key of this ID may be kept: one of the grant, or of its extension that waits. NotGranted.
    Result<void> takesKeyOf(const std::string& batch, const DeviceId& id);
    /// Each once for ever; the same key again is no error. NotGranted; SignerRefused for another key in its place.
    Result<void> keepSealed(const std::string& batch, const std::vector<SealedKey>& keys);
    /// Records that this ID's key is opened, as derived() does. NotGranted, CapReached; SignerRefused where it is gone.
    Result<KeptKey> opened(const std::string& batch, const DeviceId& id, const std::string& job);
    /// For good; again is no error. NotGranted.
    Result<void> forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids);
    /// The IDs whose keys are still here. NotGranted.
    Result<std::vector<DeviceId>> heldKeys(const std::string& batch);
    /// Over all batches.
    Result<std::uint64_t> countHeldKeys();

    /// One act, and a derivation of each ID from each slot.
    Result<void> derivedFor(const std::vector<DeviceId>& ids, const std::vector<Slot>& slots, const std::string& supervisor);
    /// A signature that is about to be made.
    Result<void> noteSignature(const std::string& purpose, const std::string& slot, const std::string& about);
    /// The same of a self-test, one with each of these keys.
    Result<void> selfTests(const std::vector<std::string>& keys);
    Result<void> saveCheckpoint(const SignedCheckpoint& checkpoint);
    Result<std::optional<SignedCheckpoint>> lastCheckpoint();

    /// As Signer::issuances: every serial that was intended, or the first derivation for each ID.
    Result<std::vector<Issuance>> issuances(const std::string& batch, std::uint64_t after);
    Result<std::vector<std::string>> usedBatches();
    /// From running totals: however many rows the batch has.
    Result<LedgerCounts> counts(const std::string& batch);
    Result<std::map<std::string, std::uint64_t>> signaturesByPurpose();

    // ---- supervisors
    Result<std::optional<SupervisorRow>> supervisor(const std::string& name);
    Result<void> enrol(const std::string& name, const SupervisorRow& row);
    /// Whether anybody is enrolled; the row without a name is of those who are not.
    Result<bool> supervised();
    /// SupervisorExists where anybody is.
    Result<void> enrolFirst(const std::string& name, const SupervisorRow& row);
    /// Counts a try as failed before it is looked at, so that ending the process does not make it free.
    Result<void> countTry(const std::string& name);
    Result<void> forgiveTries(const std::string& name);
    /// The same of the HSM's PIN, whoever enters it.
    Result<Tries> pinTries();
    Result<void> countPinTry();
    Result<void> forgivePinTries();
    /// The last one was not judged: the HSM failed.
    Result<void> uncountPinTry();
    Result<void> recordAct(const std::string& supervisor, const std::string& act, const std::string& about);

private:
    Ledger(std::unique_ptr<Sql> writer, std::unique_ptr<Sql> reader, std::unique_ptr<LedgerAnchor> anchor, Clock clock)
        : m_anchor(std::move(anchor)), m_commits(std::move(writer)), m_reader(std::move(reader)), m_clock(std::move(clock)) {}
    /// A change that must never be undone: `work` says which rows it made, and the anchor is raised to them.
    Result<void> change(const std::function<Result<void>(Sql&, LedgerMarks& made)>& work);
    /// A signature with a CA's key that a supervisor wants; both noted in one go.
    Result<void> supervised(std::string_view act, std::string_view purpose, Slot slot, const std::string& about, const std::string& supervisor);
    /// Both for a change(): with the mark that its act leaves.
    void addSupervisor(Sql& sql, LedgerMarks& made, const std::string& name, const SupervisorRow& row) const;
    void addAct(Sql& sql, LedgerMarks& made, const std::string& supervisor, std::string_view act, std::string_view about) const;
    void addSignature(Sql& sql, LedgerMarks& made, std::string_view purpose, std::string_view slot, std::string_view about) const;
    /// That a job was given this ID's key: a place under the cap for the first job, and a limit to how many ask.
    Result<void> addKeyUse(Sql& sql, LedgerMarks& made, const std::string& batch, const DeviceId& id, const std::string& job, Slot slot) const;
    /// Runs `look` on the reading connection; it sees what is committed.
    Result<void> read(const std::function<Result<void>(Sql&)>& look);

    std::unique_ptr<LedgerAnchor> m_anchor;
    CommitQueue m_commits;
    std::mutex m_readMutex;
    std::unique_ptr<Sql> m_reader;
    Clock m_clock;
};

}  // namespace keystamp::hsm
