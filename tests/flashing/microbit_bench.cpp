// SPDX-License-Identifier: Apache-2.0
#include "tests/flashing/microbit_bench.h"

#include <cstdio>
#include <cstdlib>
#include <thread>

#include "tests/flashing/board_process.h"

namespace keystamp::test {
namespace {

using flashing::smp::Deframer;
using std::chrono::milliseconds;

/// The debug port of the chip, as far as a stop before each change of flash takes it (GDB's remote protocol).
class Debugger {
public:
    /// Stops the board.
    explicit Debugger(const Microbit& board) : m_link(board.open("gdb")) { expect("qSupported", "PacketSize"); }
    void breakAt(std::uint32_t address) {
        char text[32];
        std::snprintf(text, sizeof text, "Z0,%x,2", address);
        expect(text, "OK");
    }
    void go() { send("c"); }
    /// One instruction, which the breakpoint on it does not hold up.
    void step() { expect("s", "T"); }
    bool stoppedWithin(milliseconds span) { return receive(Deadline::in(span)).starts_with("T"); }
    void stop() {
        const std::uint8_t interrupt = 3;
        (void)m_link->write({&interrupt, 1}, soon());
        (void)receive(soon());
    }
    /// Leaves, and lets the board run.
    void leave() { expect("D", "OK"); }

private:
    void send(const std::string& text) {
        unsigned sum = 0;
        for (const char c : text) sum += static_cast<unsigned char>(c);
        char check[4];
        std::snprintf(check, sizeof check, "#%02x", sum & 0xFF);
        (void)m_link->write(asBytes("$" + text + check), soon());
    }
    void expect(const std::string& text, const std::string& reply) {
        send(text);
        std::string got = receive(soon());
        while (got.starts_with("T") && reply != "T") got = receive(soon());  // it stopped before it was asked
        if (got.starts_with(reply)) return;
        std::fprintf(stderr, "tests/flashing/microbit_bench: %s: QEMU's debug port says %s\n", text.c_str(), got.c_str());
        std::abort();
    }
    /// What stands between $ and #; empty where nothing came.
    std::string receive(Deadline deadline) {
        for (;;) {
            const auto from = m_unread.find('$');
            const auto to = m_unread.find('#', from == std::string::npos ? 0 : from);
            if (from != std::string::npos && to != std::string::npos && to + 2 < m_unread.size()) {
                const std::string text = m_unread.substr(from + 1, to - from - 1);
                m_unread.erase(0, to + 3);
                (void)m_link->write(asBytes("+"), soon());
                return text;
            }
            std::array<std::uint8_t, 512> block{};
            const auto got = m_link->read(block, deadline);
            if (!got) return {};
            m_unread.append(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(*got));
        }
    }

    std::unique_ptr<flashing::Link> m_link;
    std::string m_unread;
};

/// A command that no agent knows: behind its answer no other one can come.
constexpr std::uint8_t kUnknown = 0x7F;

}  // namespace

MicrobitBench::MicrobitBench() { reconnect(); }

void MicrobitBench::reconnect() {
    m_link.reset();
    m_link = board.open("serial");
}

void MicrobitBench::powerCycle() { board.powerCycle(); }

Bytes MicrobitBench::exchange(BytesView message) {
    Bytes wire = flashing::smp::frame(message);
    // numbered: one whose board lost its power may be answered after that, on the next connection
    const Bytes end = flashing::smp::frame(Bytes{0x0A, 0, 0, 1, 0, 0, ++m_sentinels, kUnknown, 0xA0});
    wire.insert(wire.end(), end.begin(), end.end());
    if (m_powerGone || !m_link->write(wire, soon())) return {};
    Deframer deframer;
    Bytes reply;
    const Deadline limit = soon();
    while (!m_powerGone && !limit.passed()) {
        std::array<std::uint8_t, 1024> block{};
        const auto got = m_link->read(block, limit.sooner(milliseconds{20}));
        if (!got && got.error().code != ErrorCode::Timeout) return {};
        BytesView input = BytesView{block}.first(got ? *got : 0);
        while (!input.empty()) {
            if (deframer.take(input) != Deframer::Found::Message) continue;
            const BytesView found = deframer.message();
            if (found.size() >= KS_SMP_HEADER && found[7] == kUnknown) {
                if (found[6] == m_sentinels) return reply;
                continue;
            }
            reply = toBytes(found);
        }
    }
    return {};
}

bool MicrobitBench::runWithCut(unsigned nth, Cut how, const std::function<void()>& act) {
    Debugger debugger(board);
    debugger.breakAt(Microbit::symbol("change"));
    debugger.go();
    std::atomic<bool> done = false;
    std::thread worker([&] {
        act();
        done = true;
    });
    unsigned changes = 0;
    bool cut = false;
    while (!cut) {
        if (debugger.stoppedWithin(milliseconds{5})) {
            cut = ++changes == nth;
            if (cut) break;
            debugger.step();
            debugger.go();
        } else if (done) {
            break;
        }
    }
    m_powerGone = cut;
    worker.join();
    if (!cut) {
        debugger.stop();
        debugger.leave();
    } else if (how == Cut::KillQemu) {
        board.killAndReplace();
    } else {
        board.powerCycle();
        debugger.stop();
        debugger.leave();
    }
    m_powerGone = false;
    if (cut) reconnect();
    return cut;
}

}  // namespace keystamp::test
