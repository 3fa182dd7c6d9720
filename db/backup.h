// SPDX-License-Identifier: Apache-2.0
// A copy of the journal in one file, made while it is in use, and how one is put back.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/result.h"

namespace keystamp::db {

/// What a journal holds.
struct JournalContents {
    std::string origin;  ///< the station's name in its last checkpoint; empty where it has none
    std::uint64_t rows = 0;  ///< of its audit log
    std::string lastRow;
    std::optional<UtcTime> lastTime;
    std::uint64_t units = 0;
};

/// How many of how many pages are copied.
using CopyProgress = std::function<void(int done, int all)>;

/// Copies the journal as it is at one moment, whoever writes meanwhile, to a file beside `out`; reads that back (the file, the chain,
/// every unit against its rows, the last row against the journal's) and only then puts it in its place, for good. BadUsage where `out` is
/// the journal, IoFault where `out` cannot be written; JournalFault, RecordsAltered. What was at `out` is still there then.
Result<JournalContents> backupJournal(const std::string& journal, const std::string& out, const CopyProgress& progress);

/// Checks a copy that nobody uses and says what it holds, working on a copy of its own in `ready`, which stays there, brought to this
/// program's schema. BadUsage where it is no copy or an empty one; JournalFault, RecordsAltered.
Result<JournalContents> checkBackup(const std::string& file, const std::string& ready);

/// As checkBackup of a journal in its own place. Nothing where there is none.
Result<std::optional<JournalContents>> checkInPlace(const std::string& journal);

/// Puts `ready` in the journal's place in one step, and keeps what was there as `kept` (with its -wal, where that could not be folded in).
/// JournalBusy where another process has the journal open.
Result<void> replaceJournal(const std::string& ready, const std::string& journal, const std::string& kept);

}  // namespace keystamp::db
