// SPDX-License-Identifier: Apache-2.0
// The station as one thing: configuration, journal, signer. Kiosk and command line both open one and work through it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/file.h"
#include "core/result.h"
#include "db/audit_proof.h"
#include "db/journal.h"
#include "db/key_list.h"
#include "db/manifest.h"
#include "hsm/signer.h"
#include "station/workflow/config.h"
#include "station/workflow/labels.h"
#include "station/workflow/latency.h"
#include "station/workflow/scanners.h"

namespace keystamp::workflow {

/// Opens journal and signer; both as pointers so that tests put their own in.
struct Station {
    Config config;
    std::unique_ptr<db::Journal> journal;
    std::unique_ptr<hsm::Signer> signer;  ///< may be null where openStation was told not to need it
    UniqueFd runLock;                     ///< held by the one that runs boards
    Latency latency{};                    ///< of the signer's signatures and keys
    std::unique_ptr<Labels> labels{};     ///< from beginLabels() on; or null
    std::unique_ptr<Scanners> scanners{}; ///< while somebody listens to them

    enum class Use {
        Records,  ///< journal only
        Signer,   ///< journal and signer
        Run,      ///< both, and the run lock: JournalBusy where another runs
    };
};

Result<std::unique_ptr<Station>> openStation(const Config& config, Station::Use use);

/// What recovery did at start, a line each, in words; the lines for units that wait for their board come last.
struct RecoveryReport {
    std::vector<std::string> finished;    ///< resolved without a board
    std::vector<db::Unit> unresolved;     ///< need their board on a fixture
};
/// Finishes what needs no board: RESERVED is voided; INTENDED is looked up in the signer's ledger and becomes ISSUED, or VOID.
/// It stays INTENDED where nothing was signed and its board may still have the key (or needs none: sas): that board's next
/// scan goes on with the same intent, so that a crash costs no issuance.
/// ReconciliationGap, and nothing is touched, where the signer's ledger knows of more in an open batch than the journal does.
Result<RecoveryReport> recover(Station& station);

/// Begins to print labels, where [label] is configured: by the one that runs boards, when recover() has found journal and ledger to agree.
void beginLabels(Station& station);

/// One line of the preflight.
struct Check {
    std::string name;
    bool good = false;
    std::string detail;    ///< what was found
    std::string nextStep;  ///< what to do; with a good one: soon
    std::optional<Error> error{};  ///< where it is bad for one: detail and nextStep are its words
};
/// Signer and its keys (self-test), CA validity, clock, journal, disk, supervisor, the label printer, each fixture's link and board. Opens what of
/// the station is not open yet, so that a station that cannot open says why. `each` hears of each check as it ends.
std::vector<Check> preflight(Station& station, const std::function<void(const Check&)>& each = {});
/// The same where nothing is open; a configuration that cannot be read (as loadConfig) is the only line then.
std::vector<Check> preflight(const std::optional<std::string>& configFile, const std::function<void(const Check&)>& each = {});

/// The journal's part of it.
std::vector<Check> journalChecks(Station& station, const std::function<void(const Check&)>& each = {});

/// The part of it that touches boards.
std::vector<Check> fixtureChecks(Station& station, const std::function<void(const Check&)>& each = {});

/// What a new batch gets that names no slot: the signer's ledger keeps it (`ca roll`).
Result<Slot> activeSlot(Station& station);

/// Batch commands. Each is audited.
struct BatchOrder {
    db::Batch batch;
    std::vector<db::ListedId> ids;
    const db::KeyList* keys = nullptr;  ///< imported: of these very IDs
};
/// What of an order a person may leave unsaid.
struct BatchWishes {
    std::optional<std::uint64_t> count, spare;
    std::optional<Slot> slot;
};
/// Completes it: all IDs of its list, defaultSpare() (none of imported keys, each of which is for one device), the active slot (of
/// imported keys the primary ones). Then as checkBatchOrder.
Result<void> completeOrder(Station& station, BatchOrder& order, const BatchWishes& wishes);
/// Whether createBatch would take it; for saying so before a passphrase is asked for.
Result<void> checkBatchOrder(Station& station, const BatchOrder& order);
/// Grant in the signer first, then imported keys into it, then the journal: repeating it after a failure between the two completes it.
Result<void> createBatch(Station& station, const BatchOrder& order, const hsm::Authority& authority);
struct BatchExtension {
    std::string batch;
    std::uint64_t count = 0;         ///< more units; of a list without new IDs: more issuances for the IDs it has
    std::vector<db::ListedId> ids;   ///< new ones for a list, `count` of them
    std::string reason;
    const db::KeyList* keys = nullptr;  ///< imported: those of `ids`
};
/// Grant first, then the journal, as createBatch. The batch as it will be: nothing changes before releaseBatch. What waits already is replaced.
/// SecondSupervisor where nobody else is enrolled who could release it.
Result<db::Batch> extendBatch(Station& station, const BatchExtension& extension, const hsm::Authority& authority);
/// The extension that waits holds from now on, by a supervisor who did not ask for it (SecondSupervisor); BadUsage where none waits, or
/// another one than that of the cap that they were `shown`.
Result<void> releaseBatch(Station& station, const std::string& batch, const hsm::Authority& authority, std::optional<std::uint64_t> shown = {});
/// Spare units unless given: max(5, 10 %).
std::uint64_t defaultSpare(std::uint64_t count);

/// Three numbers that must agree (DESIGN: ledger intents = live + void in the journal = rows in units.csv).
struct Reconciliation {
    std::uint64_t ledger = 0;
    std::uint64_t journal = 0;
    std::uint64_t manifest = 0;
    std::vector<std::string> gaps;  ///< each difference, row by row
    bool agrees() const { return gaps.empty(); }
};
Result<Reconciliation> reconcile(Station& station, const std::string& batch);
/// The same, and ReconciliationGap with each difference where they do not agree: nothing leaves the station then.
Result<Reconciliation> reconciled(Station& station, const std::string& batch);
/// Reconciles, refuses unresolved units (Unresolved) and gaps (ReconciliationGap), closes and takes a checkpoint.
Result<Reconciliation> closeBatch(Station& station, const std::string& batch, const std::string& who);

/// A signed checkpoint of the audit log as it is now, kept in the journal.
Result<db::Checkpoint> takeCheckpoint(Station& station);
/// What a shift ends with: the checkpoint that reaches to all it recorded. The last one where only that one's own row is behind it;
/// else a new one. The records stand without it: whoever cannot have one says so and ends all the same.
Result<db::Checkpoint> endShift(Station& station);
/// The newest one: the journal's, or the signer's (where there is a signer) if that is ahead, for a journal that was set back
/// does not know what it has lost. Nothing where none was signed yet.
Result<std::optional<db::Checkpoint>> newestCheckpoint(Station& station);
/// One device's audit rows under the journal's last checkpoint, or under a new one where that does not reach to all of them.
Result<db::AuditProof> proveUnit(Station& station, const DeviceId& id);
/// Checkpoint, files, signature.
Result<db::ManifestReport> exportManifest(Station& station, const std::string& batch, const std::string& folder);

/// What a supervisor does to a unit, each with a reason, audited and in the signer's ledger. BadUsage where it is in no state for it.
/// The end of an unresolved unit whose board is lost or proven blank.
Result<void> resolveUnit(Station& station, const DeviceId& id, const std::string& reason, const hsm::Authority& authority);
/// A recorded unit becomes void, and its ID and board may be scanned again: x509 gets a new key and certificate, which supersedes the old
/// one; sas the same key, on the same board only; an imported key is gone, so BadUsage until it was imported anew, in another batch.
/// Takes a place under the batch's cap as any issuance.
Result<void> reworkUnit(Station& station, const DeviceId& id, const std::string& reason, const hsm::Authority& authority);
/// The unit becomes void and its board is never given an identity again.
Result<void> scrapUnit(Station& station, const DeviceId& id, const std::string& reason, const hsm::Authority& authority);
/// Whether there is something in it to be read later.
bool isReason(const std::string& text);

/// The slot's CRL, over all that is void in journal and ledger.
Result<hsm::Crl> signCrl(Station& station, Slot slot, const hsm::Authority& authority);

}  // namespace keystamp::workflow
