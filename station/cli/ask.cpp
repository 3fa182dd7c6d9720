// SPDX-License-Identifier: Apache-2.0
#include "station/cli/ask.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "station/workflow/audit_row.h"

namespace keystamp::cli {
namespace {

constexpr int kTries = 3;

// An interrupt while nothing is echoed must not leave a dumb terminal behind.
termios shownBefore{};
int askedAt = -1;

void restoreAndDie(int number) {
    tcsetattr(askedAt, TCSANOW, &shownBefore);
    ::raise(number);  // SA_RESETHAND: the default now
}

class EchoGuard {
public:
    explicit EchoGuard(int terminal) {
        askedAt = terminal;
        if (tcgetattr(terminal, &shownBefore) != 0) return;
        struct sigaction act {};
        act.sa_handler = restoreAndDie;
        act.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
        ::sigaction(SIGINT, &act, &m_interrupt);
        ::sigaction(SIGTERM, &act, &m_terminate);
        m_set = true;
    }
    ~EchoGuard() {
        if (!m_set) return;
        ::sigaction(SIGINT, &m_interrupt, nullptr);
        ::sigaction(SIGTERM, &m_terminate, nullptr);
    }
    EchoGuard(const EchoGuard&) = delete;
    EchoGuard& operator=(const EchoGuard&) = delete;

private:
    struct sigaction m_interrupt {
    }, m_terminate{};
    bool m_set = false;
};

void say(const Error& error) { std::fprintf(stderr, "%s\n", describe(error).c_str()); }

Result<Secret> fromDescriptor(int fd, const char* option) {
    if (::fcntl(fd, F_GETFD) < 0)
        return Error{ErrorCode::BadUsage, fmt::format("{} {}: no such descriptor is open", option, fd), errno, "fcntl"};
    return readSecret(fd, {});
}

Result<void> login(hsm::Signer& signer, const std::string& token, int pinFd, const Error& orElse) {
    if (pinFd >= 0) {
        const auto pin = fromDescriptor(pinFd, "--pin-fd");
        return pin ? signer.login(*pin) : pin.error();
    }
    for (int tried = 1;; ++tried) {
        const auto pin = ask(fmt::format("PIN of the HSM token \"{}\": ", token),
                             orElse);
        if (!pin) return pin.error();
        if (pin->empty()) return Error{ErrorCode::PinNeeded, "none was given"};
        auto done = signer.login(*pin);
        if (done || done.error().code != ErrorCode::PinWrong || tried == kTries) return done;
        say(done.error());
    }
}

}  // namespace

Result<Secret> ask(const std::string& prompt, const Error& orElse) {
    const UniqueFd terminal{::open("/dev/tty", O_RDWR | O_CLOEXEC)};
    if (!terminal) return orElse;
    const EchoGuard guard{terminal.get()};
    return readSecret(terminal.get(), prompt);
}

Result<void> unlock(hsm::Signer& signer, int pinFd) {
    const auto status = signer.status();
    if (!status) return status.error();
    if (status->loggedIn) return {};
    const std::string token = "token \"" + status->tokenLabel + "\"";
    if (status->state == "token-missing") return Error{ErrorCode::TokenMissing, token};
    const std::string noTerminal = "there is no terminal to ask at; give it by --pin-fd";
    if (status->state != "pin-locked") return login(signer, status->tokenLabel, pinFd, {ErrorCode::PinNeeded, noTerminal});
    // only a person who enters it can know that it has been unlocked
    const Error locked{ErrorCode::PinLocked, token + "; " + noTerminal};
    if (pinFd < 0) say({ErrorCode::PinLocked, token});
    return login(signer, status->tokenLabel, pinFd, locked);
}

Result<void> withAuthority(const Context& context, workflow::Station& station,
                           const std::function<Result<void>(const hsm::Authority&)>& act) {
    const workflow::Config& config = station.config;
    hsm::Authority authority;
    authority.supervisor = context.as.empty() ? config.supervisor : context.as;
    if (authority.supervisor.empty())
        return Error{ErrorCode::BadUsage, "no supervisor: give --as NAME, or [supervisor] name in " + config.file};

    const bool byFile =
        context.authFd < 0 && !config.passphraseFile.empty() && authority.supervisor == config.supervisor;
    if (context.authFd >= 0 || byFile) {
        if (byFile) {
            const auto status = station.signer->status();
            if (!status) return status.error();
            if (!status->demo)
                return Error{ErrorCode::BadConfig,
                             config.file + ": [supervisor] passphrase_file is for demo tokens only"};
        }
        auto passphrase = byFile ? readSecretFile(config.passphraseFile) : fromDescriptor(context.authFd, "--auth-fd");
        if (!passphrase) return passphrase.error();
        authority.passphrase = std::move(*passphrase);
        return act(authority);
    }
    for (int tried = 1;; ++tried) {
        auto passphrase =
            ask(fmt::format("Passphrase of supervisor {}: ", authority.supervisor),
                {ErrorCode::BadUsage,
                 "the supervisor's passphrase is needed and there is no terminal to ask at; give it by --auth-fd"});
        if (!passphrase) return passphrase.error();
        authority.passphrase = std::move(*passphrase);
        auto done = act(authority);
        if (done || done.error().code != ErrorCode::PassphraseWrong || tried == kTries) return done;
        say(done.error());
    }
}

Result<void> auditAct(workflow::Station& station, const char* kind, nlohmann::ordered_json row, const std::string& supervisor) {
    row["who"] = supervisor;
    return workflow::addRow(*station.journal, kind, row);
}

}  // namespace keystamp::cli
