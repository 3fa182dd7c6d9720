// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/fixture.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

namespace keystamp::flashing::board_program {

Result<std::unique_ptr<Fixture>> Fixture::open(FixtureMake make) {
    auto listener = Listener::open(make.listen, make.number, make.fixtures);
    if (!listener) return listener.error();
    std::unique_ptr<Fixture> fixture{new Fixture{std::move(make), std::move(*listener)}};
    if (fixture->m_listener.isPty()) fixture->m_link = fixture->m_listener.takePty();
    unsigned first = 1;
    const bool kept = !fixture->m_make.state.empty() && std::filesystem::exists(fixture->flashFileOf(first));
    while (kept && std::filesystem::exists(fixture->flashFileOf(first + 1))) ++first;
    if (auto placed = fixture->place(first); !placed) return placed.error();
    // It was finished before this program was last stopped.
    if (kept && fixture->m_board->finished() && first < fixture->m_make.feed) {
        if (auto placed = fixture->place(first + 1); !placed) return placed.error();
    }
    return fixture;
}

Bytes Fixture::uidOf(unsigned board) const {
    Bytes uid = m_make.uidPrefix;
    uid.push_back(static_cast<std::uint8_t>(m_make.number));
    for (unsigned shift = 32; shift > 0; shift -= 8) uid.push_back(static_cast<std::uint8_t>(board >> (shift - 8)));
    return uid;
}

std::string Fixture::flashFileOf(unsigned board) const {
    return m_make.state.empty() ? "" : fmt::format("{}/{}.flash", m_make.state, toHex(uidOf(board)));
}

Result<void> Fixture::place(unsigned number) {
    BoardMake make{m_make.driver, uidOf(number), m_make.makesKeys, m_make.secureDownload, flashFileOf(number), {}, m_make.resetHold, m_make.stock};
    std::copy_if(m_make.faults.begin(), m_make.faults.end(), std::back_inserter(make.faults),
                 [&](const Fault& each) { return each.isOn(m_make.number, number); });
    auto board = makeBoard(std::move(make));
    if (!board) return board.error();
    m_board = std::move(*board);
    m_number = number;
    return {};
}

Result<void> Fixture::nextBoard() { return place(m_number + 1); }

Result<void> Fixture::linkClosed() {
    if (!m_listener.isPty()) m_link = UniqueFd{};
    m_out.clear();
    m_stuck = false;
    m_due.reset();
    if (m_board->condemned() && m_number < m_make.feed) return nextBoard();
    return {};
}

Result<void> Fixture::listenerReady() {
    if (m_listener.isPty()) return m_listener.stationClosed() ? linkClosed() : Result<void>{};
    UniqueFd link = m_listener.accept();
    if (!link) return {};
    if (m_link) {
        if (auto closed = linkClosed(); !closed) return closed;
    }
    m_link = std::move(link);
    m_server = {};
    return {};
}

void Fixture::put(BytesView answer) {
    const Bytes escaped = m_listener.isRfc2217() ? Rfc2217Server::escaped(answer) : Bytes{};
    const BytesView sent = m_listener.isRfc2217() ? BytesView{escaped} : answer;
    m_out.insert(m_out.end(), sent.begin(), sent.end());
}

Result<void> Fixture::received(std::span<std::uint8_t> bytes) {
    if (!m_listener.isRfc2217()) return take(bytes, {}, m_board->finished());
    // in their order: what came before a reset was for the board as it was
    while (!bytes.empty() && m_link) {
        const auto part = bytes.first(static_cast<std::size_t>(std::find(bytes.begin() + 1, bytes.end(), telnet::kIac) - bytes.begin()));
        bytes = bytes.subspan(part.size());
        Bytes answer;
        const bool was = m_board->finished();
        const BytesView data = m_server.received(part, m_out, [&](bool dtr, bool rts) { m_board->lines(dtr, rts, answer); });
        m_board->parity(m_server.evenParity());
        if (auto taken = take(data, std::move(answer), was); !taken) return taken;
    }
    return {};
}

Result<void> Fixture::take(BytesView data, Bytes answer, bool wasFinished) {
    const Effect effect = m_board->input(data, answer);
    put(answer);
    return afterwards(effect, wasFinished);
}

Result<void> Fixture::boardReady() {
    const bool was = m_board->finished();
    Bytes said;
    m_board->ready(said);
    if (m_link) put(said);
    return afterwards({}, was);
}

Result<void> Fixture::afterwards(const Effect& effect, bool wasFinished) {
    const bool finished = !wasFinished && m_board->finished() && m_number < m_make.feed;
    if (effect.dropLink) {
        if (auto closed = linkClosed(); !closed) return closed;
        return finished && m_board->finished() ? nextBoard() : Result<void>{};
    }
    if (effect.delay.count() > 0) m_due = Steady::now() + effect.delay;
    // The board that was locked, or swapped, is taken off; the link stays, and its reply is on its way.
    if (effect.swapBoard || finished) {
        if (auto next = nextBoard(); !next) return next;
    }
    return m_due || !m_link ? Result<void>{} : flush();
}

Result<void> Fixture::flush() {
    m_stuck = false;
    while (!m_out.empty()) {
        const ssize_t sent = ::write(m_link.get(), m_out.data(), m_out.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) {
            m_stuck = true;
            return {};
        }
        if (sent < 0) return linkClosed();
        m_out.erase(m_out.begin(), m_out.begin() + sent);
    }
    return {};
}

Result<void> Fixture::timeReached() {
    m_due.reset();
    return m_link ? flush() : Result<void>{};
}

Result<void> Fixture::linkReady(bool readable, bool writable) {
    if (writable && m_stuck) {
        if (auto flushed = flush(); !flushed) return flushed;
    }
    if (!readable || !m_link) return {};
    std::array<std::uint8_t, 8192> buffer;
    const ssize_t got = ::read(m_link.get(), buffer.data(), buffer.size());
    if (got > 0) return received(std::span{buffer}.first(static_cast<std::size_t>(got)));
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return {};
    return linkClosed();
}

}  // namespace keystamp::flashing::board_program
