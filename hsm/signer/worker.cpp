// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/worker.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>

#include "hsm/messages.h"
#include "hsm/signer/connections.h"
#include "hsm/signer/control.h"
#include "hsm/signer/heal.h"
#include "hsm/signer/log.h"
#include "hsm/signer/service.h"

namespace keystamp::hsm {
namespace {

constexpr long kNotLoggedIn = 0x101;  // CKR_USER_NOT_LOGGED_IN
constexpr int kBeatMillis = 500;
constexpr std::chrono::seconds kLeaveLimit{2};  // for the module to be unloaded
constexpr std::chrono::seconds kAskAgain{2};    // a token that fails while it is opened: the worker says so meanwhile

class Worker {
public:
    Worker(const SignerConfig& config, Page& page, Result<std::unique_ptr<Ledger>> ledger)
        : m_page(page),
          m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
          m_ledger(std::move(ledger)),
          m_vault(config, page, [this](Vault::Told told, const Secret& pin) { tell(told, pin); },
                  [this](const std::vector<std::string>& keys) -> Result<void> {
                      if (!m_ledger) return m_ledger.error();
                      return (*m_ledger)->selfTests(keys);
                  }),
          m_connections(page, config.callers,
                        {[this](wire::Message request) { return answer(std::move(request)); },
                         [this](const Error& error) { failed(error); }}) {
        if (m_ledger) m_service = std::make_unique<Service>(config, **m_ledger, m_vault, page);
    }

    int run(std::optional<Secret> pin, int signals) {
        m_vault.start(std::move(pin));
        std::array<pollfd, 4> watched{pollfd{kListenFd, POLLIN, 0}, pollfd{signals, POLLIN, 0}, pollfd{m_wake.get(), POLLIN, 0},
                                      pollfd{kControlFd, POLLIN, 0}};
        const auto patience = Deadline::in(std::chrono::seconds{5});
        while (!m_freshNeeded) {
            m_page.beat();
            if (m_service) m_service->tidy();
            if (!m_service && patience.passed()) renew("to try the ledger again");
            if (m_renewAt != 0 && Page::now() > m_renewAt) renew("the HSM failed while logging in");
            if (::poll(watched.data(), watched.size(), kBeatMillis) <= 0) continue;
            if (watched[0].revents != 0) m_connections.accept(kListenFd);
            // the supervisor says nothing more: readable means that it has gone
            if (watched[1].revents != 0 || watched[3].revents != 0) break;
        }
        m_connections.finish();
        m_leaving.emplace(m_page, kLeaveLimit);
        return m_freshNeeded ? kFreshWorkerNeeded : kDone;
    }

private:
    Answer answer(wire::Message request) {
        const auto op = request.body.find("op");
        if (op != request.body.end() && *op == "hello") return hello(request.body);
        if (!m_service) return Answer::failed(m_ledger.error());
        Answer reply = dispatch(*m_service, request);
        const bool forgotten = reply.error && reply.error->code == ErrorCode::PinNeeded && reply.error->native == kNotLoggedIn;
        if (!forgotten) return reply;
        // no person is needed: the next worker is given the PIN
        return Answer::failed(Error{ErrorCode::HsmFault, "it has forgotten its login and is logged in again", kNotLoggedIn, reply.error->where});
    }

    Answer hello(const wire::Body& request) {
        const auto version = request.find("version");
        if (version == request.end() || *version != messages::kVersion) {
            return Answer::failed(Error{ErrorCode::SignerRefused, "signer and station are of different versions"});
        }
        if (!m_service) return Answer::failed(m_ledger.error());
        m_vault.waitUntilOpened();
        return {{{"version", messages::kVersion}, {"state", m_vault.state().name}}, {}, std::nullopt};
    }

    void failed(const Error& error) {
        if (!m_vault.ready()) return;
        // one that had to wait was not shown to the HSM
        if (isOfThePin(error) && error.native != 0) m_vault.pinRefused(error);
        if (needsFreshWorker(error)) renew("after " + describe(error));
    }

    void tell(Vault::Told told, const Secret& pin) {
        Result<void> sent;
        switch (told) {
            case Vault::Told::PinRight:
                sent = wire::send(kControlFd, {{"login", "right"}}, {pin.view()});
                break;
            case Vault::Told::PinBad:
                sent = wire::send(kControlFd, {{"login", "bad"}});
                break;
            case Vault::Told::Fault:
                m_renewAt = Page::now() + std::chrono::nanoseconds{kAskAgain}.count();
        }
        if (!sent) say("the supervisor does not listen: " + describe(sent.error()));
    }

    void renew(const std::string& why) {
        say("a fresh worker takes over: " + why);
        m_freshNeeded = true;
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto put = ::write(m_wake.get(), &one, sizeof one);
    }

    Page& m_page;
    std::optional<Running> m_leaving;  // the last member to go
    UniqueFd m_wake;
    std::atomic<bool> m_freshNeeded{false};
    std::atomic<std::int64_t> m_renewAt{0};
    Result<std::unique_ptr<Ledger>> m_ledger;
    Vault m_vault;
    std::unique_ptr<Service> m_service;
    Connections m_connections;
};

Result<std::optional<Secret>> receivePin() {
    auto message = wire::receive(kControlFd, Deadline::in(std::chrono::seconds{5}));
    if (!message) return message.error();
    if (message->secrets.empty()) return std::optional<Secret>{};
    return std::optional<Secret>{std::move(message->secrets.front())};
}

Result<std::unique_ptr<Ledger>> openLedger(const SignerConfig& config) {
    auto ledger = Ledger::open(config.ledgerPath());
    if (!ledger) return ledger;
    const auto interrupted = (*ledger)->takeOver();
    if (!interrupted) return interrupted.error();
    if (*interrupted > 0) say(std::to_string(*interrupted) + " intents were interrupted; their serials are void");
    return ledger;
}

}  // namespace

int runWorker(const SignerConfig& config, pid_t supervisor) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != supervisor) return kDone;  // it went before that took hold
    ::signal(SIGINT, SIG_IGN);  // a Ctrl-C is the supervisor's to handle
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    ::sigprocmask(SIG_SETMASK, &stop, nullptr);
    const UniqueFd signals{::signalfd(-1, &stop, SFD_CLOEXEC)};
    // before there are threads that read it
    for (const auto& [name, value] : config.environment) ::setenv(name.c_str(), value.c_str(), 1);

    const auto page = mapPage(kPageFd);
    if (!page) {
        say(describe(page.error()));
        return 3;
    }
    (*page)->beat();
    auto pin = receivePin();
    if (!pin) {
        say(describe(pin.error()));
        return 3;
    }
    auto ledger = openLedger(config);
    if (!ledger) say(describe(ledger.error()));
    Worker worker{config, **page, std::move(ledger)};
    return worker.run(std::move(*pin), signals.get());
}

}  // namespace keystamp::hsm
