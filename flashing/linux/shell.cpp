// SPDX-License-Identifier: Apache-2.0
#include "flashing/linux/shell.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace keystamp::flashing::linux_shell {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuiet{120};        ///< after which a prompt has been said whole
constexpr milliseconds kPrompting{700};   ///< until something comes of a line's end
constexpr milliseconds kLoggingIn{8000};   ///< PAM takes its time over a password
constexpr milliseconds kQuick{3000};
constexpr std::size_t kColumns = 76;
constexpr std::size_t kNoiseMost = 256 * 1024;
constexpr int kTries = 3;
constexpr int kLogins = 2;  ///< with a name and a password; more may lock the account

/// Reads a script from its standard input and runs it, if it is the one that was meant.
constexpr std::string_view kRun =
    "exec 3<&0; k() { s=$(base64 -d 2>/dev/null); h=$(printf %s \"$s\" | sha256sum); if [ \"${h%% *}\" = \"$2\" ]; then o=$(eval \"$s\" 2>&1); r=$?; s=; "
    "h=$(printf %s \"$o\" | sha256sum); printf '\\n<%s%s %s %s\\n%s\\n>\\n' ks \"$1\" \"$r\" \"${h%% *}\" \"$o\"; "
    "else s=; printf '\\n<%s%s bad\\n>\\n' ks \"$1\"; fi; }\n";
/// Its standard error is no terminal, so that a shell that would edit lines, echo them and keep them reads them as they are.
constexpr std::string_view kSettle = " stty -echo -onlcr -ixon; unset HISTFILE; umask 077; PS1= PS2= exec sh 2>/dev/null\n";
constexpr std::string_view kBreak = "\x03\n_\n";  ///< ends a here-document, and whatever runs

/// The line that the cursor is on, without the colours of a prompt.
std::string lastLine(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b' && i + 1 < text.size() && text[i + 1] == '[') {
            i = text.find_first_of("ABCDEFGHJKSTfhlmnsu", i + 2);
            if (i == std::string::npos) break;
        } else {
            plain += text[i];
        }
    }
    const auto from = plain.find_last_of("\r\n");
    if (from != std::string::npos) plain.erase(0, from + 1);
    plain.erase(plain.find_last_not_of(" \t") + 1);
    return plain;
}

bool isPrompt(const std::string& line) { return !line.empty() && std::string_view{"$#>%"}.find(line.back()) != std::string_view::npos; }

/// In lines that a terminal takes, and a line that ends the here-document.
Secret inLines(const Secret& base64) {
    Secret text{base64.size() + base64.size() / kColumns + 1 + 2};
    auto at = text.bytes().begin();
    for (std::size_t line = 0; line < base64.size(); line += kColumns) {
        const BytesView part = base64.view().subspan(line, std::min(kColumns, base64.size() - line));
        at = std::copy(part.begin(), part.end(), at);
        *at++ = '\n';
    }
    *at++ = '_';
    *at++ = '\n';
    text.shrink(static_cast<std::size_t>(at - text.bytes().begin()));
    return text;
}

bool mayHelp(const Error& error) { return error.code == ErrorCode::BoardSilent || error.code == ErrorCode::BoardNonsense; }

}  // namespace

Result<std::string> Shell::hear(milliseconds quiet, Deadline deadline) {
    std::string heard;
    while (heard.size() < kNoiseMost) {
        const auto got = m_link.read(m_buffer, heard.empty() ? deadline : deadline.sooner(quiet));
        if (!got && got.error().code == ErrorCode::Timeout) break;
        if (!got) return got.error();
        heard += asText(BytesView{m_buffer}.first(*got));
    }
    return heard;
}

Result<void> Shell::sayPassword(Deadline deadline) {
    if (m_layout.passwordFile.empty()) return Error{ErrorCode::BadConfig, "it asks for a password; set password_file of [driver.linux]"};
    auto password = readSecretFile(m_layout.passwordFile);
    if (!password) return password.error();
    Secret line{password->size() + 1};
    std::copy(password->view().begin(), password->view().end(), line.bytes().begin());
    line.bytes().back() = '\n';
    return m_link.write(line.view(), deadline);
}

Result<void> Shell::enter(Deadline deadline) {
    m_in = false;
    m_session = toHex(randomBytes(4));
    m_link.discardInput();
    bool named = false, tried = false;
    int silences = 0, refusals = 0;
    if (auto said = say("\n", deadline); !said) return said;
    while (!deadline.passed()) {
        const auto heard = hear(kQuiet, deadline.sooner(named ? kLoggingIn : kPrompting));
        if (!heard) return heard.error();
        const std::string line = lastLine(*heard);
        // once may be a byte's that the line lost; the prompt comes again
        if (tried && heard->find("ogin incorrect") != std::string::npos && ++refusals == kLogins) {
            return Error{ErrorCode::BadConfig, fmt::format("it does not let {} in with that password; look at user and password_file of [driver.linux]", m_layout.user)};
        }
        if (line.ends_with("login:")) {
            if (auto said = say(m_layout.user + "\n", deadline); !said) return said;
            named = true;
        } else if (named && line.ends_with("assword:")) {
            if (auto said = sayPassword(deadline); !said) return said;
            tried = true;
        } else if (line.ends_with("assword:")) {
            // of somebody's earlier try: an empty one brings the prompt back
            if (auto said = say("\n", deadline); !said) return said;
        } else if (isPrompt(line)) {
            return settle(deadline);
        } else if (heard->empty()) {
            // A shell that an earlier station left has no prompt.
            if (silences++ == 2) return Error{ErrorCode::BoardSilent, "neither a login prompt nor a shell's"};
            if (silences == 2) return settle(deadline);
            if (auto said = say(kBreak, deadline); !said) return said;
        }
    }
    return Error{ErrorCode::BoardSilent, "no shell after the login"};
}

Result<void> Shell::settle(Deadline deadline) {
    if (auto said = say(kSettle, deadline); !said) return said;
    const auto echoed = hear(kQuiet, deadline.sooner(kQuiet));
    if (!echoed) return echoed.error();
    if (auto said = say(kRun, deadline); !said) return said;
    const auto echo = runOnce("log in", Secret::copyOf(std::string_view{"stty -a <&3"}), kQuick, deadline);
    if (!echo) return echo.error();
    if (echo->text.find("-echo ") == std::string::npos) return Error{ErrorCode::BoardNonsense, "its terminal still echoes; is there stty?"};
    m_in = true;
    return {};
}

/// Out of whatever was cut short; logged in again where that ended the session.
Result<void> Shell::resync(Deadline deadline) {
    if (auto said = say(kBreak, deadline); !said) return said;
    if (const auto rest = hear(kQuiet, deadline.sooner(kQuiet)); !rest) return rest.error();
    if (m_in) {
        if (auto said = say(kRun, deadline); !said) return said;
        const auto there = runOnce("resync", Secret::copyOf(std::string_view{":"}), milliseconds{700}, deadline);
        if (there || !mayHelp(there.error())) return there ? Result<void>{} : there.error();
    }
    return enter(deadline);
}

Result<Shell::Said> Shell::wait(const char* what, unsigned number, Deadline until) {
    const std::string begin = fmt::format("\n<ks{}{} ", m_session, number);
    std::string heard;
    std::size_t received = 0;
    for (;;) {
        const auto at = heard.find(begin);
        const auto end = at == std::string::npos ? at : heard.find("\n>\n", at + 1);
        if (end != std::string::npos) {
            const std::string_view said = std::string_view{heard}.substr(at + begin.size(), end - at - begin.size());
            const auto line = said.find('\n');
            const std::string_view head = said.substr(0, line);
            Said result{0, line == std::string_view::npos ? "" : std::string{said.substr(line + 1)}};
            const auto [stop, problem] = std::from_chars(head.data(), head.data() + head.size(), result.status);
            const bool good = problem == std::errc{} && head.substr(static_cast<std::size_t>(stop - head.data())) == " " + toHex(sha256(result.text));
            if (good) return result;
            return Error{ErrorCode::BoardNonsense, fmt::format("{}: what arrived is not what was sent", what)};
        }
        if (received > kNoiseMost) return Error{ErrorCode::BoardNonsense, fmt::format("{}: text without end", what)};
        const auto got = m_link.read(m_buffer, until);
        if (!got && got.error().code == ErrorCode::Timeout) return received > 0 ? Error{ErrorCode::BoardNonsense, fmt::format("{}: no answer to it", what)} : Error{ErrorCode::BoardSilent, what};
        if (!got) return got.error();
        received += *got;
        heard += asText(BytesView{m_buffer}.first(*got));
        std::erase(heard, '\r');
        if (heard.ends_with("login: ") || heard.ends_with("assword: ")) return Error{ErrorCode::BoardNonsense, fmt::format("{}: nobody is logged in any more", what)};
        // noise before an answer is not kept
        if (heard.size() > 64 * 1024) heard.erase(0, 32 * 1024);
    }
}

Result<Shell::Said> Shell::runOnce(const char* what, const Secret& script, milliseconds patience, Deadline deadline) {
    const unsigned number = ++m_number;
    m_link.discardInput();
    if (auto said = say(fmt::format("k {}{} {} <<'_'\n", m_session, number, toHex(sha256(script.view()))), deadline); !said) return said.error();
    if (auto said = m_link.write(inLines(script.toBase64()).view(), deadline); !said) return said.error();
    return wait(what, number, deadline.sooner(patience));
}

Result<Shell::Said> Shell::run(const char* what, const Secret& script, milliseconds patience, Deadline deadline) {
    Result<Said> said = Error{ErrorCode::BoardSilent, what};
    for (int tries = 0; tries < kTries && !deadline.passed(); ++tries) {
        const auto ready = tries > 0 ? resync(deadline) : m_in ? Result<void>{} : enter(deadline);
        if (!ready && !mayHelp(ready.error())) return ready.error();
        said = ready ? runOnce(what, script, patience, deadline) : Result<Said>{ready.error()};
        if (said || !mayHelp(said.error())) return said;
    }
    return said;
}

Result<void> Shell::leave(Deadline deadline) {
    if (!m_in) return {};
    m_in = false;
    if (auto said = say("exit\n", deadline); !said) return said;
    const auto heard = hear(kQuiet, deadline.sooner(kPrompting));
    if (!heard) return heard.error();
    return heard->empty() ? Error{ErrorCode::BoardSilent, "log out"} : Result<void>{};
}

}  // namespace keystamp::flashing::linux_shell
