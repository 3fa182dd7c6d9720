// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/esp_rom.h"

#include <fmt/format.h>

#include <algorithm>

#include "flashing/esp32/identity.h"
#include "flashing/little.h"
#include "flashing/esp32/md5.h"
#include "flashing/esp32/places.h"
#include "flashing/esp32/protocol.h"

namespace keystamp::flashing::board_program {
namespace {

using namespace esp32;

constexpr std::size_t kFlash = 4 << 20;
constexpr std::size_t kSectorSize = 4096;
constexpr std::size_t kReadLimit = 64;
constexpr std::uint32_t kRomValue = 0x20120707;  ///< of a sync's replies; a stub says 0
constexpr int kSyncReplies = 8;

/// What a product's firmware could bring along.
const std::vector<Partition>& partitions() {
    static const std::vector<Partition> kPartitions{{"nvs", 1, 2, 0x9000, 0x4000},
                                                    {"esp_secure_cert", 0x3F, 6, 0xD000, 0x2000},
                                                    {"phy_init", 1, 1, 0xF000, 0x1000},
                                                    {"factory", 0, 0, 0x10000, 0x180000},
                                                    {"fctry", 1, 2, 0x190000, 0x6000}};
    return kPartitions;
}

void say(Bytes& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }

}  // namespace

EspRom::EspRom(const Chip& chip, const BoardMake& make)
    : m_chip(chip), m_secureDownload(make.secureDownload), m_resetHold(make.resetHold), m_flash(kFlash, 0xFF) {
    const Digest digest = sha256(make.uid);
    std::copy_n(digest.begin(), m_mac.size(), m_mac.begin());
    m_mac[0] = static_cast<std::uint8_t>((m_mac[0] & 0xFC) | 0x02);  // unicast, locally administered
    const Bytes table = makeTable(partitions());
    std::copy(table.begin(), table.end(), m_flash.begin() + kTableAt);
}

/// What a product's firmware finds, by the names that a station uses unless told otherwise.
std::string EspRom::application() const {
    Layout layout;
    layout.inSecureCert = true;
    const auto places = placesOf(layout, partitions());
    const auto part = [&](const Partition& each) { return BytesView{m_flash}.subspan(each.offset, each.size); };
    BoardInfo found;
    if (places) readIdentity(layout, {readNvs(layout.nameSpace, part(places->nvs)), readSecureCert(part(*places->secureCert))}, found);
    if (!found.credential) return "app: no identity";
    return fmt::format("app: {} of {}, credential {}", found.deviceId, found.scopeId, toHex(*found.credential));
}

void EspRom::lines(bool dtr, bool rts, Bytes& out) {
    // The usual two transistors: it restarts when RTS is let go, into the loader where DTR holds GPIO0 then.
    const auto now = std::chrono::steady_clock::now();
    const bool restarts = m_rtsSince && !rts && now - *m_rtsSince >= m_resetHold;
    if (!rts) m_rtsSince.reset();
    else if (!m_rtsSince) m_rtsSince = now;
    if (!restarts) return;
    m_application = !dtr;
    m_attached = false;
    m_blocks = 0;
    say(out, fmt::format("ESP-ROM:{}\r\nrst:0x1 (POWERON),boot:{}\r\n", m_chip.driver,
                         m_application ? "0xd (SPI_FAST_FLASH_BOOT)\r\n" + application() : "0x5 (DOWNLOAD(USB/UART0))\r\nwaiting for download"));
}

Effect EspRom::input(BytesView bytes, Bytes& out) {
    if (m_application) return {};  // it listens to nobody
    while (m_deslip.take(bytes)) handle(m_deslip.packet(), out);
    return {};
}

void EspRom::handle(BytesView packet, Bytes& out) {
    if (packet.size() < kRomHeader || packet[0] != 0) return;
    const std::uint8_t op = packet[1];
    const BytesView body = packet.subspan(kRomHeader);
    if (little(packet, 2, 2) != body.size()) return reply(op, {kRomInvalid, 0, {}}, out);
    const Answer answer = act(op, body, little(packet, 4, 4));
    for (int i = 0; i < (op == kSync ? kSyncReplies : 1); ++i) reply(op, answer, out);
}

void EspRom::reply(std::uint8_t op, const Answer& answer, Bytes& out) const {
    std::array<std::uint8_t, kRomHeader> header{kRomReply, op};
    putLittle(header, 2, static_cast<std::uint32_t>(answer.data.size() + kRomStatus), 2);
    putLittle(header, 4, answer.value, 4);
    const std::array<std::uint8_t, kRomStatus> status{static_cast<std::uint8_t>(answer.error != 0 ? 1 : 0), answer.error};
    const Secret framed = slip({header, answer.data, status});
    out.insert(out.end(), framed.view().begin(), framed.view().end());
}

EspRom::Answer EspRom::act(std::uint8_t op, BytesView body, std::uint32_t checksum) {
    const bool whenSecure = op == kSync || op == kSpiAttach || op == kSpiParameters || op == kChangeBaud || op == kFlashBegin ||
                            op == kFlashData || op == kFlashEnd || op == kSecurityInfo;
    if (m_secureDownload && !whenSecure) return {kRomInvalid, 0, {}};
    switch (op) {
        case kSync: return {0, kRomValue, {}};
        case kSpiParameters:
        case kChangeBaud:
        case kFlashEnd: return {};
        case kSpiAttach: m_attached = true; return {};
        case kReadRegister: return body.size() == 4 ? Answer{0, readRegister(little(body, 0, 4)), {}} : Answer{kRomInvalid, 0, {}};
        case kWriteRegister:
            if (body.size() < 8) return {kRomInvalid, 0, {}};
            m_registers[little(body, 0, 4)] = little(body, 4, 4);
            return {};
        case kFlashBegin: return flashBegin(body);
        case kFlashData: return flashData(body, checksum);
        case kReadFlashSlow: return readFlash(body);
        case kFlashMd5: return md5(body);
        case kSecurityInfo: return m_chip.hasSecurityInfo ? securityInfo() : Answer{kRomInvalid, 0, {}};
        default: return {kRomInvalid, 0, {}};
    }
}

EspRom::Answer EspRom::flashBegin(BytesView body) {
    if (body.size() < (m_chip.flashBeginHasFive ? 20U : 16U) || !m_attached) return {kRomInvalid, 0, {}};
    const std::size_t size = little(body, 0, 4);
    const std::size_t offset = little(body, 12, 4);
    m_blocks = little(body, 4, 4);
    m_blockSize = little(body, 8, 4);
    m_offset = offset;
    if (!inFlash(offset, size) || m_blockSize == 0 || m_blockSize > kFlash) return {kRomFailed, 0, {}};
    const std::size_t first = offset / kSectorSize * kSectorSize;
    const std::size_t last = std::min((offset + size + kSectorSize - 1) / kSectorSize * kSectorSize, m_flash.size());
    std::fill(m_flash.begin() + static_cast<std::ptrdiff_t>(first), m_flash.begin() + static_cast<std::ptrdiff_t>(last), std::uint8_t{0xFF});
    return {};
}

EspRom::Answer EspRom::flashData(BytesView body, std::uint32_t checksum) {
    if (body.size() < 16) return {kRomInvalid, 0, {}};
    const BytesView data = body.subspan(16);
    const std::size_t sequence = little(body, 4, 4);
    if (little(body, 0, 4) != data.size() || data.size() > m_blockSize || sequence >= m_blocks) return {kRomInvalid, 0, {}};
    if (romChecksum(data) != (checksum & 0xFF)) return {kRomBadChecksum, 0, {}};
    const std::size_t at = m_offset + sequence * m_blockSize;
    if (!inFlash(at, data.size())) return {kRomFlashWrite, 0, {}};
    for (std::size_t i = 0; i < data.size(); ++i) m_flash[at + i] &= data[i];  // NOR: a write only clears bits
    m_written = true;
    return {};
}

EspRom::Answer EspRom::readFlash(BytesView body) const {
    if (body.size() < 8) return {kRomInvalid, 0, {}};
    const std::size_t offset = little(body, 0, 4);
    const std::size_t size = little(body, 4, 4);
    if (!m_attached || !inFlash(offset, kReadLimit)) return {kRomFlashRead, 0, {}};
    if (size > kReadLimit) return {kRomFlashReadLength, 0, {}};
    return {0, 0, toBytes(BytesView{m_flash}.subspan(offset, kReadLimit))};  // 64 bytes, whatever was asked for
}

EspRom::Answer EspRom::md5(BytesView body) const {
    if (body.size() < 16) return {kRomInvalid, 0, {}};
    const std::size_t offset = little(body, 0, 4);
    const std::size_t size = little(body, 4, 4);
    if (!m_attached || !inFlash(offset, size)) return {kRomFlashRead, 0, {}};
    const std::string hex = toHex(md5Of({BytesView{m_flash}.subspan(offset, size)}));
    return {0, 0, {hex.begin(), hex.end()}};
}

EspRom::Answer EspRom::securityInfo() const {
    Bytes info(m_chip.chipId ? kSecurityLong : kSecurityShort);
    putLittle(info, 0, m_secureDownload ? kSecureDownload : 0, 4);
    if (m_chip.chipId) putLittle(info, 12, *m_chip.chipId, 4);
    return {0, 0, std::move(info)};
}

std::uint32_t EspRom::readRegister(std::uint32_t address) const {
    if (address == kMagicRegister) return m_chip.magic;
    if (address == m_chip.mac) {
        return static_cast<std::uint32_t>(m_mac[2]) << 24 | static_cast<std::uint32_t>(m_mac[3]) << 16 | static_cast<std::uint32_t>(m_mac[4]) << 8 | m_mac[5];
    }
    if (address == m_chip.mac + 4) return static_cast<std::uint32_t>(m_mac[0]) << 8 | m_mac[1];
    const auto written = m_registers.find(address);
    return written == m_registers.end() ? 0 : written->second;
}

}  // namespace keystamp::flashing::board_program
