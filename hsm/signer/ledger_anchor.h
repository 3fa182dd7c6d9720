// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a second, small memory of how far the ledger had come, in a file beside it. A ledger that is gone, is another one, or
// knows of less than its anchor is not used.
//
// The anchor follows each commit that must never be undone, and is never ahead of one: it is written when the commit is on disk. It is
// not synced each time, so a power cut may set it back by some seconds, which accuses nobody. It cannot see a data folder that was set
// back as a whole; the journal, which lies in the same folder, cannot either: the auditor's copy of a checkpoint can.
//
// Threads: any; several processes may write it.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/file.h"
#include "core/result.h"

namespace keystamp::hsm {

struct LedgerMarks {
    Bytes id;  ///< 16 bytes, of one ledger for ever
    std::uint64_t signatures = 0, derivations = 0, acts = 0;  ///< the last row of each

    bool atStart() const { return signatures == 0 && derivations == 0 && acts == 0; }
    /// What of `these` this has not reached, in words; empty where it has it all.
    std::string behind(const LedgerMarks& these) const;
};

/// RecordsAltered, with why and the next step.
Error notTheNewest(const std::string& why);

class LedgerAnchor {
public:
    explicit LedgerAnchor(std::string path) : m_path(std::move(path)) {}

    const std::string& path() const { return m_path; }
    /// Nothing where there is no such file; RecordsAltered where there is no sense in it.
    Result<std::optional<LedgerMarks>> marks();
    /// A new anchor for a ledger that begins; on disk when it returns.
    Result<void> begin(const Bytes& id);
    /// Up to each mark that is further; it never goes back.
    Result<void> raise(const LedgerMarks& marks);
    Result<void> sync();

private:
    Result<void> openFile();

    const std::string m_path;
    std::mutex m_mutex;
    UniqueFd m_file;
};

}  // namespace keystamp::hsm
