// SPDX-License-Identifier: Apache-2.0
// The labels that wait for the printer. One thread of its own prints them, in the order in which their units were recorded, so that a
// printer that is off, slow or empty delays no board; it tries again until the printer is back. A label is printed for a unit that the
// journal says is RECORDED, and for no other.
//
// Audited when it is the printer's: label-print, or label-reprint for one that a person asked for. A label whose connection broke while it
// was sent may come out twice: it is sent again, and its row says so ("again").
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "db/journal.h"
#include "station/label/settings.h"

namespace keystamp::workflow {

/// Who wants a label once more, and why; empty where nobody said.
struct LabelAsked {
    std::string reason, who;
};

/// Prints one label now and has it audited: for a program that runs no boards. BadUsage for a unit that is not RECORDED; Printer...
Result<void> printLabelNow(db::Journal& journal, const label::Settings& settings, const DeviceId& id,
                           const LabelAsked& asked);

class Labels {
public:
    /// How long it waits before it looks at the printer again.
    struct Pace {
        std::chrono::milliseconds idle{2'000};
        std::chrono::milliseconds trouble{1'000};
    };
    /// Begins with what was recorded since labels were printed here and has none.
    Labels(db::Journal& journal, label::Settings settings, Pace pace);
    Labels(db::Journal& journal, label::Settings settings) : Labels(journal, std::move(settings), Pace{}) {}
    /// What waits then is printed when the station starts anew. Ends within the printer's deadlines.
    ~Labels();
    Labels(const Labels&) = delete;
    Labels& operator=(const Labels&) = delete;

    // ---- any thread; these wait for no printer
    /// Of a unit that was just recorded; gives what a scanner will read from its label. BadUsage where the journal says it is not recorded;
    /// JournalFault.
    Result<std::vector<std::string>> print(const DeviceId& id);
    Result<void> printAgain(const DeviceId& id, const LabelAsked& asked);
    bool waits(const DeviceId& id) const;
    struct State {
        std::vector<std::string> waiting;  ///< IDs, the next one first
        std::optional<Error> trouble;      ///< of the printer, for as long as it lasts
        std::string again;                 ///< the ID of the label that was printed last, where it may have come out twice
    };
    State state() const;
    const label::Settings& settings() const { return m_settings; }

    /// Until nothing waits or the printer is in trouble.
    void settle(Deadline deadline);

private:
    struct Parts;
    const label::Settings m_settings;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace keystamp::workflow
