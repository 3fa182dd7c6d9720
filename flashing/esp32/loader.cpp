// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "flashing/esp32/little.h"
#include "flashing/esp32/protocol.h"

namespace keystamp::flashing::esp32 {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuick{500};
constexpr milliseconds kErasing{10'000};
constexpr std::size_t kNoiseMost = 256 * 1024;  ///< before an answer: a board that talks without end would keep a core busy
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

    Result<Reply> reply = Error{ErrorCode::BoardSilent, command.name};
    for (int tries = 0; tries < command.tries && !deadline.passed(); ++tries) {
        if (auto sent = m_link.write(framed.view(), deadline); !sent) {
            return sent.error().code == ErrorCode::Timeout ? Error{ErrorCode::BoardSilent, command.name} : sent.error();
        }
        reply = wait(command, deadline.sooner(command.patience));
        const bool again = !reply && (reply.error().code == ErrorCode::BoardSilent || reply.error().code == ErrorCode::BoardNonsense) &&
                           !(command.op == kSecurityInfo && reply.error().native == kRomInvalid);
        if (!again) return reply;
    }
    return reply;
}

Result<void> RomLoader::lines(bool dtr, bool rts, milliseconds hold) {
    if (auto set = m_link.setLines(dtr, rts); !set) return set;
    std::this_thread::sleep_for(hold);
    return {};
}

Result<void> RomLoader::enter(Deadline deadline) {
    if (m_link.hasLines()) {
        // DTR pulls GPIO0 and RTS pulls EN, each only while the other is off.
        for (const auto& [dtr, rts, hold] : {std::tuple{true, true, 0}, {false, true, 100}, {true, false, 50}, {false, false, 0}}) {
            if (auto set = lines(dtr, rts, milliseconds{hold}); !set) return set;
        }
    }
    m_link.discardInput();
    m_unread = {};
    Bytes body{0x07, 0x07, 0x12, 0x20};
    body.resize(36, 0x55);
    const auto synced = ask({kSync, "sync", milliseconds{100}, kSyncTries}, {}, body, deadline);
    if (!synced) return synced.error();
    return {};
}

Result<void> RomLoader::runApplication(Deadline) {
    if (!m_link.hasLines()) return {};
    if (auto set = lines(false, true, milliseconds{100}); !set) return set;
    return lines(false, false, milliseconds{0});
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

Result<const Chip*> RomLoader::identify(Deadline deadline) {
    const auto block = securityBlock(deadline);
    if (block && block->size() >= kSecurityLong) {
        const std::uint32_t id = little(*block, 12, 4);
        if (const Chip* chip = chipOfId(id)) return chip;
        return Error{ErrorCode::BoardNonsense, fmt::format("chip ID {} is not of a family that this station knows", id)};
    }
    if (!block && block.error().native != kRomInvalid) return block.error();  // the first chip does not know it
    const auto magic = readRegister(kMagicRegister, deadline);
    if (!magic) return magic.error();
    if (const Chip* chip = chipOfMagic(*magic)) return chip;
    return Error{ErrorCode::BoardNonsense, fmt::format("chip magic {:08x} is not of a family that this station knows", *magic)};
}

Result<Security> RomLoader::security(const Chip& chip, Deadline deadline) {
    if (chip.hasSecurityInfo) {
        const auto block = securityBlock(deadline);
        if (!block) return block.error();
        const std::uint32_t flags = little(*block, 0, 4);
        return Security{(flags & kSecureDownload) != 0, (flags & kSecureBoot) != 0, bitsOf((*block)[4]) % 2 == 1};
    }
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
    std::this_thread::sleep_for(milliseconds{50});  // the chip's own change
    m_link.discardInput();
    m_unread = {};
    return {};
}

}  // namespace keystamp::flashing::esp32
