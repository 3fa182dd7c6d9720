// SPDX-License-Identifier: Apache-2.0
// The power goes while units are made, reworked and scrapped, and the disk holds what was synced, with or without parts of what was not:
// nothing that the journal acknowledged is lost, no ID is live twice, each chain of superseded certificates is whole. On a disk that syncs
// nothing, or with SQLite less careful, the same harness finds losses: it can.
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "tests/support/journal.h"
#include "tests/support/power_cut.h"

namespace keystamp::test {
namespace {

class JournalPower : public testing::Test {
protected:
    JournalPower() {
        std::filesystem::create_directory(m_begin);
        const auto journal = must(db::Journal::open(m_begin + "/journal.db", "test-line"));
        for (const auto& [name, mode] : {std::pair{"b", Mode::X509}, std::pair{"s", Mode::Sas}}) {
            db::Batch batch;
            batch.name = name;
            batch.mode = mode;
            batch.pattern = batch.name + "-{seq}";
            batch.count = 1'000'000;
            must(journal->createBatch(batch, {}));
        }
    }
    Cuts cut(int count, Disk disk) {
        const auto cuts = cutOften(KEYSTAMP_POWER_WORK, m_begin, m_folder.path(), count, 150, disk, check);
        std::printf("journal: %d power cuts, %zu acknowledgements, %zu with a loss\n", cuts.done, cuts.acknowledged, cuts.lost.size());
        return cuts;
    }
    static std::string check(const AfterCut& after) {
        const auto journal = db::Journal::open(after.folder + "/journal.db", "test-line");
        if (!journal) return "it does not open: " + describe(journal.error());
        if (const auto whole = (*journal)->check(); !whole) return describe(whole.error());
        std::map<std::int64_t, int> found;
        std::map<std::string, Digest> newest;  // thumbprint of each ID
        std::set<std::string> live;
        std::string wrong;
        for (const char* batch : {"b", "s"}) {
            const auto read = (*journal)->eachUnit(batch, [&](const db::Unit& unit) {
                found[unit.number] = static_cast<int>(unit.state);
                if (unit.live() && !live.insert(unit.id.text()).second) wrong = unit.id.text() + " is live twice";
                if (unit.certificate.empty()) return Result<void>{};
                if (unit.supersedes != newest[unit.id.text()]) wrong = "unit " + std::to_string(unit.number) + " supersedes another certificate";
                newest[unit.id.text()] = unit.credential;
                return Result<void>{};
            });
            if (!read) return describe(read.error());
        }
        if (!wrong.empty()) return wrong;
        for (const std::string& line : after.said) {
            std::int64_t unit = 0;
            int state = 0;
            std::istringstream{line} >> unit >> state;
            if (!found.contains(unit)) return "unit " + std::to_string(unit) + " is gone";
            if (found[unit] < state) return "unit " + line + " was said, found " + std::to_string(found[unit]);
        }
        return {};
    }

    TempFolder m_folder{TempFolder::On::Memory};
    const std::string m_begin = m_folder / "begin";
};

TEST_F(JournalPower, NothingThatWasAcknowledgedIsLost) {
    const auto cuts = cut(howManyCuts(), Disk::AsConfigured);
    EXPECT_EQ(cuts.done, howManyCuts());
    EXPECT_GT(cuts.acknowledged, static_cast<std::size_t>(cuts.done) * 10);
    for (const auto& lost : cuts.lost) ADD_FAILURE() << lost;
}

TEST_F(JournalPower, TheHarnessFindsLossesWhereNothingIsSynced) { EXPECT_FALSE(cut(4, Disk::SyncsNothing).lost.empty()); }
TEST_F(JournalPower, TheHarnessFindsLossesWithARollbackJournalAndFull) { EXPECT_FALSE(cut(40, Disk::DeleteFull).lost.empty()); }
TEST_F(JournalPower, TheHarnessFindsLossesWithAWalThatIsNotSyncedAtEachCommit) { EXPECT_FALSE(cut(20, Disk::WalNormal).lost.empty()); }

}  // namespace
}  // namespace keystamp::test
