// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/labels.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "station/label/layout.h"
#include "station/label/printer.h"
#include "station/workflow/audit_row.h"
#include "station/workflow/labels_owed.h"

namespace keystamp::workflow {
namespace {

/// The one door to a label: the journal says RECORDED, or there is none.
Result<db::Unit> recordedUnit(const db::Journal& journal, const DeviceId& id) {
    const auto unit = journal.liveUnit(id);
    if (!unit) return unit.error();
    if (!*unit || (*unit)->state != db::UnitState::Recorded) {
        return Error{ErrorCode::BadUsage, id.text() + " is not recorded" + (*unit ? " (" + std::string{name((*unit)->state)} + ")" : "") + "; it gets no label"};
    }
    return **unit;
}

struct Wanted {
    DeviceId id;
    std::optional<LabelAsked> asked;  ///< nothing: printed by the line
    bool again = false;               ///< it may have come out before
};

Result<void> note(db::Journal& journal, const db::Unit& unit, const Wanted& wanted, const std::string& printer) {
    nlohmann::ordered_json row{{"unit", unit.number}, {"id", unit.id.text()}, {"batch", unit.batch}, {"uid", toHex(unit.uid)}, {"printer", printer}};
    if (wanted.again) row["again"] = true;
    if (wanted.asked) row["reason"] = wanted.asked->reason;
    if (wanted.asked) row["who"] = wanted.asked->who;
    return addRow(journal, wanted.asked ? "label-reprint" : "label-print", row);
}

}  // namespace

Result<void> printLabelNow(db::Journal& journal, const label::Settings& settings, const DeviceId& id, const LabelAsked& asked) {
    const auto unit = recordedUnit(journal, id);
    if (!unit) return unit.error();
    label::Printer printer{settings.printer};
    if (auto sent = printer.send(settings.form.of(*unit)); !sent.result) {
        Error error = sent.result.error();
        if (sent.mayBePrinted) error.detail += "; the label may have come out all the same";
        return error;
    }
    return note(journal, *unit, {id, asked}, settings.printer);
}

struct Labels::Parts {
    Parts(db::Journal& records, const label::Settings& given, Pace rhythm) : journal(records), settings(given), pace(rhythm), printer(given.printer) {
        takeOwed();
        mark("labels-begin");
        thread = std::thread([this] { run(); });
    }
    ~Parts() {
        {
            const std::lock_guard lock(mutex);
            ending = true;
            wake.notify_one();
        }
        thread.join();
        mark("labels-end");
    }

    /// What is recorded in between gets labels (labels_owed.h).
    void mark(const char* kind) {
        static_cast<void>(journal.audit(kind, nlohmann::ordered_json{{"printer", settings.printer}}.dump()));
    }

    void run() {
        for (;;) {
            std::optional<Wanted> next;
            {
                std::unique_lock lock(mutex);
                const auto called = [&] { return ending || (!trouble && !waiting.empty()); };
                wake.wait_for(lock, trouble ? pace.trouble : pace.idle, called);
                if (ending) return;
                if (!waiting.empty()) next = waiting.front();
            }
            next ? print(*next) : look();
        }
    }

    void takeOwed() {
        const auto owed = labelsOwed(journal);
        if (!owed) return;
        // whether the label of a station that was cut off came out, nobody knows
        for (const DeviceId& id : *owed) waiting.push_back({id, {}, true});
    }

    void look() {
        const auto said = printer.ask();
        set(said ? std::nullopt : std::optional{said.error()});
    }

    void print(const Wanted& wanted) {
        const auto unit = recordedUnit(journal, wanted.id);
        // since it was put here its unit was voided: it gets no label any more
        if (!unit && unit.error().code == ErrorCode::BadUsage) return finish({});
        if (!unit) return set(unit.error());
        const auto sent = printer.send(settings.form.of(*unit));
        if (!sent.result) {
            const std::lock_guard lock(mutex);
            waiting.front().again = waiting.front().again || sent.mayBePrinted;
            trouble = sent.result.error();
            changed.notify_all();
            return;
        }
        // a label that the log cannot keep is out all the same; that a disk is full is said where boards are recorded
        static_cast<void>(note(journal, *unit, wanted, settings.printer));
        finish(wanted.again ? wanted.id.text() : "");
    }

    void finish(const std::string& twice) {
        const std::lock_guard lock(mutex);
        waiting.pop_front();
        trouble.reset();
        again = twice;
        changed.notify_all();
    }

    void set(std::optional<Error> now) {
        const std::lock_guard lock(mutex);
        trouble = std::move(now);
        changed.notify_all();
    }

    Result<db::Unit> add(const DeviceId& id, std::optional<LabelAsked> asked) {
        auto unit = recordedUnit(journal, id);
        if (!unit) return unit;
        const std::lock_guard lock(mutex);
        waiting.push_back({id, std::move(asked)});
        wake.notify_one();
        return unit;
    }

    db::Journal& journal;
    const label::Settings& settings;
    const Pace pace;

    mutable std::mutex mutex;  ///< the next six
    std::condition_variable wake, changed;
    std::deque<Wanted> waiting;
    std::optional<Error> trouble;
    std::string again;
    bool ending = false;

    label::Printer printer;  ///< the thread's own
    std::thread thread;
};

Labels::Labels(db::Journal& journal, label::Settings settings, Pace pace)
    : m_settings(std::move(settings)), m_parts(std::make_unique<Parts>(journal, m_settings, pace)) {}

Labels::~Labels() = default;

Result<std::vector<std::string>> Labels::print(const DeviceId& id) {
    const auto unit = m_parts->add(id, {});
    if (!unit) return unit.error();
    return label::codesOf(m_settings.form.of(*unit));
}

Result<void> Labels::printAgain(const DeviceId& id, const LabelAsked& asked) {
    const auto unit = m_parts->add(id, asked);
    return unit ? Result<void>{} : unit.error();
}

bool Labels::waits(const DeviceId& id) const {
    const std::lock_guard lock(m_parts->mutex);
    return std::ranges::any_of(m_parts->waiting, [&](const Wanted& each) { return each.id == id; });
}

Labels::State Labels::state() const {
    const std::lock_guard lock(m_parts->mutex);
    State state{{}, m_parts->trouble, m_parts->again};
    for (const auto& each : m_parts->waiting) state.waiting.push_back(each.id.text());
    return state;
}

void Labels::settle(Deadline deadline) {
    std::unique_lock lock(m_parts->mutex);
    m_parts->changed.wait_for(lock, deadline.left(), [&] { return m_parts->waiting.empty() || m_parts->trouble; });
}

}  // namespace keystamp::workflow
