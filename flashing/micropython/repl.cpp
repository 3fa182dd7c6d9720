// SPDX-License-Identifier: Apache-2.0
#include "flashing/micropython/repl.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <thread>

namespace keystamp::flashing::micropython {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuick{1500};
constexpr milliseconds kEntering{1000};
constexpr std::size_t kPiece = 48;          ///< that a small board's buffer takes
constexpr std::size_t kAnswerMost = 8192;
constexpr std::size_t kNoiseMost = 256 * 1024;
constexpr int kTries = 3;
constexpr const char* kOther = "what arrived is not what was sent";

/// h: Adler-32 in two halves, for small boards have no long integers. k: runs code that is the one that was meant, and says what it left in o,
/// after a +, or the exception that ended it, after a !.
constexpr std::string_view kPrelude =
    "def h(s):\n a=1;b=0\n for c in s:\n  a=(a+c)%65521;b=(b+a)%65521\n return '%d.%d'%(a,b)\n"
    "def k(s,c):\n global o\n o=''\n if h(s)!=c:\n  print('bad')\n  return\n"
    " try:\n  exec(str(s,'utf8'),globals())\n  o='+'+o\n except Exception as e:\n  o='!%s: %s'%(type(e).__name__,e)\n"
    " print('<%s %s>'%(h(bytes(o,'utf8')),o))\n";

std::string adlerOf(BytesView bytes) {
    const auto sum = static_cast<std::uint32_t>(::adler32(1, bytes.data(), static_cast<unsigned>(bytes.size())));
    return fmt::format("{}.{}", sum & 0xFFFF, sum >> 16);
}

/// As a bytes literal's inside.
Secret escaped(const Secret& code) {
    Secret out{2 * code.size()};
    auto at = out.bytes().begin();
    for (const std::uint8_t each : code.view()) {
        if (each == '\n' || each == '\'' || each == '\\') *at++ = '\\';
        *at++ = each == '\n' ? 'n' : each;
    }
    out.shrink(static_cast<std::size_t>(at - out.bytes().begin()));
    return out;
}

/// The name at the begin of a traceback's last line.
std::string_view exceptionOf(std::string_view traceback) {
    traceback = traceback.substr(0, traceback.find_last_not_of("\r\n") + 1);
    const std::string_view line = traceback.substr(traceback.rfind('\n') + 1);
    return line.substr(0, line.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"));
}

bool mayHelp(const Error& error) { return error.code == ErrorCode::BoardSilent || error.code == ErrorCode::BoardNonsense; }
Error nonsense(const char* what, const char* why) { return Error{ErrorCode::BoardNonsense, fmt::format("{}: {}", what, why)}; }

}  // namespace

Result<void> Repl::say(BytesView bytes, Deadline deadline) {
    while (!bytes.empty()) {
        const BytesView piece = bytes.first(std::min(bytes.size(), kPiece));
        if (auto sent = m_link.write(piece, deadline); !sent) return sent;
        bytes = bytes.subspan(piece.size());
        if (!bytes.empty()) std::this_thread::sleep_for(m_pause);
    }
    return {};
}

void Repl::slower() {
    constexpr milliseconds kLongest{96};
    m_pause = std::min(4 * m_pause, kLongest);
}

Result<std::size_t> Repl::hear(Secret& into, std::size_t size, Deadline until) {
    return m_link.read(into.bytes().subspan(size, std::min<std::size_t>(into.size() - size, 512)), until);
}

Result<void> Repl::expect(const char* what, std::string_view words, Deadline until) {
    std::string heard;
    std::size_t received = 0;
    std::array<std::uint8_t, 512> buffer{};
    while (received < kNoiseMost) {
        const auto got = m_link.read(buffer, until);
        if (!got && got.error().code == ErrorCode::Timeout) return received > 0 ? nonsense(what, "no answer to it") : Error{ErrorCode::BoardSilent, what};
        if (!got) return got.error();
        received += *got;
        heard += asText(BytesView{buffer}.first(*got));
        if (heard.find(words) != std::string::npos) return {};
        heard.erase(0, heard.size() - std::min(heard.size(), words.size()));
    }
    return nonsense(what, "text without end");
}

Result<void> Repl::settle(Deadline deadline) {
    constexpr std::string_view kInterrupt = "\r\x03\x03", kRaw = "\r\x01";
    m_in = false;
    if (auto said = say(asBytes(kInterrupt), deadline); !said) return said;
    std::this_thread::sleep_for(m_pause);
    m_link.discardInput();
    if (auto said = say(asBytes(kRaw), deadline); !said) return said;
    if (auto there = expect("raw REPL", "raw REPL; CTRL-B to exit\r\n>", deadline.sooner(kEntering)); !there) return there;
    const auto ready = raw("prelude", asBytes(kPrelude), deadline);
    if (!ready) return ready.error();
    m_in = true;
    return {};
}

Result<void> Repl::enter(Deadline deadline) {
    Result<void> in;
    for (int tries = 0; tries < kTries && !deadline.passed(); ++tries) {
        in = settle(deadline);
        if (in || !mayHelp(in.error())) return in;
        slower();
    }
    if (in.error().code == ErrorCode::BoardSilent) return Error{ErrorCode::BoardSilent, "no raw REPL; is MicroPython on this port, and does its main.py leave ctrl-C alone?"};
    return in;
}

/// OK, what it printed, ^D, an exception's text, ^D and the next prompt. k lets no exception through, so one is of what a lost byte made of the
/// code; its words may hold a piece of that, so no more than its name is kept.
Result<Secret> Repl::raw(const char* what, BytesView code, Deadline deadline) {
    m_link.discardInput();
    if (auto said = say(code, deadline); !said) return said.error();
    constexpr std::uint8_t kEnd = 0x04;
    if (auto said = say({&kEnd, 1}, deadline); !said) return said.error();
    Secret answer{kAnswerMost};
    std::size_t size = 0;
    const Deadline until = deadline.sooner(kQuick);
    while (size < answer.size()) {
        const auto got = hear(answer, size, until);
        if (!got && got.error().code == ErrorCode::Timeout) return size > 0 ? nonsense(what, "no end of its answer") : Error{ErrorCode::BoardSilent, what};
        if (!got) return got.error();
        size += *got;
        const std::string_view said = answer.text().substr(0, size);
        if (!said.ends_with("\x04>")) continue;
        const auto first = said.find('\x04');
        if (!said.starts_with("OK") || first + 2 > said.size() - 1) return nonsense(what, "no answer of a raw REPL");
        if (const auto trouble = said.substr(first + 1, said.size() - first - 3); !trouble.empty()) {
            return Error{ErrorCode::BoardNonsense, fmt::format("{}: {} ({})", what, kOther, exceptionOf(trouble)), 1, "MicroPython"};
        }
        return Secret::copyOf(said.substr(2, first - 2));
    }
    return nonsense(what, "text without end");
}

Result<Secret> Repl::runOnce(const char* what, const Secret& code, Deadline deadline) {
    const Secret inside = escaped(code);
    const std::string begin = "k(b'", end = fmt::format("','{}')", adlerOf(code.view()));
    Secret line{begin.size() + inside.size() + end.size()};
    auto at = std::copy(begin.begin(), begin.end(), line.bytes().begin());
    at = std::copy(inside.view().begin(), inside.view().end(), at);
    std::copy(end.begin(), end.end(), at);
    const auto answer = raw(what, line.view(), deadline);
    if (!answer) return answer.error();
    const std::string_view said = answer->text();
    const auto from = said.find('<'), blank = said.find(' ', from), to = said.rfind('>');
    if (from == std::string_view::npos || blank == std::string_view::npos || to == std::string_view::npos || to <= blank) return nonsense(what, kOther);
    Secret text = Secret::copyOf(said.substr(blank + 1, to - blank - 1));
    if (text.size() == 0 || said.substr(from + 1, blank - from - 1) != adlerOf(text.view())) return nonsense(what, kOther);
    if (text.text().front() == '!') return Error{ErrorCode::BoardRefused, fmt::format("{}: {}", what, text.text().substr(1)), 1, "MicroPython"};
    return Secret::copyOf(text.text().substr(1));
}

Result<Secret> Repl::run(const char* what, const Secret& code, Deadline deadline) {
    Result<Secret> said = Error{ErrorCode::BoardSilent, what};
    for (int tries = 0; tries < kTries && !deadline.passed(); ++tries) {
        if (tries > 0 || !m_in) {
            if (auto in = enter(deadline); !in) return in.error();
        }
        said = runOnce(what, code, deadline);
        if (said || !mayHelp(said.error())) return said;
        slower();
    }
    return said;
}

Result<void> Repl::restart(Deadline deadline) {
    if (!m_in) return {};
    m_in = false;
    constexpr std::string_view kFriendly = "\x02", kReboot = "\x04";
    if (auto said = say(asBytes(kFriendly), deadline); !said) return said;
    std::this_thread::sleep_for(m_pause);
    if (auto said = say(asBytes(kReboot), deadline); !said) return said;
    return expect("soft reboot", "reboot", deadline.sooner(kEntering));
}

}  // namespace keystamp::flashing::micropython
