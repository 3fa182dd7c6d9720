// SPDX-License-Identifier: Apache-2.0
// Four fixtures that have leaves issued and keys derived from the ledger of a folder until the power goes; each acknowledgement is a line,
// `leaf <serial, hex> <SerialState>` or `key <id>`.
#include <unistd.h>

#include <cstdlib>
#include <thread>
#include <vector>

#include "hsm/signer/ledger.h"

namespace {

using namespace keystamp;
using namespace keystamp::hsm;

void say(const std::string& text) {
    const std::string line = text + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(4);
}

void must(bool done, int code) {
    if (!done) std::_Exit(code);
}

void work(Ledger& ledger, int number) {
    const auto id = DeviceId::parse("b1-" + std::to_string(number));
    const std::string job = "job-" + std::to_string(number);
    const Serial serial = newSerial();
    must(ledger.reserve("b1", *id, job, serial).ok(), 5);
    say("leaf " + toHex(serial) + " " + std::to_string(static_cast<int>(SerialState::Reserved)));
    must(ledger.intend({"b1", job, *id, serial, {}}, {serial, sha256(BytesView{serial}), Bytes(400, 0x30)}).ok(), 6);
    say("leaf " + toHex(serial) + " " + std::to_string(static_cast<int>(SerialState::Intended)));
    must(ledger.issued(serial, Bytes(500, 0x30)).ok(), 7);
    say("leaf " + toHex(serial) + " " + std::to_string(static_cast<int>(SerialState::Issued)));
    const auto sas = DeviceId::parse("s1-" + std::to_string(number));
    must(ledger.derived("s1", *sas, job).ok(), 8);
    say("key " + sas->text());
}

}  // namespace

int main(int, char** words) {
    // closed and opened again, too: that folds the WAL back and deletes it
    for (int round = 0;; ++round) {
        const auto ledger = Ledger::open(std::string{words[1]} + "/ledger.db");
        must(ledger.ok(), 3);
        must((*ledger)->takeOver().ok(), 9);
        std::vector<std::thread> fixtures;
        for (int fixture = 0; fixture < 4; ++fixture) {
            fixtures.emplace_back([&, fixture] {
                for (int n = 0; n < 4; ++n) work(**ledger, round * 16 + fixture * 4 + n + 1);
            });
        }
        for (auto& fixture : fixtures) fixture.join();
        must((*ledger)->saveCheckpoint({{"log", static_cast<std::uint64_t>(round + 1), Digest{}}, Bytes{1}}).ok(), 10);
        say("checkpoint " + std::to_string(round + 1));
    }
}
