// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scanners.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "station/workflow/scanner_source.h"

namespace keystamp::workflow {
namespace {

using namespace std::chrono_literals;

constexpr auto kOpening = 2s;
constexpr auto kTurn = 250ms;  ///< how long an end waits at most
constexpr auto kFirstPause = 250ms;
constexpr auto kLongestPause = 2'000ms;

}  // namespace

class Scanners::Reader {
public:
    Reader(ScannerConfig scanner, std::shared_ptr<const Listener> listener)
        : m_scanner(std::move(scanner)), m_listener(std::move(listener)), m_thread([this] { run(); }) {}
    ~Reader() {
        end();
        m_thread.join();
    }
    void end() {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_wake.notify_one();
    }
    Result<void> state() const {
        const std::lock_guard lock(m_mutex);
        return m_state;
    }

private:
    void run() {
        std::unique_ptr<ScannerSource> source;
        auto pause = std::chrono::milliseconds(kFirstPause);
        while (!ends(0ms)) {
            if (!source) {
                auto opened = openScanner(m_scanner, Deadline::in(kOpening));
                tell(opened ? Result<void>{} : opened.error());
                if (!opened) {
                    rest(pause);
                    continue;
                }
                source = *std::move(opened);
            }
            const auto scans = source->read(Deadline::in(kTurn));
            if (!scans) {
                // one that opens and is lost at once, as a serial server's port that another one has, is left alone for a while, too
                source.reset();
                tell(scans.error());
                rest(pause);
                continue;
            }
            pause = kFirstPause;
            for (const Scanned& scan : *scans) m_listener->scanned(m_scanner, scan);
        }
    }
    void rest(std::chrono::milliseconds& pause) {
        if (!ends(pause)) pause = std::min<std::chrono::milliseconds>(pause * 2, kLongestPause);
    }
    bool ends(std::chrono::milliseconds within) {
        std::unique_lock lock(m_mutex);
        return m_wake.wait_for(lock, within, [this] { return m_ending; });
    }
    void tell(const Result<void>& state) {
        {
            const std::lock_guard lock(m_mutex);
            const bool same = m_told && m_state.ok() == state.ok();
            m_state = state;
            m_told = true;
            if (same) return;
        }
        if (m_listener->changed) m_listener->changed(m_scanner, state);
    }

    const ScannerConfig m_scanner;
    const std::shared_ptr<const Listener> m_listener;
    mutable std::mutex m_mutex;  ///< the next four
    std::condition_variable m_wake;
    bool m_ending = false;
    bool m_told = false;
    Result<void> m_state = Error{ErrorCode::LinkUnavailable, "it is being opened"};
    std::thread m_thread;
};

Scanners::Scanners(const std::vector<ScannerConfig>& scanners, Listener listener) {
    const auto shared = std::make_shared<const Listener>(std::move(listener));
    for (const ScannerConfig& scanner : scanners) m_readers.push_back(std::make_unique<Reader>(scanner, shared));
}

Scanners::~Scanners() {
    for (const auto& reader : m_readers) reader->end();
}

std::vector<Result<void>> Scanners::states() const {
    std::vector<Result<void>> states;
    for (const auto& reader : m_readers) states.push_back(reader->state());
    return states;
}

}  // namespace keystamp::workflow
