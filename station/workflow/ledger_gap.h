// SPDX-License-Identifier: Apache-2.0
// A journal that was put back from a copy older than what the signer knows, where there is no newer one: what it lacks, and how a
// supervisor has it go on.
#pragma once

#include <functional>

#include "station/workflow/station.h"

namespace keystamp::workflow {

/// All that was asked of the HSM under a batch's grant, in the ledger's order.
Result<void> eachIssuance(hsm::Signer& signer, const std::string& batch, const std::function<Result<void>(const hsm::Issuance&)>& each);
/// As the journal would have it that has no row for it.
db::LostUnit asLost(const std::string& batch, const hsm::Issuance& one);

/// What the signer's ledger knows and the journal does not.
struct LedgerGap {
    std::vector<db::LostUnit> lost;     ///< asked of the HSM; no row tells of it
    std::vector<db::Unit> superseded;   ///< live in the journal, but the signer was told that their serial is void
    std::vector<std::string> batches;   ///< granted and used, and not in the journal: to be created again first, with the same terms
    std::optional<hsm::SignedCheckpoint> checkpoint;  ///< the last one that was signed, where the log is no extension of it

    bool none() const { return lost.empty() && superseded.empty() && batches.empty() && !checkpoint; }
};

/// Over all batches; changes nothing. Reads the ledger row by row.
Result<LedgerGap> findLedgerGap(const Station& station);

/// Brings what was lost into the journal as VOID, so that it is counted, listed to be blocked and in the CRL; voids what is superseded; and
/// has the signer sign a log that says what it gave up. Takes the run lock. Again, after a failure in between, it completes it.
/// BadUsage: no reason, no gap, or batches to be created first; JournalBusy; PassphraseWrong. The gap as it was.
Result<LedgerGap> reconcileJournal(Station& station, const std::string& reason, const hsm::Authority& authority);

}  // namespace keystamp::workflow
