// SPDX-License-Identifier: Apache-2.0
#include "flashing/stm32/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <thread>

#include "flashing/stm32/protocol.h"

namespace keystamp::flashing::stm32 {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuick{300};
constexpr milliseconds kErasing{10'000};
constexpr milliseconds kSyncing{40};
constexpr milliseconds kQuiet{20};
constexpr milliseconds kPulse{20};    ///< for which the chip is held in reset
constexpr milliseconds kBooting{10};  ///< until it has looked at BOOT0
constexpr int kSyncTries = 5;
constexpr int kSyncTriesAfterReset = 50;  ///< two seconds: what is sent before its UART is on is lost
constexpr int kLateMost = 4096;   ///< bytes that are read for one answer to a 7F
constexpr int kTries = 3;
constexpr int kAlignTries = 6;
constexpr std::size_t kFill = 600;       ///< more than a command that was begun still waits for
constexpr std::size_t kFillMost = 66'000; ///< and more than an extended erase does whose count was one of our own bytes
constexpr std::size_t kNoiseMost = 256 * 1024;
/// What a command that was cut short is filled up with. Both are even and above 0x80 and not each other's complement: no checksum
/// comes out right with them, no pages are so numbered, and together they are no command. (AN3155: an N of 0 and the page's own
/// number as checksum would erase.)
constexpr std::array<std::uint8_t, 2> kFillers{0xA4, 0xC2};

std::uint8_t xorOf(BytesView bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), std::uint8_t{0}, [](std::uint8_t sum, std::uint8_t byte) { return static_cast<std::uint8_t>(sum ^ byte); });
}

std::array<std::uint8_t, 4> bigEndian(std::uint32_t value) {
    return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

Error nonsense(const char* what, std::string_view why) { return Error{ErrorCode::BoardNonsense, fmt::format("{}: {}", what, why)}; }

/// Whether another try may help: a message that arrived garbled says nothing about the board.
bool mayHelp(const Error& error) {
    return error.code == ErrorCode::BoardSilent || error.code == ErrorCode::BoardNonsense || (error.code == ErrorCode::BoardRefused && error.native == kNack);
}

}  // namespace

Result<std::uint8_t> Loader::byte(const char* what, Deadline until) {
    if (m_unread.empty()) {
        const auto got = m_link.read(m_buffer, until);
        if (!got) return got.error().code == ErrorCode::Timeout ? Error{ErrorCode::BoardSilent, what} : got.error();
        m_unread = BytesView{m_buffer}.first(*got);
    }
    const std::uint8_t first = m_unread.front();
    m_unread = m_unread.subspan(1);
    return first;
}

Result<void> Loader::bytes(const char* what, std::span<std::uint8_t> into, Deadline deadline) {
    for (std::uint8_t& each : into) {
        const auto got = byte(what, deadline.sooner(kQuick));
        if (!got) return got.error();
        each = *got;
    }
    return {};
}

Result<void> Loader::acknowledged(const char* what, milliseconds patience, Deadline deadline) {
    const auto said = byte(what, deadline.sooner(patience));
    if (!said) return said.error();
    if (*said == kAck) return {};
    if (*said != kNack) return nonsense(what, fmt::format("{:02x} is neither yes nor no", *said));
    return Error{ErrorCode::BoardRefused, fmt::format("{}: the loader refuses it; is the flash protected?", what), kNack, "STM32 loader"};
}

Result<void> Loader::command(const char* what, std::uint8_t op, Deadline deadline) {
    m_unread = {};
    m_link.discardInput();
    const std::array<std::uint8_t, 2> both{op, static_cast<std::uint8_t>(~op)};
    if (auto sent = m_link.write(both, deadline); !sent) return sent;
    return acknowledged(what, kQuick, deadline);
}

/// A command that no loader refuses: a no is one to something that was sent before.
Result<void> Loader::question(const char* what, std::uint8_t op, Deadline deadline) {
    auto said = command(what, op, deadline);
    return !said && said.error().code == ErrorCode::BoardRefused ? nonsense(what, "it answers something else") : said;
}

/// Bytes and their checksum.
Result<void> Loader::sum(const char* what, BytesView bytes, milliseconds patience, Deadline deadline) {
    Secret all{bytes.size() + 1};  // it may be a key
    std::copy(bytes.begin(), bytes.end(), all.bytes().begin());
    all.bytes().back() = xorOf(bytes);
    if (auto sent = m_link.write(all.view(), deadline); !sent) return sent;
    return acknowledged(what, patience, deadline);
}

Result<void> Loader::address(const char* what, std::uint32_t address, Deadline deadline) { return sum(what, bigEndian(address), kQuick, deadline); }

/// What may be done twice.
Result<void> Loader::again(const Act& act, Deadline deadline) {
    Result<void> done = act();
    for (int tries = 1; tries < kTries && !done && mayHelp(done.error()) && !deadline.passed(); ++tries) {
        if (auto aligned = align(deadline); !aligned) return aligned;
        done = act();
    }
    return done;
}

void Loader::hush(milliseconds quiet, Deadline deadline) {
    std::size_t heard = 0;
    m_unread = {};
    while (heard < kNoiseMost) {
        const auto got = m_link.read(m_buffer, deadline.sooner(quiet));
        if (!got) return;
        heard += *got;
    }
}

Result<void> Loader::fill(std::size_t count, Deadline deadline) {
    Bytes fillers(count);
    for (std::size_t i = 0; i < count; ++i) fillers[i] = kFillers[i % kFillers.size()];
    return m_link.write(fillers, deadline);
}

Result<void> Loader::get(Deadline deadline) {
    if (auto said = question("get", kGet, deadline); !said) return said;
    std::array<std::uint8_t, 2> head{};
    if (auto read = bytes("get", head, deadline); !read) return read;
    constexpr std::size_t kCommandsMost = 24;
    if (head[0] == 0 || head[0] > kCommandsMost) return nonsense("get", "no list of commands");
    Bytes commands(head[0]);
    if (auto read = bytes("get", commands, deadline); !read) return read;
    if (auto ended = acknowledged("get", kQuick, deadline); !ended) return ended;
    // A late GET ID has the same form; and a byte that arrived as another one would have the wrong erase be sent.
    const auto has = [&](std::uint8_t each) { return std::find(commands.begin(), commands.end(), each) != commands.end(); };
    if (commands.front() != kGet || has(kErase) == has(kExtendedErase)) return nonsense("get", "no list of commands");
    m_version = head[1];
    m_commands = std::move(commands);
    return {};
}

/// To where it waits for a command, whatever it was in the middle of.
Result<void> Loader::align(Deadline deadline) {
    Result<void> done;
    std::array<std::uint8_t, 2> id{};
    int silences = 0;
    for (int tries = 0; tries < kAlignTries && !deadline.passed(); ++tries) {
        hush(kQuiet * (1 << tries), deadline);  // what answers to fillers may come in bursts
        done = get(deadline);
        // Was that the answer to this one, or to the one before, which comes late? The next thing's answer has another length.
        const bool listed = done.ok();
        if (listed) done = idOnce(id, deadline);
        if (done || !mayHelp(done.error())) return done;
        if (listed) continue;
        // Silence: it waits for more of something. Else one byte, which is half a command now.
        const std::size_t count = done.error().code != ErrorCode::BoardSilent ? 1 : ++silences < 3 ? kFill : kFillMost;
        if (auto filled = fill(count, deadline); !filled) return filled;
    }
    return done;
}

Result<void> Loader::restart(bool intoLoader, Deadline) {
    const bool rts = m_place.entry == Place::Entry::RtsResets;
    const auto set = [&](bool reset, bool boot0) { return rts ? m_link.setLines(boot0, reset) : m_link.setLines(reset, boot0); };
    if (auto held = set(true, intoLoader); !held) return held;
    std::this_thread::sleep_for(kPulse);
    if (auto left = set(false, intoLoader); !left) return left;
    std::this_thread::sleep_for(kBooting);
    return {};
}

/// Whether it answers. One that was synced before says no to every second 7F, which is as good. Before that may come what the product said.
Result<bool> Loader::sync(int tries, Deadline deadline) {
    for (int i = 0; i < tries && !deadline.passed(); ++i) {
        if (auto sent = m_link.write({&kSync, 1}, deadline); !sent) return sent.error();
        const Deadline until = deadline.sooner(kSyncing);
        auto said = byte("sync", until);
        for (int late = 0; said && late < kLateMost; ++late) {
            if (*said == kAck || *said == kNack) return true;
            said = byte("sync", until);
        }
        if (!said && said.error().code != ErrorCode::BoardSilent) return said.error();
    }
    return false;
}

Result<void> Loader::enter(Deadline deadline) {
    if (auto set = m_link.setParity(m_place.parity); !set) return set;
    const bool resets = m_place.entry != Place::Entry::ByHand;
    if (resets) {
        if (auto started = restart(true, deadline); !started) return started;
    }
    m_unread = {};
    m_link.discardInput();
    const auto synced = sync(resets ? kSyncTriesAfterReset : kSyncTries, deadline);
    if (!synced) return synced.error();
    Result<void> aligned = *synced ? get(deadline) : Error{ErrorCode::BoardSilent, "sync"};
    if (!aligned && mayHelp(aligned.error()) && (*synced || !resets)) aligned = align(deadline);
    if (!aligned && aligned.error().code == ErrorCode::BoardSilent) {
        return Error{ErrorCode::BoardSilent, resets ? "the loader does not answer after a reset; look at the wires of BOOT0, reset and UART"
                                                    : "the loader does not answer; BOOT0 must be high while the board is reset"};
    }
    return aligned;
}

Result<void> Loader::idOnce(std::array<std::uint8_t, 2>& id, Deadline deadline) {
    if (auto asked = question("get ID", kGetId, deadline); !asked) return asked;
    std::array<std::uint8_t, 1> count{};
    if (auto read = bytes("get ID", count, deadline); !read) return read;
    if (count.front() != 1) return nonsense("get ID", "no two bytes");
    if (auto read = bytes("get ID", id, deadline); !read) return read;
    return acknowledged("get ID", kQuick, deadline);
}

Result<std::uint16_t> Loader::productId(Deadline deadline) {
    std::array<std::uint8_t, 2> id{};
    const auto done = again([&] { return idOnce(id, deadline); }, deadline);
    if (!done) return done.error();
    return static_cast<std::uint16_t>(id[0] << 8 | id[1]);
}

Result<void> Loader::read(std::uint32_t from, std::span<std::uint8_t> into, Deadline deadline) {
    while (!into.empty()) {
        const std::size_t part = std::min(into.size(), kMost);
        const auto count = static_cast<std::uint8_t>(part - 1);
        const std::array<std::uint8_t, 1> size{count};
        auto done = again([&]() -> Result<void> {
            if (auto asked = command("read", kReadMemory, deadline); !asked) return asked;
            if (auto there = address("read", from, deadline); !there) return there;
            const std::array<std::uint8_t, 2> both{size[0], static_cast<std::uint8_t>(~size[0])};
            if (auto sent = m_link.write(both, deadline); !sent) return sent;
            if (auto taken = acknowledged("read", kQuick, deadline); !taken) return taken;
            return bytes("read", into.first(part), deadline);
        }, deadline);
        if (!done) return done;
        into = into.subspan(part);
        from += static_cast<std::uint32_t>(part);
    }
    return {};
}

Result<void> Loader::writeOnce(std::uint32_t to, BytesView bytes, Deadline deadline) {
    if (auto asked = command("write", kWriteMemory, deadline); !asked) return asked;
    if (auto there = address("write", to, deadline); !there) return there;
    Secret counted{bytes.size() + 1};
    counted.bytes().front() = static_cast<std::uint8_t>(bytes.size() - 1);
    std::copy(bytes.begin(), bytes.end(), counted.bytes().begin() + 1);
    return sum("write", counted.view(), kQuick, deadline);
}

/// Flash takes a value once: after trouble it is looked at whether it is there.
Result<void> Loader::write(std::uint32_t to, BytesView bytes, Deadline deadline) {
    Result<void> done;
    for (int tries = 0; tries < kTries; ++tries) {
        done = writeOnce(to, bytes, deadline);
        if (done || !mayHelp(done.error()) || deadline.passed()) return done;
        if (auto aligned = align(deadline); !aligned) return aligned;
        Secret there{bytes.size()};
        if (auto looked = read(to, there.bytes(), deadline); !looked) return looked;
        if (std::equal(bytes.begin(), bytes.end(), there.view().begin())) return {};
        const bool erased = std::all_of(there.view().begin(), there.view().end(), [](std::uint8_t byte) { return byte == 0xFF; });
        if (!erased) return done;
    }
    return done;
}

Result<void> Loader::erase(std::uint32_t number, Deadline deadline) {
    const bool extended = std::find(m_commands.begin(), m_commands.end(), kExtendedErase) != m_commands.end();
    const auto low = static_cast<std::uint8_t>(number);
    Bytes order{0, 0, static_cast<std::uint8_t>(number >> 8), low};
    if (!extended) {
        if (number > 0xFF) return Error{ErrorCode::BadConfig, fmt::format("page {} is beyond what this loader can erase", number)};
        // Said twice, so that no 7F of a later sync makes another order of one that was cut short (thrice for page 1, whose
        // number is the count's).
        order.assign(number == 1 ? 4 : 3, low);
        order.front() = static_cast<std::uint8_t>(order.size() - 2);
    }
    return again([&]() -> Result<void> {
        if (auto asked = command("erase", extended ? kExtendedErase : kErase, deadline); !asked) return asked;
        return sum("erase", order, kErasing, deadline);
    }, deadline);
}

Result<void> Loader::go(Deadline deadline) {
    if (m_place.go == 0) return {};
    if (m_place.entry != Place::Entry::ByHand) return restart(false, deadline);
    if (auto asked = command("go", kGo, deadline); !asked) return asked;
    return address("go", m_place.go, deadline);
}

}  // namespace keystamp::flashing::stm32
