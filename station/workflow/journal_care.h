// SPDX-License-Identifier: Apache-2.0
// What a supervisor does to the journal itself. Each act is in the signer's ledger, and in the audit log.
#pragma once

#include "db/backup.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

struct Restoration {
    db::JournalContents copy;
    std::string kept;              ///< what was in its place; no such file where nothing was
    std::optional<Error> missing;  ///< the copy is older than what the signer knows: nothing is issued on it
};
/// Checks the copy and puts it in the journal's place. The station has its signer and no journal yet; afterwards it has this one.
/// JournalBusy while a run, the kiosk or a command has the journal; BadUsage where the copy is none of this station, or the journal that
/// is there is whole and has no less; PassphraseWrong. Nothing has changed then.
Result<Restoration> restoreJournal(Station& station, const std::string& file, const hsm::Authority& authority);

/// The clock is right although it does not fit the records: what follows is counted from now. BadUsage where it fits, or without a reason.
Result<void> rebaseClock(Station& station, const std::string& reason, const hsm::Authority& authority);

}  // namespace keystamp::workflow
