// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/supervisor.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <thread>

#include "core/clock.h"
#include "hsm/local_socket.h"
#include "hsm/ready_pipe.h"
#include "hsm/signer/clients_watch.h"
#include "hsm/signer/log.h"
#include "hsm/signer/page.h"
#include "hsm/signer/pin_keeper.h"
#include "hsm/signer/worker_process.h"

namespace keystamp::hsm {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kTickMillis = 200;
constexpr seconds kSilence{10};     // a worker without a heartbeat
constexpr seconds kYoung{2};        // one that dies sooner died at its start
constexpr milliseconds kSlowest{3000};  // between two starts
constexpr seconds kFarewell{5};     // a worker told to stop finishes what it does

struct Places {
    UniqueFd lock, listening, page;
};

class Supervisor {
public:
    Supervisor(const SignerConfig& config, Places places, Page& page, SupervisorOptions options)
        : m_config(config), m_places(std::move(places)), m_page(page), m_child(options.child) {
        if (options.pin) {
            m_pin.keep(std::move(*options.pin), PinKeeper::From::Person);
        } else if (!config.pinFile.empty()) {
            auto pin = readSecretFile(config.pinFile);
            if (pin) m_pin.keep(std::move(*pin), PinKeeper::From::File);
            if (!pin) say("no PIN from its file: " + describe(pin.error()));
        }
    }

    int run(int signals) {
        startWorker();
        while (!told(signals)) {
            if (!m_worker) {
                startWorker();
            } else {
                listen();
                bury(m_worker->ended(false));
            }
            if (m_worker) checkHealth();
            const bool alone = m_child && m_clients.alone(m_page, m_places.listening.get());
            if (alone && m_page.needed < Page::now()) {
                say("nobody is left to sign for");
                break;
            }
        }
        leave();
        return 0;
    }

private:
    // Sleeps until something happens or it is time to look around; true for a signal to stop.
    bool told(int signals) {
        std::array<pollfd, 2> watched{pollfd{signals, POLLIN, 0}, pollfd{m_worker ? m_worker->control() : -1, POLLIN, 0}};
        ::poll(watched.data(), watched.size(), kTickMillis);
        signalfd_siginfo info{};
        bool stop = false;
        while (::read(signals, &info, sizeof info) == sizeof info) stop = stop || info.ssi_signo != SIGCHLD;
        return stop;
    }

    void startWorker() {
        if (m_notBefore && !m_notBefore->passed()) return;
        m_page.clear();
        ++m_page.starts;
        auto started = WorkerProcess::start(m_config.file, {m_places.listening.get(), m_places.page.get(), m_places.lock.get()}, m_pin.next());
        if (!started) {
            say(describe(started.error()));
            m_notBefore = Deadline::in(kSlowest);
            return;
        }
        m_worker = std::move(*started);
        say("worker " + std::to_string(m_worker->pid()));
    }

    void listen() {
        while (auto message = m_worker->said()) {
            if (message->body.value("login", "") == "bad") m_pin.bad();
            if (message->body.value("login", "") == "right" && message->secrets.size() == 1) m_pin.right(std::move(message->secrets.front()));
        }
    }

    void bury(const std::optional<std::string>& end) {
        if (!end) return;
        listen();  // what it said last still counts
        say("worker " + std::to_string(m_worker->pid()) + " ended: " + *end);
        m_clients.orphan(m_page);
        m_page.clear();
        m_early = m_worker->age() < kYoung ? m_early + 1 : 0;
        m_worker.reset();
        // the second that dies at its start waits 100 ms, the next twice as long each
        const auto pause = m_early < 2 ? milliseconds{0} : std::min(kSlowest, milliseconds{100} * (1 << std::min(m_early - 2, 6)));
        m_notBefore = Deadline::in(pause);
        if (pause.count() == 0) startWorker();
    }

    void checkHealth() {
        const bool silent = Page::now() - m_page.heartbeat > std::chrono::nanoseconds{kSilence}.count();
        if (!silent && !m_page.overdue()) return;
        say("worker " + std::to_string(m_worker->pid()) + (silent ? " is silent" : " passed a deadline") + "; it is killed");
        m_worker->signal(SIGKILL);
        bury(m_worker->ended(true));
    }

    void leave() {
        // nobody new finds it; who is served is served to the end
        ::unlink(m_config.socket.c_str());
        if (!m_worker) return;
        m_worker->signal(SIGTERM);
        const auto deadline = Deadline::in(kFarewell);
        while (!m_worker->ended(false)) {
            if (deadline.passed()) {
                m_worker->signal(SIGKILL);
                m_worker->ended(true);
                return;
            }
            std::this_thread::sleep_for(milliseconds{5});
        }
    }

    const SignerConfig& m_config;
    const Places m_places;
    Page& m_page;
    const bool m_child;
    PinKeeper m_pin;
    ClientsWatch m_clients;
    std::optional<WorkerProcess> m_worker;
    std::optional<Deadline> m_notBefore;
    int m_early = 0;
};

// A child waits for one that is just leaving; where one listens there is nothing to do.
Result<UniqueFd> lockData(const SignerConfig& config, bool child, bool& another) {
    const auto deadline = Deadline::in(seconds{10});
    for (;;) {
        auto lock = lockFile(config.data + "/signer.lock");
        if (lock || lock.error().code != ErrorCode::JournalBusy || !child || deadline.passed()) return lock;
        another = connectTo(config.socket).ok();
        if (another) return lock;
        std::this_thread::sleep_for(milliseconds{20});
    }
}

Result<Places> takePlaces(const SignerConfig& config, bool child, bool& another) {
    if (const auto made = makeFolder(config.data, 0750); !made) return made.error();
    Places places;
    auto lock = lockData(config, child, another);
    if (!lock) return lock.error();
    places.lock = std::move(*lock);
    auto page = makePage();
    if (!page) return page.error();
    places.page = std::move(*page);
    auto listening = listenAt(config.socket, !config.callers.empty());
    if (!listening) return listening.error();
    places.listening = std::move(*listening);
    return places;
}

UniqueFd watchSignals() {
    sigset_t watched;
    sigemptyset(&watched);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) {
        ::signal(number, SIG_DFL);
        sigaddset(&watched, number);
    }
    ::sigprocmask(SIG_SETMASK, &watched, nullptr);
    return UniqueFd{::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK)};
}

}  // namespace

int supervise(const SignerConfig& config, SupervisorOptions options) {
    ::umask(0077);
    UniqueFd ready{options.readyFd};
    const UniqueFd signals = watchSignals();
    bool another = false;
    auto places = takePlaces(config, options.child, another);
    if (!places) {
        if (ready && another) writeReadiness(ready.get(), {});
        if (ready && !another) writeReadiness(ready.get(), places.error());
        if (!another) say(describe(places.error()));
        return another ? 0 : 3;
    }
    const auto page = mapPage(places->page.get());
    if (!page) {
        say(describe(page.error()));
        return 3;
    }
    if (ready) writeReadiness(ready.get(), {});
    ready = UniqueFd{};
    return Supervisor{config, std::move(*places), **page, std::move(options)}.run(signals.get());
}

}  // namespace keystamp::hsm
