// SPDX-License-Identifier: Apache-2.0
// A process is killed in the middle of its work, again and again: what it had acknowledged is there.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <map>
#include <thread>

#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

struct Said {
    std::int64_t unit;
    int state;  // UnitState that was acknowledged
};

// Eight fixtures at work; each acknowledgement goes through the pipe, in one write.
[[noreturn]] void work(const std::string& path, int round, int pipe) {
    auto opened = db::Journal::open(path, "test-line");
    if (!opened) _exit(3);
    db::Journal& journal = **opened;
    std::vector<std::thread> fixtures;
    for (int fixture = 0; fixture < 8; ++fixture) {
        fixtures.emplace_back([&, fixture] {
            for (int n = 0;; ++n) {
                const std::string board = std::to_string(round) + "-" + std::to_string(fixture) + "-" + std::to_string(n);
                const auto unit = journal.reserve(TestJournal::reservation("b", board));
                if (!unit) _exit(4);
                const auto say = [&](db::UnitState state) {
                    const Said said{unit->number, static_cast<int>(state)};
                    if (::write(pipe, &said, sizeof said) != sizeof said) _exit(5);
                };
                say(db::UnitState::Reserved);
                const Bytes certificate = TestJournal::certificateOf(*unit);
                if (!journal.intend(unit->number, TestJournal::serialOf(*unit), sha256("key"))) _exit(6);
                say(db::UnitState::Intended);
                if (!journal.issue(unit->number, certificate, sha256(BytesView{certificate}))) _exit(7);
                say(db::UnitState::Issued);
                journal.written(unit->number);
                journal.verified(unit->number, db::Evidence::Proof);
                if (!journal.record(unit->number, TestJournal::job(*unit, db::Verdict::Pass))) _exit(8);
                say(db::UnitState::Recorded);
            }
        });
    }
    for (auto& fixture : fixtures) fixture.join();
    _exit(9);
}

TEST(Kill, NothingThatWasAcknowledgedIsLost) {
    const TempFolder folder;
    const std::string path = folder / "journal.db";
    {
        // closed again before the first fork: SQLite's connections do not go over one
        db::Batch batch;
        batch.name = "b";
        batch.pattern = "b-{seq}";
        batch.count = 1'000'000;
        must(must(db::Journal::open(path, "test-line"))->createBatch(batch, {}));
    }
    std::map<std::int64_t, int> said;
    for (int round = 0; round < 12; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(ends[0]);
            work(path, round, ends[1]);
        }
        ::close(ends[1]);
        // killed after so many acknowledgements, wherever it is then
        const int limit = 20 + round * 37;
        Said one{};
        for (int n = 0; ::read(ends[0], &one, sizeof one) == sizeof one; ++n) {
            said[one.unit] = std::max(said[one.unit], one.state);
            if (n == limit) ::kill(child, SIGKILL);
        }
        ::close(ends[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);

        std::map<std::int64_t, int> found;
        const auto reopened = must(db::Journal::open(path, "test-line"));
        must(reopened->eachUnit("b", [&](const db::Unit& unit) {
            found[unit.number] = static_cast<int>(unit.state);
            return Result<void>{};
        }));
        for (const auto& [unit, state] : said) EXPECT_GE(found[unit], state) << "unit " << unit << " in round " << round;
        must(reopened->check());
    }
    EXPECT_GT(said.size(), 100u);
}

}  // namespace
}  // namespace keystamp::test
