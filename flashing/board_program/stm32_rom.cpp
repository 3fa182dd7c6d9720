// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/stm32_rom.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "flashing/stm32/page.h"
#include "flashing/stm32/protocol.h"

namespace keystamp::flashing::board_program {
namespace {

using namespace stm32;

constexpr std::size_t kFlashSize = 128 * 1024;
constexpr std::size_t kUidSize = 12;
constexpr std::uint32_t kIdentityAt = 0x0801F800;  ///< what the application's linker script says; to the end of flash
constexpr std::uint8_t kVersion = 0x31;

std::uint8_t xorOf(BytesView bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), std::uint8_t{0}, [](std::uint8_t sum, std::uint8_t byte) { return static_cast<std::uint8_t>(sum ^ byte); });
}

}  // namespace

Stm32Rom::Stm32Rom(const BoardMake& make)
    : m_chip(*chipOf(make.driver == "stm32f1" ? 0x410 : 0x435)),
      m_extended(make.driver != "stm32f1"),
      m_unit(make.driver == "stm32f1" ? 2 : 8),
      m_protected(make.secureDownload),
      m_flash(kFlashSize, 0xFF) {
    const Digest digest = sha256(make.uid);
    m_uid.assign(digest.begin(), digest.begin() + kUidSize);
    std::fill_n(m_flash.begin(), m_chip.pageSize, std::uint8_t{0x5A});  // a product's firmware
}

std::string Stm32Rom::application() const {
    const PageContents found = readPage(BytesView{m_flash}.subspan(kIdentityAt - kFlash));
    if (!found.credential) return "app: no identity\r\n";
    return fmt::format("app: {} of {}, credential {}\r\n", found.deviceId, found.scopeId, toHex(*found.credential));
}

void Stm32Rom::lines(bool dtr, bool rts, Bytes& out) {
    const bool starts = m_reset && !rts;
    m_reset = rts;
    if (!starts) return;
    m_in.clear();
    m_state = dtr ? State::Sync : State::Application;
    const std::string said = dtr ? "" : application();
    out.insert(out.end(), said.begin(), said.end());
}

Effect Stm32Rom::input(BytesView bytes, Bytes& out) {
    for (const std::uint8_t byte : bytes) {
        if (m_state == State::Application || m_reset || !m_evenParity) return {};
        m_in.push_back(byte);
        if (const std::size_t size = wanted(); size == 0 || m_in.size() < size) continue;
        take(out);
        m_in.clear();
    }
    return {};
}

std::size_t Stm32Rom::wanted() const {
    switch (m_state) {
        case State::Sync: return 1;
        case State::Command:
        case State::ReadSize: return 2;
        case State::Address: return 5;
        case State::WriteData: return m_in[0] + 3U;  // N, N + 1 bytes, sum
        case State::Pages: return m_in[0] == 0xFF ? 2 : m_in[0] + 3U;
        case State::ExtendedPages: {
            if (m_in.size() < 2) return 0;
            const std::size_t count = static_cast<std::size_t>(m_in[0]) << 8 | m_in[1];
            return count >= 0xFFF0 ? 3 : 2 + 2 * (count + 1) + 1;
        }
        case State::Application: break;
    }
    return 0;
}

void Stm32Rom::answer(bool good, State next, Bytes& out) {
    out.push_back(good ? kAck : kNack);
    m_state = good ? next : State::Command;
}

void Stm32Rom::list(std::uint8_t size, BytesView what, Bytes& out) {
    answer(true, State::Command, out);
    out.push_back(size);
    out.insert(out.end(), what.begin(), what.end());
    out.push_back(kAck);
}

void Stm32Rom::take(Bytes& out) {
    switch (m_state) {
        case State::Sync:
            if (m_in[0] == kSync) answer(true, State::Command, out);
            return;
        case State::Command: return command(out);
        case State::Address: return address(out);
        case State::ReadSize: {
            const std::size_t size = m_in[0] + 1U;
            answer((m_in[0] ^ m_in[1]) == 0xFF && readable(m_address, size), State::Command, out);
            if (out.back() == kNack) return;
            for (std::size_t i = 0; i < size; ++i) out.push_back(at(m_address + static_cast<std::uint32_t>(i)));
            return;
        }
        case State::WriteData: return writeData(out);
        case State::Pages:
        case State::ExtendedPages: return pages(out);
        case State::Application: return;
    }
}

void Stm32Rom::command(Bytes& out) {
    m_op = m_in[0];
    const std::uint8_t erase = m_extended ? kExtendedErase : kErase;
    const Bytes all{kVersion, kGet, kGetVersion, kGetId, kReadMemory, kGo, kWriteMemory, erase};
    if ((m_in[0] ^ m_in[1]) != 0xFF || std::find(all.begin() + 1, all.end(), m_op) == all.end()) return answer(false, State::Command, out);
    if (m_op == kGet) return list(static_cast<std::uint8_t>(all.size() - 1), all, out);
    if (m_op == kGetVersion) {
        answer(true, State::Command, out);
        out.insert(out.end(), {kVersion, 0, 0, kAck});
        return;
    }
    if (m_op == kGetId) {
        const Bytes id{static_cast<std::uint8_t>(m_chip.productId >> 8), static_cast<std::uint8_t>(m_chip.productId)};
        return list(1, id, out);
    }
    const State next = m_op == erase ? (m_extended ? State::ExtendedPages : State::Pages) : State::Address;
    answer(!m_protected, next, out);
}

void Stm32Rom::address(Bytes& out) {
    m_address = static_cast<std::uint32_t>(m_in[0]) << 24 | static_cast<std::uint32_t>(m_in[1]) << 16 | static_cast<std::uint32_t>(m_in[2]) << 8 | m_in[3];
    const bool good = xorOf(m_in) == 0 && readable(m_address, 1) && (m_op == kReadMemory || m_address % 4 == 0);
    if (m_op == kGo) {
        answer(good, State::Application, out);
        if (!good) return;
        const std::string said = application();
        out.insert(out.end(), said.begin(), said.end());
        return;
    }
    answer(good, m_op == kReadMemory ? State::ReadSize : State::WriteData, out);
}

void Stm32Rom::writeData(Bytes& out) {
    const BytesView data = BytesView{m_in}.subspan(1, m_in.size() - 2);
    const std::size_t from = m_address - kFlash;
    bool good = xorOf(m_in) == 0 && m_address >= kFlash && from <= kFlashSize && data.size() <= kFlashSize - from && data.size() % 4 == 0;
    for (std::size_t i = 0; good && i < data.size(); ++i) {
        // what is erased is written; the same once more does no harm
        const std::size_t unit = (from + i) / m_unit * m_unit;
        const auto erased = [](std::uint8_t byte) { return byte == 0xFF; };
        good = m_flash[from + i] == data[i] || i % m_unit != 0 ||
               std::all_of(m_flash.begin() + static_cast<std::ptrdiff_t>(unit), m_flash.begin() + static_cast<std::ptrdiff_t>(unit + m_unit), erased);
    }
    if (good) std::copy(data.begin(), data.end(), m_flash.begin() + static_cast<std::ptrdiff_t>(from));
    m_written = m_written || good;
    answer(good, State::Command, out);
}

void Stm32Rom::pages(Bytes& out) {
    if (xorOf(m_in) != (m_in.size() == 2 ? 0xFF : 0)) return answer(false, State::Command, out);
    const bool all = m_extended ? m_in[0] == 0xFF && m_in[1] >= 0xFD : m_in[0] == 0xFF;
    if (all) std::fill(m_flash.begin(), m_flash.end(), std::uint8_t{0xFF});
    std::vector<std::size_t> numbers;
    for (std::size_t i = m_extended ? 2 : 1; !all && i + 1 < m_in.size(); i += m_extended ? 2 : 1) {
        numbers.push_back(m_extended ? static_cast<std::size_t>(m_in[i]) << 8 | m_in[i + 1] : m_in[i]);
    }
    const std::size_t count = kFlashSize / m_chip.pageSize;
    const bool good = std::all_of(numbers.begin(), numbers.end(), [&](std::size_t page) { return page < count; });
    for (const std::size_t page : good ? numbers : std::vector<std::size_t>{}) {
        std::fill_n(m_flash.begin() + static_cast<std::ptrdiff_t>(page * m_chip.pageSize), m_chip.pageSize, std::uint8_t{0xFF});
    }
    answer(good, State::Command, out);
}

bool Stm32Rom::readable(std::uint32_t from, std::size_t size) const {
    const bool inFlash = from >= kFlash && from - kFlash <= kFlashSize && size <= kFlashSize - (from - kFlash);
    return inFlash || (from >= m_chip.uid && from - m_chip.uid <= kUidSize && size <= kUidSize - (from - m_chip.uid));
}

std::uint8_t Stm32Rom::at(std::uint32_t address) const { return address >= m_chip.uid ? m_uid[address - m_chip.uid] : m_flash[address - kFlash]; }

}  // namespace keystamp::flashing::board_program
