// SPDX-License-Identifier: Apache-2.0
// Four fixtures that provision into the journal of a folder until the power goes; each acknowledgement is a line `<unit> <UnitState>`.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "tests/support/journal.h"

namespace {

using namespace keystamp;

void say(const db::Unit& unit, db::UnitState state) {
    char line[64];
    const int size = std::snprintf(line, sizeof line, "%lld %d\n", static_cast<long long>(unit.number), static_cast<int>(state));
    if (::write(STDOUT_FILENO, line, static_cast<std::size_t>(size)) != size) std::_Exit(4);
}

void provision(db::Journal& journal, const std::string& board) {
    const auto unit = journal.reserve(test::TestJournal::reservation("b", board));
    if (!unit) std::_Exit(5);
    say(*unit, db::UnitState::Reserved);
    const Bytes certificate = test::TestJournal::certificateOf(*unit);
    if (!journal.intend(unit->number, test::TestJournal::serialOf(*unit), sha256("key"))) std::_Exit(6);
    say(*unit, db::UnitState::Intended);
    if (!journal.issue(unit->number, certificate, sha256(BytesView{certificate}))) std::_Exit(7);
    say(*unit, db::UnitState::Issued);
    journal.written(unit->number);
    journal.verified(unit->number, db::Evidence::Proof);
    if (!journal.record(unit->number, test::TestJournal::job(*unit, db::Verdict::Pass))) std::_Exit(8);
    say(*unit, db::UnitState::Recorded);
}

}  // namespace

int main(int, char** words) {
    const std::string path = std::string{words[1]} + "/journal.db";
    // closed and opened again, too: that folds the WAL back and deletes it
    for (int round = 0;; ++round) {
        auto journal = db::Journal::open(path, "test-line");
        if (!journal) std::_Exit(3);
        std::vector<std::thread> fixtures;
        for (int fixture = 0; fixture < 4; ++fixture) {
            fixtures.emplace_back([&, fixture] {
                for (int n = 0; n < 4; ++n) provision(**journal, std::to_string(round) + "-" + std::to_string(fixture) + "-" + std::to_string(n));
            });
        }
        for (auto& fixture : fixtures) fixture.join();
    }
}
