// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/emulated_console.h"

namespace keystamp::flashing::board_program {
namespace {

constexpr std::size_t kLineMost = 8192;
constexpr char kBackspace = 0x08, kDelete = 0x7F;

}  // namespace

Effect EmulatedConsole::input(BytesView bytes, Bytes& out) {
    std::string said;
    // Nobody waited for the echo: it arrived faster than it was taken.
    const std::size_t kept = m_manner.room == 0 ? bytes.size() : std::min(bytes.size(), m_manner.room);
    for (const std::uint8_t each : bytes.first(kept)) type(static_cast<char>(each), said);
    out.insert(out.end(), said.begin(), said.end());
    return {};
}

void EmulatedConsole::type(char each, std::string& said) {
    if (each == '\r' && !(m_manner.quotedLines && m_quoted)) {
        if (echoes()) said += "\r\n";
        said += answer(std::exchange(m_line, {}));
        said += m_manner.colours ? "\x1b[1;32m" + m_manner.prompt + "\x1b[m" : m_manner.prompt;
        m_quoted = false;
        return;
    }
    if (each == kBackspace || each == kDelete) {
        if (m_line.empty()) return;
        m_line.pop_back();
        if (echoes()) said += "\b \b";
        return;
    }
    const bool text = static_cast<unsigned char>(each) >= 0x20;
    if ((!text && !m_quoted) || m_line.size() >= kLineMost) return;
    if (each == '"') m_quoted = !m_quoted;
    if (echoes()) said += echoOf(m_line, each);
    m_line += each;
}

Result<std::vector<std::string>> wordsOf(const std::string& line) {
    std::vector<std::string> words;
    bool inWord = false, quoted = false;
    for (const char each : line) {
        if (each == '"' && !inWord) {
            words.emplace_back();
            inWord = quoted = true;
        } else if (each == '"' && quoted) {
            inWord = quoted = false;
        } else if (each == ' ' && !quoted) {
            inWord = false;
        } else {
            if (!std::exchange(inWord, true)) words.emplace_back();
            words.back() += each;
        }
    }
    if (quoted) return Error{ErrorCode::BadUsage, "a quote is not closed"};
    return words;
}

}  // namespace keystamp::flashing::board_program
