// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "flashing/little.h"
#include "flashing/esp32/protocol.h"

namespace keystamp::flashing::esp32 {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuick{500};
constexpr milliseconds kErasing{10'000};
constexpr milliseconds kQuiet{40};  ///< after which nothing more comes to what was asked twice
constexpr std::size_t kNoiseMost = 256 * 1024;  ///< before an answer: a board that talks without end would keep a core busy
constexpr milliseconds kShortPulse{2};   ///< for which the chip is held in reset: thirty times what its usual circuit takes
constexpr milliseconds kLongPulse{100};  ///< whatever capacitor somebody put there
constexpr milliseconds kBooting{50};     ///< until it says that it has started
constexpr int kSyncTries = 20;  ///< of 100 ms: what is sent before the UART is on is lost

Error nonsense(const char* what, const char* why) {
    return Error{ErrorCode::BoardNonsense, fmt::format("{}: {}", what, why)};
}

std::string_view meaning(long code) {
    switch (code) {
        case kRomInvalid: return "the message is not valid for it";
        case kRomFailed: return "it failed to act on it";
        case kRomBadChecksum: return "what arrived is not what was sent";
        case kRomFlashWrite: return "writing the flash failed";
        case kRomFlashRead: return "reading the flash failed";
        case kRomFlashReadLength: return "that much cannot be read";
        default: return "no reason known";
    }
}

int bitsOf(std::uint32_t value) { return __builtin_popcount(value); }

}  // namespace

Result<RomLoader::Reply> RomLoader::parse(const Command& command, BytesView packet) const {
    const std::size_t length = little(packet, 2, 2);
    if (length != packet.size() - kRomHeader || length < kRomStatus) return nonsense(command.name, "a reply that contradicts itself");
    const BytesView status = packet.last(kRomStatus);
    if (status[0] != 0) {
        // A message that arrived garbled says nothing about the board.
        const bool garbled = status[1] == kRomInvalid || status[1] == kRomBadChecksum;
        return Error{garbled ? ErrorCode::BoardNonsense : ErrorCode::BoardRefused, fmt::format("{}: {}", command.name, meaning(status[1])), status[1], "ROM loader"};
    }
    const BytesView data = packet.subspan(kRomHeader, length - kRomStatus);
    return Reply{little(packet, 4, 4), toBytes(data)};
}

Result<RomLoader::Reply> RomLoader::wait(const Command& command, Deadline until) {
    bool anything = false;
    std::size_t received = 0;
    for (;;) {
        while (m_deslip.take(m_unread)) {
            const BytesView packet = m_deslip.packet();
            anything = true;
            // Others are replies to what was given up, and the seven more that a sync gets.
            if (packet.size() >= kRomHeader && packet[0] == kRomReply && packet[1] == command.op) return parse(command, packet);
        }
        const auto got = m_link.read(m_buffer, until);
        if (!got && got.error().code == ErrorCode::Timeout) {
            return anything ? nonsense(command.name, "no reply to it") : Error{ErrorCode::BoardSilent, command.name};
        }
        if (!got) return got.error();
        received += *got;
        if (received > kNoiseMost) return nonsense(command.name, "bytes without end, and no reply among them");
        m_unread = BytesView{m_buffer}.first(*got);
    }
}

Result<RomLoader::Reply> RomLoader::ask(const Command& command, std::initializer_list<std::uint32_t> words, BytesView data, Deadline deadline) {
    Bytes body(4 * words.size());
    std::size_t at = 0;
    for (const std::uint32_t word : words) putLittle(body, 4 * at++, word, 4);
    std::array<std::uint8_t, kRomHeader> header{0, command.op};
    putLittle(header, 2, static_cast<std::uint32_t>(body.size() + data.size()), 2);
    if (command.op == kFlashData) putLittle(header, 4, romChecksum(data), 4);
    const Secret framed = slip({header, body, data});

    m_unread = {};
    m_link.discardInput();
    Result<Reply> reply = Error{ErrorCode::BoardSilent, command.name};
    for (int tries = 0; tries < command.tries && !deadline.passed(); ++tries) {
        if (auto sent = m_link.write(framed.view(), deadline); !sent) {
            return sent.error().code == ErrorCode::Timeout ? Error{ErrorCode::BoardSilent, command.name} : sent.error();
        }
        reply = wait(command, deadline.sooner(command.patience));
        // a no, too: only the data of a block has a checksum, and it may have been asked for something else
        const bool again = !reply && reply.error().code != ErrorCode::LinkLost && !(command.op == kSecurityInfo && reply.error().native == kRomInvalid);
        if (again) continue;
        if (tries > 0) hush(deadline);
        break;
    }
    return reply;
}

/// What was asked twice is answered twice, maybe; replies have no number, so the second must not stand for the next one's.
void RomLoader::hush(Deadline deadline) {
    m_unread = {};
    const Deadline longest = deadline.sooner(5 * kQuiet);
    while (!longest.passed() && m_link.read(m_buffer, longest.sooner(kQuiet))) {
    }
}

/// Whether the chip says it, among what else it says.
Result<bool> RomLoader::hears(std::string_view words, Deadline until) {
    std::string heard;
    for (;;) {
        const auto got = m_link.read(m_buffer, until);
        if (!got && got.error().code == ErrorCode::Timeout) return false;
        if (!got) return got.error();
        heard += asText(BytesView{m_buffer}.first(*got));
        if (heard.find(words) != std::string::npos) return true;
        heard.erase(0, heard.size() - std::min(heard.size(), words.size()));
    }
}

/// True: it said that it started.
Result<bool> RomLoader::reset(bool intoLoader, milliseconds pulse, Deadline deadline) {
    m_link.discardInput();
    // DTR pulls GPIO0 and RTS pulls EN, each only while the other is off.
    if (auto set = m_link.setLines(false, true); !set) return set.error();
    std::this_thread::sleep_for(pulse);
    if (auto set = m_link.setLines(intoLoader, false); !set) return set.error();
    auto started = hears(intoLoader ? "waiting for download" : "rst:0x", deadline.sooner(kBooting));
    if (!started || !intoLoader) return started;
    if (auto set = m_link.setLines(false, false); !set) return set.error();
    return started;
}

/// A short pulse is enough for nearly all boards, and the chip says so; where nothing is heard, one that is enough for all.
Result<void> RomLoader::restart(bool intoLoader, Deadline deadline) {
    for (const milliseconds pulse : {kShortPulse, kLongPulse}) {
        const auto started = reset(intoLoader, pulse, deadline);
        if (!started) return started.error();
        if (*started) break;
    }
    return {};
}

Result<void> RomLoader::enter(Deadline deadline) {
    if (m_link.hasLines()) {
        if (auto set = m_link.setLines(true, true); !set) return set;
        if (auto started = restart(true, deadline); !started) return started;
    }
    m_link.discardInput();
    m_unread = {};
    Bytes body{0x07, 0x07, 0x12, 0x20};
    body.resize(36, 0x55);
    const auto synced = ask({kSync, "sync", milliseconds{100}, kSyncTries}, {}, body, deadline);
    if (!synced) return synced.error();
    return {};
}

Result<void> RomLoader::runApplication(Deadline deadline) {
    return m_link.hasLines() ? restart(false, deadline) : Result<void>{};
}

Result<std::uint32_t> RomLoader::readRegister(std::uint32_t address, Deadline deadline) {
    const auto reply = ask({kReadRegister, "read register", kQuick, 3}, {address}, {}, deadline);
    if (!reply) return reply.error();
    return reply->value;
}

Result<Bytes> RomLoader::securityBlock(Deadline deadline) {
    auto reply = ask({kSecurityInfo, "security info", kQuick, 3}, {}, {}, deadline);
    if (!reply) return reply.error();
    if (reply->data.size() < kSecurityShort) return nonsense("security info", "too short");
    return std::move(reply->data);
}

Result<RomLoader::Identity> RomLoader::identify(Deadline deadline) {
    const auto block = securityBlock(deadline);
    if (!block && block.error().native != kRomInvalid) return block.error();  // the first chip does not know it
    const bool saysChip = block && block->size() >= kSecurityLong;
    const auto number = saysChip ? Result<std::uint32_t>{little(*block, 12, 4)} : readRegister(kMagicRegister, deadline);
    if (!number) return number.error();
    const Chip* chip = saysChip ? chipOfId(*number) : chipOfMagic(*number);
    if (chip == nullptr) {
        return Error{ErrorCode::BoardNonsense, fmt::format("chip {} {:08x} is not of a family that this station knows", saysChip ? "ID" : "magic", *number)};
    }
    if (block) {
        const std::uint32_t flags = little(*block, 0, 4);
        return Identity{chip, {(flags & kSecureDownload) != 0, (flags & kSecureBoot) != 0, bitsOf((*block)[4]) % 2 == 1}};
    }
    const auto security = fuses(deadline);
    if (!security) return security.error();
    return Identity{chip, *security};
}

Result<Security> RomLoader::fuses(Deadline deadline) {
    const auto word0 = readRegister(kEsp32Word0, deadline);
    const auto word6 = readRegister(kEsp32Word6, deadline);
    if (!word0) return word0.error();
    if (!word6) return word6.error();
    return Security{false, ((*word6 >> 4) & 3) != 0, bitsOf((*word0 >> 20) & 0x7F) % 2 == 1};
}

Result<void> RomLoader::attachFlash(Deadline deadline) {
    if (auto done = ask({kSpiAttach, "attach flash", kQuick, 3}, {0, 0}, {}, deadline); !done) return done.error();
    // id, size (the largest that the ROM addresses), block, sector, page, status mask
    const auto set = ask({kSpiParameters, "flash parameters", kQuick, 3}, {0, 0x1000000, 0x10000, kSector, 0x100, 0xFFFF}, {}, deadline);
    if (!set) return set.error();
    return {};
}

Result<void> RomLoader::readFlash(std::uint32_t offset, std::span<std::uint8_t> into, Deadline deadline) {
    while (!into.empty()) {
        const std::size_t part = std::min(into.size(), kReadMost);
        const auto reply = ask({kReadFlashSlow, "read flash", kQuick, 3}, {offset, static_cast<std::uint32_t>(part)}, {}, deadline);
        if (!reply) return reply.error();
        if (reply->data.size() < part) return nonsense("read flash", "less than was asked for");  // it sends 64 bytes always
        std::copy_n(reply->data.begin(), part, into.begin());
        into = into.subspan(part);
        offset += static_cast<std::uint32_t>(part);
    }
    return {};
}

Result<void> RomLoader::beginWrite(const Chip& chip, std::uint32_t offset, std::uint32_t size, std::uint32_t blocks, Deadline deadline) {
    const Command begin{kFlashBegin, "begin flash", kErasing, 1};
    const auto done = chip.flashBeginHasFive ? ask(begin, {size, blocks, kFlashBlock, offset, 0}, {}, deadline)
                                             : ask(begin, {size, blocks, kFlashBlock, offset}, {}, deadline);
    if (!done) return done.error();
    return {};
}

Result<void> RomLoader::writeBlock(std::uint32_t sequence, BytesView block, Deadline deadline) {
    const auto done = ask({kFlashData, "write flash", milliseconds{3000}, 1}, {static_cast<std::uint32_t>(block.size()), sequence, 0, 0}, block, deadline);
    if (!done) return done.error();
    return {};
}

Result<Md5> RomLoader::md5(std::uint32_t offset, std::uint32_t size, Deadline deadline) {
    const auto reply = ask({kFlashMd5, "MD5 of flash", milliseconds{3000}, 2}, {offset, size, 0, 0}, {}, deadline);
    if (!reply) return reply.error();
    const auto digest = fromHex(asText(reply->data));
    if (!digest || digest->size() != Md5{}.size()) return nonsense("MD5 of flash", "no MD5");
    Md5 md5{};
    std::copy(digest->begin(), digest->end(), md5.begin());
    return md5;
}

Result<void> RomLoader::changeBaud(int baud, Deadline deadline) {
    const auto done = ask({kChangeBaud, "change baud", kQuick, 1}, {static_cast<std::uint32_t>(baud), 0}, {}, deadline);
    if (!done) return done.error();
    if (auto set = m_link.setBaud(baud); !set) return set;
    // The chip changes in its own time: it is asked until it answers.
    const auto changed = ask({kReadRegister, "change baud", milliseconds{25}, 20}, {kMagicRegister}, {}, deadline);
    if (!changed) return changed.error();
    return {};
}

}  // namespace keystamp::flashing::esp32
