// SPDX-License-Identifier: Apache-2.0
// A real journal in a folder of its own, and the steps that most tests take on it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "db/journal.h"
#include "tests/support/temp_folder.h"

namespace keystamp::test {

/// The value, or a failed test that says the error and goes no further.
template <typename T>
T must(Result<T> result) {
    if (!result.ok()) {
        ADD_FAILURE() << describe(result.error());
        std::abort();
    }
    return std::move(result).value();
}
inline void must(const Result<void>& result) {
    if (result.ok()) return;
    ADD_FAILURE() << describe(result.error());
    std::abort();
}

template <typename T>
std::string codeOf(const Result<T>& result) {
    return result.ok() ? "ok" : std::string{name(result.error().code)};
}

class TestJournal {
public:
    TestJournal() { reopen(); }

    void reopen() {
        m_journal.reset();
        m_journal = must(db::Journal::open(path(), "test-line", [this] { return clock(); }));
    }
    Clock clock = utcNow;
    std::string path() const { return m_folder / "journal.db"; }
    const TempFolder& folder() const { return m_folder; }
    db::Journal& operator*() { return *m_journal; }
    db::Journal* operator->() { return m_journal.get(); }

    void patternBatch(const std::string& name, Mode mode, std::uint64_t count, std::uint64_t spare = 0, bool match = false) {
        db::Batch batch;
        batch.name = name;
        batch.mode = mode;
        batch.scopeId = "0ne00TEST01";
        batch.pattern = name + "-{seq:04}";
        batch.first = 1;
        batch.match = match;
        batch.count = count;
        batch.spare = spare;
        batch.createdBy = "erika";
        must(m_journal->createBatch(batch, {}));
    }
    void listBatch(const std::string& name, Mode mode, const std::vector<db::ListedId>& ids) {
        db::Batch batch;
        batch.name = name;
        batch.mode = mode;
        batch.scopeId = "0ne00TEST01";
        batch.count = ids.size();
        batch.createdBy = "erika";
        must(m_journal->createBatch(batch, ids));
    }

    static DeviceId id(const std::string& text) { return must(DeviceId::parse(text)); }
    static Bytes uid(const std::string& text) { return toBytes(asBytes(text)); }

    /// Scan and UID from one word; the ID is the batch's to give unless it is named.
    static db::Reservation reservation(const std::string& batch, const std::string& board, std::optional<DeviceId> id = {}) {
        db::Reservation wanted;
        wanted.batch = batch;
        wanted.id = std::move(id);
        wanted.scan = "sn-" + board;
        wanted.uid = uid("uid-" + board);
        wanted.fixture = "F1";
        wanted.job = "job-" + board;
        wanted.family = "test";
        wanted.firmware = "1.0";
        return wanted;
    }

    /// Serial and credential that belong to this unit and no other; `certificate` empty for sas.
    static Bytes serialOf(const db::Unit& unit) {
        Bytes serial = toBytes(sha256("serial " + std::to_string(unit.number)));
        serial.resize(16);
        serial[0] = 0x11;
        return unit.origin == db::KeyOrigin::Derived ? Bytes{} : serial;
    }
    static Bytes certificateOf(const db::Unit& unit) {
        return unit.origin == db::KeyOrigin::Derived ? Bytes{} : toBytes(asBytes("certificate " + std::to_string(unit.number)));
    }
    static db::JobRecord job(const db::Unit& unit, db::Verdict verdict, const std::string& reason = {}) {
        return {unit.job, unit.batch, unit.fixture, unit.scan, unit.id, unit.uid, unit.number, utcNow(), utcNow(), verdict, reason, {}};
    }

    /// Takes a unit from where reserve() left it to `state`.
    void advance(const db::Unit& unit, db::UnitState state) { advance(unit, state, certificateOf(unit)); }
    void advance(const db::Unit& unit, db::UnitState state, const Bytes& certificate) {
        using db::UnitState;
        const auto reached = [&](UnitState step) { return state >= step && state != UnitState::Void; };
        if (reached(UnitState::Intended)) must(m_journal->intend(unit.number, serialOf(unit), sha256("key")));
        const Digest credential = certificate.empty() ? sha256("sas key " + unit.id.text()) : sha256(BytesView{certificate});
        if (reached(UnitState::Issued)) must(m_journal->issue(unit.number, certificate, credential));
        if (reached(UnitState::Written)) m_journal->written(unit.number);
        if (reached(UnitState::Verified)) m_journal->verified(unit.number, db::Evidence::Proof);
        if (reached(UnitState::Recorded)) must(m_journal->record(unit.number, job(unit, db::Verdict::Pass)));
        if (state == UnitState::Void) must(m_journal->voidUnit(unit.number, "test", "erika"));
    }
    db::Unit recorded(const std::string& batch, const std::string& board, std::optional<DeviceId> id = {}) {
        const db::Unit unit = must(m_journal->reserve(reservation(batch, board, std::move(id))));
        advance(unit, db::UnitState::Recorded);
        m_journal->locked(unit.number);
        return must(m_journal->history(unit.id)).back();
    }

private:
    TempFolder m_folder{TempFolder::On::Memory};
    std::unique_ptr<db::Journal> m_journal;
};

}  // namespace keystamp::test
