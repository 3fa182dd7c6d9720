// SPDX-License-Identifier: Apache-2.0
// keystamp-board: boards that are not there, on sockets and pseudo-terminals: the reference agent, compiled for this machine,
// the ROM loader of an ESP32 or an STM32, a gateway with a login prompt, or the console of another board.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/file.h"
#include "flashing/agent/protocol.h"
#include "flashing/board_program/emulated_board.h"
#include "flashing/board_program/loop.h"

namespace keystamp::flashing::board_program {
namespace {

constexpr std::size_t kPrefixMax = KS_UID_MAX - 5;  // behind it: the fixture, and the board's number in four bytes

constexpr const char* kFooter = R"(For each fixture one line `listening ADDRESS` is printed; ADDRESS is what a station's configuration has as `link`.

A board outlives its connection: a station that was killed finds the same board with what was written to it. When a board
has been locked, the next of --feed lies there before the station can ask again; the connection stays open.

Faults: KIND[:COMMAND][@[FIXTURE.]BOARD][,once][,ms=N]; repeat --fault for more.
  KIND     silent, nonsense                   at every command, unless one is written
           lost (done, but no reply comes), truncated (half the reply comes), drops (the link, and does not do it),
           cuts (does it, then drops the link), refuses, swapped (then another, blank board lies there)
                                              at commit, unless another command is written
           wrong-proof                        at prove
           foreign, locked                    it comes with another device's credential (and is locked)
           slow (replies ms=N later), chatty (log lines between replies)
  COMMAND  info, begin, keygen, csr, put, commit, reset, prove, lock, erase
  BOARD    2: the second board of each fixture; 3.2: the second one of fixture 3; all boards where it is left out
  once     it happens once, and the board is a good one from then on
A bad board is taken off, and the next of --feed put on, when its link next closes after its fault has struck (for drops and
cuts that is at once; a pty has no link to drop, there they only stay silent). slow, chatty and anything with `once` take no board off. SIGUSR1 puts the next board on every fixture.

An ESP32 starts in its ROM loader. On rfc2217: DTR and RTS reset it as they do on a development board, and the next of --feed lies
there once one was written to and started. --fault is for the agent, --state for it and for gateways.

A gateway (linux) is a login prompt (user gateway, password virtual-board) before a real shell, bash unless it is linux-dash; its sh is this
machine's, or bash (linux-bash). Its home is a scratch folder, behind which ~/../serial says its number; --no-keygen leaves openssl out.

An STM32 (stm32: an L43x; stm32f1: an F10x) starts in its ROM loader too. On rfc2217: RTS resets it and DTR is BOOT0.

A board with a console (az3166, wio-terminal, nrf91, zephyr-cred) leaves when its link closes and it holds an identity.

Examples:
  keystamp-board --listen unix:/tmp/board.sock --fixtures 4 --feed 100    board.sock-1 to board.sock-4
  keystamp-board --listen tcp:127.0.0.1:0                                 one board, on a port that was free
  keystamp-board --listen pty:/tmp/ttyBoard --state /tmp/boards           a serial port; the flash survives a restart
  keystamp-board --listen unix:/tmp/b --feed 9 --fault wrong-proof@2 --fault silent@5 --fault lost:lock@7,once
  keystamp-board --driver esp32c3 --listen rfc2217:127.0.0.1:0 --feed 12  an ESP32-C3 behind a serial device server)";

struct Options {
    FixtureMake fixture;
    unsigned fixtures = 1;
    std::string uid;
    bool noKeygen = false;
    unsigned resetHold = 0;
    std::vector<std::string> faults;
};

/// With --state the boards keep their UIDs: the prefix is written down at the first start.
Result<Bytes> uidPrefix(const Options& options) {
    const std::string file = options.fixture.state + "/uid";
    std::string hex = options.uid;
    if (!options.fixture.state.empty()) {
        if (auto made = makeFolder(options.fixture.state, 0700); !made) return made.error();
        if (hex.empty()) {
            if (const auto kept = readFile(file, 128)) hex = *kept;
        }
    }
    Bytes prefix = randomBytes(8);
    if (!hex.empty()) {
        auto parsed = fromHex(hex);
        if (!parsed || parsed->size() > kPrefixMax) {
            return Error{ErrorCode::BadUsage, fmt::format("--uid {}: hexadecimal, at most {} bytes", hex, kPrefixMax)};
        }
        prefix = std::move(*parsed);
    }
    if (!options.fixture.state.empty()) {
        if (auto written = writeFile(file, toHex(prefix)); !written) return written.error();
    }
    return prefix;
}

Result<void> run(const Options& options) {
    FixtureMake make = options.fixture;
    make.makesKeys = !options.noKeygen;
    make.fixtures = options.fixtures;
    make.resetHold = std::chrono::milliseconds{options.resetHold};
    for (const std::string& text : options.faults) {
        auto fault = parseFault(text);
        if (!fault) return fault.error();
        make.faults.push_back(*fault);
    }
    auto prefix = uidPrefix(options);
    if (!prefix) return prefix.error();
    make.uidPrefix = std::move(*prefix);
    const auto signals = holdSignals();
    if (!signals) return signals.error();
    std::vector<std::unique_ptr<Fixture>> fixtures;
    for (make.number = 1; make.number <= options.fixtures; ++make.number) {
        auto fixture = Fixture::open(make);
        if (!fixture) return fixture.error();
        fixtures.push_back(std::move(*fixture));
    }
    for (const auto& each : fixtures) fmt::print("listening {}\n", each->address());
    std::fflush(stdout);
    return serve(fixtures, *signals);
}

}  // namespace
}  // namespace keystamp::flashing::board_program

int main(int argc, char** argv) {
    using namespace keystamp;
    flashing::board_program::Options options;
    CLI::App app{"Virtual boards for keystamp: the reference agent, an ESP32, an STM32 or a Linux gateway, on sockets and pseudo-terminals.", "keystamp-board"};
    app.footer(flashing::board_program::kFooter);
    app.set_version_flag("--version", KEYSTAMP_VERSION);
    app.add_option("--listen", options.fixture.listen, "tcp:HOST:PORT, rfc2217:HOST:PORT, unix:/PATH or pty[:/LINK]")->required();
    app.add_option("--driver", options.fixture.driver, "what the boards speak: " + flashing::board_program::emulatedDrivers());
    app.add_flag("--secure-download", options.fixture.secureDownload, "esp32: boards whose loader is in secure download mode; stm32: whose flash is protected against reading");
    app.add_option("--reset-hold", options.resetHold, "esp32: boards that restart only when reset was held for that many milliseconds")->check(CLI::Range(0, 10'000));
    app.add_flag("--stock", options.fixture.stock, "az3166, wio-terminal: boards with their maker's firmware, whose console says no UID");
    app.add_option("--fixtures", options.fixtures, "how many fixtures, each with its own link")->check(CLI::Range(1, 255));
    app.add_option("--feed", options.fixture.feed, "boards a fixture gets, one after the other")->check(CLI::Range(1, 100'000'000));
    app.add_option("--uid", options.uid, "what all UIDs begin with, hexadecimal; else 8 random bytes");
    app.add_option("--state", options.fixture.state, "folder for the flash of each board; else it is in memory");
    app.add_flag("--no-keygen", options.noKeygen, "boards that cannot make keys");
    app.add_option("--fault", options.faults, "what is bad about a board; see below")->allow_extra_args(false);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : 2;
    }
    const auto done = flashing::board_program::run(options);
    if (done) return 0;
    std::fprintf(stderr, "keystamp-board: %s\n", describe(done.error()).c_str());
    return blame(done.error().code) == Blame::Person ? 2 : 3;
}
