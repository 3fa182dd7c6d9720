// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/console.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <thread>

namespace keystamp::flashing::console {
namespace {

constexpr std::size_t kEndMost = 512;  ///< bytes from the end in which `end` begins
constexpr std::chrono::milliseconds kQuiet{300};
constexpr std::chrono::milliseconds kLongestTalk{2000};
constexpr std::uint8_t kEscape = 0x1B;
constexpr std::uint8_t kBackspace = 0x08;

/// Heard bytes are wiped, whoever leaves.
struct Heard {
    std::array<std::uint8_t, 512> bytes{};
    Heard() = default;
    Heard(const Heard&) = delete;
    Heard& operator=(const Heard&) = delete;
    ~Heard() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

}  // namespace

void Console::forget() {
    OPENSSL_cleanse(m_answer.bytes().data(), m_size);
    m_size = 0;
    m_tooMuch = false;
    m_escape = Escape::None;
}

/// Colours and cursor movements (ECMA-48) say nothing.
void Console::take(std::uint8_t byte) {
    if (m_escape == Escape::Begun) {
        m_escape = byte == '[' ? Escape::Inside : Escape::None;
        return;
    }
    if (m_escape == Escape::Inside) {
        if (byte >= 0x40 && byte <= 0x7E) m_escape = Escape::None;
        return;
    }
    if (byte == kEscape) {
        m_escape = Escape::Begun;
        return;
    }
    if (m_size == m_answer.size()) {
        m_tooMuch = true;
        return;
    }
    m_answer.bytes()[m_size++] = byte;
}

Result<void> Console::hear(Deadline deadline) {
    Heard heard;
    const auto got = m_link.read(heard.bytes, deadline);
    if (!got) return got.error();
    for (const std::uint8_t each : BytesView{heard.bytes}.first(*got)) take(each);
    if (m_tooMuch) return Error{ErrorCode::BoardNonsense, fmt::format("it says more than {} bytes", kAnswerMost)};
    return {};
}

Result<void> Console::typeChunk(BytesView chunk, Deadline deadline) {
    if (chunk.empty()) return {};
    if (auto sent = m_link.write(chunk, deadline); !sent) return sent;
    if (!m_profile.echo) {
        if (m_profile.pause.count() > 0) std::this_thread::sleep_for(std::min(m_profile.pause, deadline.left()));
        return {};
    }
    while (m_size < chunk.size()) {
        auto heard = hear(deadline);
        if (heard) continue;
        if (heard.error().code != ErrorCode::Timeout) return heard;
        return m_size == 0 ? Error{ErrorCode::BoardSilent, "it echoes nothing"} : Error{ErrorCode::BoardNonsense, "it echoes less than it was sent"};
    }
    const BytesView echo = m_answer.view().first(m_size);
    const bool same = echo.size() == chunk.size() && std::equal(echo.begin(), echo.end(), chunk.begin());
    const bool masked = echo.size() == chunk.size() && std::all_of(echo.begin(), echo.end(), [](std::uint8_t each) { return each == '*'; });
    if (!same && !masked) return Error{ErrorCode::BoardNonsense, "it echoes something else than it was sent"};
    forget();
    return {};
}

Result<void> Console::type(BytesView line, Deadline deadline) {
    const BytesView most = line.first(line.size() - std::min<std::size_t>(line.size(), 1));
    for (std::size_t at = 0; at < most.size(); at += m_profile.chunk) {
        if (auto typed = typeChunk(most.subspan(at, std::min(m_profile.chunk, most.size() - at)), deadline); !typed) return typed;
    }
    return typeChunk(line.subspan(most.size()), deadline);
}

void Console::settle(std::string_view text, Deadline deadline) {
    if (!text.empty()) static_cast<void>(m_link.write(asBytes(text), deadline));
    const Deadline longest = deadline.sooner(kLongestTalk);
    Heard heard;
    while (!longest.passed() && m_link.read(heard.bytes, longest.sooner(kQuiet))) {
    }
}

Result<std::string_view> Console::ask(const Secret& line, const Pattern& end, bool changes, Deadline deadline) {
    m_link.discardInput();
    forget();
    const bool atOnce = m_profile.echo && !changes && line.size() <= m_profile.chunk;
    if (atOnce) {
        if (auto sent = m_link.write(line.view(), deadline); !sent) return sent.error();
    } else if (auto typed = type(line.view(), deadline); !typed) {
        if (m_profile.echo && typed.error().code == ErrorCode::BoardNonsense) {
            // what stands there unended is rubbed out, so that the next line is not its end
            const Bytes rub(line.size(), kBackspace);
            static_cast<void>(m_link.write(rub, deadline));
        }
        return typed.error();
    }
    if (auto sent = m_link.write(asBytes(m_profile.lineEnd), deadline); !sent) return sent.error();
    for (;;) {
        const std::string_view answer = asText(m_answer.view().first(m_size));
        const auto found = end.find(answer, answer.size() - std::min(answer.size(), kEndMost));
        if (!found) return found.error();
        if (*found && m_size > 0) return atOnce && answer.starts_with(line.text()) ? answer.substr(line.size()) : answer;
        auto heard = hear(deadline);
        if (heard) continue;
        if (heard.error().code != ErrorCode::Timeout) return heard.error();
        return m_size == 0 ? Error{ErrorCode::BoardSilent, "no answer"} : Error{ErrorCode::BoardNonsense, "its answer has no end"};
    }
}

}  // namespace keystamp::flashing::console
