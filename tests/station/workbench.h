// SPDX-License-Identifier: Apache-2.0
// A station without processes for tests of the workflow: a real journal in a folder of its own, a Signer and boards in memory.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "station/workflow/job.h"
#include "station/workflow/station.h"
#include "tests/support/fake_board.h"
#include "tests/support/fake_signer.h"
#include "tests/support/temp_folder.h"

namespace keystamp::test {

/// Thrown where a test has the station die. Nothing in the station catches it, as nothing survives a kill.
struct Crash {};

/// Where the station dies, or something else happens: at the nth call to board or signer, before or after it was done.
struct Trap {
    int at = 0;  ///< counts down; 0: never
    bool after = false;
    std::function<void()> spring = [] { throw Crash{}; };
    int seen = 0;

    template <typename Act>
    auto around(Act act) {
        const bool here = ++seen == at;
        if (here && !after) spring();
        auto result = act();
        if (here && after) spring();
        return result;
    }
};

using SiliconPtr = std::shared_ptr<FakeSilicon>;

/// What a batch is of, in these tests.
struct Kind {
    const char* words;
    Mode mode;
    bool makesKeys;
};
inline const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all{{"x509, key made on the board", Mode::X509, true},
                                       {"x509, key made in the station", Mode::X509, false},
                                       {"sas", Mode::Sas, true}};
    return all;
}

class TestStation {
public:
    TestStation();
    TestStation(const TestStation&) = delete;
    TestStation& operator=(const TestStation&) = delete;

    /// A pattern batch `NAME-{seq:04}` from 1, with its grant.
    db::Batch patternBatch(const std::string& name, Mode mode, std::uint64_t count = 10, bool match = false);
    db::Batch listBatch(const std::string& name, Mode mode, const std::vector<db::ListedId>& ids, const std::string& scopeId = "0ne00TEST01");

    static SiliconPtr silicon(bool makesKeys = true);

    /// One job on one fixture. `trap` springs around calls of board and signer.
    workflow::JobOutcome scan(const db::Batch& batch, const std::string& scan, const SiliconPtr& on, Trap* trap = nullptr,
                              const std::string& fixture = "F1");

    std::vector<db::Unit> units(const std::string& batch) const;
    /// The one unit of this state, or a test failure.
    db::Unit only(const std::string& batch, db::UnitState state) const;
    /// What holds after anything: one live unit an ID and a board, no serial twice, no signature the journal does not know,
    /// every recorded unit proven.
    void holdInvariants(const std::string& batch) const;
    /// Whether the board proves this unit's credential now.
    bool proves(const db::Unit& unit, const db::Batch& batch, const SiliconPtr& on);

    workflow::Station& station() { return m_station; }
    FakeSigner& signer() { return *m_signer; }
    db::Journal& journal() const { return *m_station.journal; }
    const std::string& folder() const { return m_folder.path(); }

    Clock clock = utcNow;  ///< the journal's
    workflow::Sampler* sampler = nullptr;
    std::atomic<bool> stop{false};
    std::chrono::milliseconds jobLimit{60'000};
    workflow::JobListener listener = [](const workflow::JobProgress&) {};
    /// Called with each board before it is handed out; a test may put its own in.
    std::function<void(std::unique_ptr<flashing::Board>&)> onOpen = [](auto&) {};

private:
    /// With its grant.
    db::Batch open(db::Batch batch, const std::vector<db::ListedId>& ids);

    /// In memory: these tests ask what is written in which order, not whether the disk keeps it.
    TempFolder m_folder{TempFolder::On::Memory};
    workflow::Station m_station;
    FakeSigner* m_signer = nullptr;
    workflow::InHand m_inHand;
};

/// A Board that springs a trap around each call.
std::unique_ptr<flashing::Board> trapped(std::unique_ptr<flashing::Board> board, Trap& trap);
/// A Signer that does.
std::unique_ptr<hsm::Signer> trapped(hsm::Signer& signer, Trap& trap);

}  // namespace keystamp::test
