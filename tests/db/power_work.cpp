// SPDX-License-Identifier: Apache-2.0
// Four fixtures that provision x509 and sas units, have some of them reworked and provision them anew, and scrap some, into the journal of a
// folder until the power goes; each acknowledgement is a line `<unit> <UnitState>`.
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

/// Until it is RECORDED, as a job does it.
db::Unit provision(db::Journal& journal, const std::string& batch, const std::string& board) {
    auto wanted = test::TestJournal::reservation(batch, board);
    if (batch == "s") wanted.origin = db::KeyOrigin::Derived;
    const auto unit = journal.reserve(wanted);
    if (!unit) std::_Exit(5);
    say(*unit, db::UnitState::Reserved);
    const Bytes certificate = test::TestJournal::certificateOf(*unit);
    if (!journal.intend(unit->number, test::TestJournal::serialOf(*unit), sha256("key"))) std::_Exit(6);
    say(*unit, db::UnitState::Intended);
    const Digest credential = certificate.empty() ? sha256("sas key " + unit->id.text()) : sha256(BytesView{certificate});
    if (!journal.issue(unit->number, certificate, credential)) std::_Exit(7);
    say(*unit, db::UnitState::Issued);
    journal.written(unit->number);
    journal.verified(unit->number, db::Evidence::Proof);
    if (!journal.record(unit->number, test::TestJournal::job(*unit, db::Verdict::Pass))) std::_Exit(8);
    say(*unit, db::UnitState::Recorded);
    return *unit;
}

void end(db::Journal& journal, const db::Unit& unit, db::VoidedFor what) {
    if (!journal.voidUnit(unit.number, "power", "erika", what)) std::_Exit(9);
    say(unit, db::UnitState::Void);
}

// Every other board is reworked once, every fourth twice, every eighth scrapped in the end.
void work(db::Journal& journal, const std::string& batch, const std::string& board, int number) {
    for (int reworks = number % 4 == 3 ? 2 : number % 2; reworks > 0; --reworks) {
        end(journal, provision(journal, batch, board), db::VoidedFor::Rework);
    }
    const db::Unit unit = provision(journal, batch, board);
    if (number % 8 == 7) end(journal, unit, db::VoidedFor::Scrap);
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
                for (int n = 0; n < 4; ++n) {
                    const int number = round * 4 + n;
                    work(**journal, fixture % 2 == 0 ? "b" : "s", std::to_string(fixture) + "-" + std::to_string(number), number);
                }
            });
        }
        for (auto& fixture : fixtures) fixture.join();
    }
}
