// SPDX-License-Identifier: Apache-2.0
// The power goes, and the disk holds what was synced, with or without parts of what was not: nothing that the ledger acknowledged is lost,
// and its anchor accuses nobody. Where nothing is synced, or SQLite is less careful, the same harness finds losses: it can.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "hsm/signer/ledger.h"
#include "tests/support/power_cut.h"
#include "tests/support/temp_folder.h"

namespace keystamp::hsm {
namespace {

using test::AfterCut;
using test::Disk;

Grant grantOf(const std::string& batch, Mode mode) {
    Grant grant;
    grant.batch = batch;
    grant.mode = mode;
    grant.cap = 1'000'000;
    grant.pattern = batch + "-{seq}";
    grant.first = 1;
    grant.last = 1'000'000;
    return grant;
}

std::string lossOf(Ledger& ledger, const std::string& line, std::set<std::string>& keys) {
    std::istringstream words{line};
    std::string kind, what;
    int state = 0;
    words >> kind >> what >> state;
    if (kind == "key") keys.insert(what);
    if (kind == "checkpoint") {
        const auto last = ledger.lastCheckpoint();
        return last && *last && (*last)->head.size >= std::stoull(what) ? "" : line + " is gone";
    }
    if (kind != "leaf") return {};
    const auto row = ledger.find(*fromHex(what));
    if (!row || !*row) return line + " is gone";
    return static_cast<int>((*row)->state) >= state ? "" : line + " was said, found " + std::to_string(static_cast<int>((*row)->state));
}

std::string check(const AfterCut& after) {
    const auto ledger = Ledger::open(after.folder + "/ledger.db");
    if (!ledger) return "it does not open: " + describe(ledger.error());
    {
        SQLite::Database database{after.folder + "/ledger.db", SQLite::OPEN_READONLY};
        const std::string whole = database.execAndGet("PRAGMA integrity_check").getString();
        if (whole != "ok") return whole;
    }
    std::set<std::string> keys;
    for (const std::string& line : after.said) {
        if (std::string lost = lossOf(**ledger, line, keys); !lost.empty()) return lost;
    }
    const auto counts = (*ledger)->counts("s1");
    if (!counts) return describe(counts.error());
    return counts->derived >= keys.size() ? "" : "derivations: " + std::to_string(counts->derived) + " of " + std::to_string(keys.size());
}

class LedgerPower : public testing::Test {
protected:
    LedgerPower() {
        std::filesystem::create_directory(m_begin);
        const auto ledger = Ledger::open(m_begin + "/ledger.db");
        EXPECT_TRUE(ledger && (*ledger)->openGrant(grantOf("b1", Mode::X509), "anna") && (*ledger)->openGrant(grantOf("s1", Mode::Sas), "anna"));
    }
    test::Cuts cut(int count, Disk disk) {
        const auto cuts = test::cutOften(KEYSTAMP_POWER_WORK, m_begin, m_folder.path(), count, 150, disk, check);
        std::printf("ledger: %d power cuts, %zu acknowledgements, %zu with a loss\n", cuts.done, cuts.acknowledged, cuts.lost.size());
        return cuts;
    }

    test::TempFolder m_folder{test::TempFolder::On::Memory};
    const std::string m_begin = m_folder / "begin";
};

TEST_F(LedgerPower, NothingThatWasAcknowledgedIsLost) {
    const auto cuts = cut(test::howManyCuts(), Disk::AsConfigured);
    EXPECT_EQ(cuts.done, test::howManyCuts());
    EXPECT_GT(cuts.acknowledged, static_cast<std::size_t>(cuts.done) * 10);
    for (const auto& lost : cuts.lost) ADD_FAILURE() << lost;
}

TEST_F(LedgerPower, TheHarnessFindsLossesWhereNothingIsSynced) { EXPECT_FALSE(cut(4, Disk::SyncsNothing).lost.empty()); }
TEST_F(LedgerPower, TheHarnessFindsLossesWithARollbackJournalAndFull) { EXPECT_FALSE(cut(40, Disk::DeleteFull).lost.empty()); }
TEST_F(LedgerPower, TheHarnessFindsLossesWithAWalThatIsNotSyncedAtEachCommit) { EXPECT_FALSE(cut(20, Disk::WalNormal).lost.empty()); }

TEST_F(LedgerPower, AFirstStartThatIsCutOffBeginsAgain) {
    const std::string nothing = m_folder / "nothing";
    std::filesystem::create_directory(nothing);
    // the work has no grants there and ends by itself, unless the power goes first: while the ledger is made
    for (unsigned at = 1; at <= 6; ++at) {
        const auto after = test::cutPower(KEYSTAMP_POWER_WORK, nothing, m_folder.path(), at, Disk::AsConfigured, at % 2);
        const auto ledger = Ledger::open(after.folder + "/ledger.db");
        EXPECT_TRUE(ledger) << "sync " << at << ": " << describe(ledger.error());
    }
}

}  // namespace
}  // namespace keystamp::hsm
