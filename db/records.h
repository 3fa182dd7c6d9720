// SPDX-License-Identifier: Apache-2.0
// The rows of the journal, as the rest of the station sees them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/device_id.h"
#include "core/words.h"

namespace keystamp::db {

enum class BatchState { Open, Paused, Closed };
std::string_view name(BatchState state);  ///< "open", "paused", "closed"

/// How it was shown that the board holds the credential.
enum class Evidence { None, Proof, Digest, ReadBack, Accepted };
std::string_view name(Evidence evidence);  ///< "", "proof", "digest", "read-back", "accepted"
/// A proof is worth more than reading back, that more than a digest that the board told, and that it took it nothing.
bool suffices(Evidence shown, Evidence required);

struct Batch {
    std::string name;
    Mode mode = Mode::X509;
    Slot slot = Slot::Primary;
    std::string scopeId;
    /// Empty: the batch holds a list of IDs. Else IDs are made by this pattern from `first` on, count + spare of them.
    std::string pattern;
    std::uint64_t first = 0;
    bool match = false;       ///< with a pattern: the scan is an ID that must fit it, not a serial that gets the next one
    std::uint64_t count = 0;  ///< units ordered
    std::uint64_t spare = 0;
    BatchState state = BatchState::Open;
    /// What its units are shown by at least (see suffices); None: whatever the board can.
    Evidence required = Evidence::None;
    /// So many of every so many units register with the cloud from the line (see station/README.md); 0 of 0: none does.
    std::uint64_t sample = 0, sampleOf = 0;
    std::string stopped{};    ///< while the station has paused it by itself: why
    std::string createdBy;    ///< the supervisor who opened it
    UtcTime createdAt{};

    std::uint64_t cap() const { return count + spare; }
};

/// One line of a batch's ID list.
struct ListedId {
    DeviceId id;
    std::string name;  ///< may be empty: IoT Central then shows the ID
    Bytes uid;         ///< the board that must carry it; may be empty
};

/// What a supervisor asked a batch to be, until another one releases it.
struct Extension {
    std::uint64_t count = 0, spare = 0;  ///< in all, as they will be
    std::uint64_t ids = 0;               ///< new ones of a list
    std::string reason, who;

    std::uint64_t cap() const { return count + spare; }
};

struct BatchProgress {
    Batch batch;
    std::uint64_t recorded = 0;
    std::uint64_t unresolved = 0;  ///< Issued, Written or Verified
    std::uint64_t voided = 0;
    std::uint64_t failedJobs = 0;  ///< jobs that ended in FAIL
    std::optional<Extension> extension{};  ///< that waits for its release
};

/// The way of a unit; each state is on disk before the next act (see Journal).
enum class UnitState { Reserved, Intended, Issued, Written, Verified, Recorded, Void };
std::string_view name(UnitState state);  ///< "RESERVED", ...

enum class KeyOrigin {
    Board,    ///< made on the board, which sent a CSR
    Station,  ///< made in the station's memory, wiped after writing
    Derived,  ///< SAS: from the group key, in the HSM
    Imported, ///< SAS: made by the cloud, sealed by the signer until the board has it
};
std::string_view name(KeyOrigin origin);  ///< "board", "station", "derived", "imported"
/// Who makes the keys of a batch; where they are leaves' it is `ofLeaf`.
constexpr KeyOrigin originIn(Mode mode, KeyOrigin ofLeaf) {
    return mode == Mode::Sas ? KeyOrigin::Derived : mode == Mode::Imported ? KeyOrigin::Imported : ofLeaf;
}
/// Whether the unit has a SAS key and no certificate.
constexpr bool isSymmetric(KeyOrigin origin) { return origin == KeyOrigin::Derived || origin == KeyOrigin::Imported; }

/// What a supervisor has a unit voided for.
enum class VoidedFor {
    Nothing,  ///< a job's failure, a lost board, an interrupted signature
    Rework,   ///< its board is to get a new credential for the same ID
    Scrap,    ///< its board is to get none any more
};
std::string_view name(VoidedFor what);  ///< "", "rework", "scrap"

/// One issuance of an identity to a board. A device that was voided and issued anew has several; at most one is live.
struct Unit {
    std::int64_t number = 0;
    std::string batch;
    DeviceId id;
    std::string scan;         ///< what the label said
    Bytes uid;
    UnitState state = UnitState::Reserved;
    std::string fixture;      ///< where it was last worked on
    std::string job;          ///< the job that last worked on it
    KeyOrigin origin = KeyOrigin::Board;
    Slot slot = Slot::Primary;
    Bytes serial;             ///< x509
    Digest keyHash{};         ///< x509: SHA-256 of the SubjectPublicKeyInfo
    Bytes certificate;        ///< x509, DER, from Issued on
    Digest credential{};      ///< from Issued on: SHA-256 of the certificate or of the SAS key
    Evidence evidence = Evidence::None;
    std::string family;       ///< what the board said it is
    std::string firmware;
    bool locked = false;
    std::string voidReason;
    VoidedFor voidedFor = VoidedFor::Nothing;
    Digest supersedes{};      ///< x509, from Issued on: SHA-256 of the certificate that the ID had before; zeros where it had none
    UtcTime createdAt{}, changedAt{}, recordedAt{};
    std::string who{};        ///< the person of the job that last worked on it; empty where nobody was logged in

    bool live() const { return state != UnitState::Void; }
    /// Issued, Written or Verified: nobody knows whether the board holds it until the board is asked.
    bool unresolved() const {
        return state == UnitState::Issued || state == UnitState::Written || state == UnitState::Verified;
    }
};

/// What was asked of the signer and is not in the journal: it was lost with the rows that told of it.
struct LostUnit {
    std::string batch;
    DeviceId id;
    std::string job;
    Slot slot = Slot::Primary;
    Bytes serial;        ///< empty for a SAS key, and so is what follows
    Digest keyHash{};
    Bytes certificate;   ///< empty where the signature was interrupted
};

/// What a job wants reserved.
struct Reservation {
    std::string batch;
    std::optional<DeviceId> id;  ///< nothing: the batch's next free ID
    std::string scan;
    Bytes uid;
    std::string fixture;
    std::string job;
    KeyOrigin origin = KeyOrigin::Board;
    std::string family, firmware;
    std::string who{};           ///< the person who is logged in, if one is
};

enum class Verdict { Pass, Fail, Error, Aborted };
std::string_view name(Verdict verdict);  ///< "PASS", "FAIL", "ERROR", "ABORTED"

/// One attempt on one fixture, for the record; written when it ends.
struct JobRecord {
    std::string job;
    std::string batch;
    std::string fixture;
    std::string scan;
    std::optional<DeviceId> id;  ///< where it came so far
    Bytes uid;
    std::int64_t unit = 0;       ///< 0 where none was reserved
    UtcTime startedAt{}, endedAt{};
    Verdict verdict = Verdict::Error;
    std::string reason;          ///< name(ErrorCode), empty on PASS
    std::string detail;
    std::string who{};           ///< the person who was logged in when it was scanned; empty: nobody
};

/// A row of the audit log: one line of JSON whose "prev" is the SHA-256 of the line before.
struct AuditRow {
    std::uint64_t number = 0;  ///< from 1, gapless
    std::string line;
};

/// A signed head of the audit log.
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root{};
    Bytes signature;  ///< ECDSA over SHA-256 of checkpointText, DER
};

}  // namespace keystamp::db
