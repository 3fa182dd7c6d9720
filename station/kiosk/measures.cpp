// SPDX-License-Identifier: Apache-2.0
#include "station/kiosk/measures.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace keystamp::kiosk {
namespace {

using viewmodel::KioskController;

// Between two handlers that the event loop calls one after the other.
constexpr std::chrono::microseconds kAtOnce{100};

void write(int fd, const std::string& line) {
    // whoever reads it may have gone
    if (::write(fd, line.data(), line.size()) < 0) return;
}

std::string figuresOf(std::vector<std::chrono::microseconds> spans) {
    if (spans.empty()) return "{}";
    std::sort(spans.begin(), spans.end());
    const auto over = std::count_if(spans.begin(), spans.end(), [](auto span) { return span > std::chrono::milliseconds{16}; });
    return fmt::format(R"({{"stretches":{},"over16":{},"p50":{},"p99":{},"max":{}}})", spans.size(), over, spans[spans.size() / 2].count(),
                       spans[spans.size() * 99 / 100].count(), spans.back().count());
}

}  // namespace

Measures::Measures(int fd, QQuickWindow& window, KioskController& kiosk)
    : m_fd(fd), m_schedule(::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)), m_kiosk(kiosk) {
    // where another thread paints it comes late and takes nothing away
    connect(&window, &QQuickWindow::afterAnimating, this, [this] { m_paintsFrom = now(); });
    connect(&window, &QQuickWindow::frameSwapped, this, &Measures::painted);
}

Measures::~Measures() { ::close(m_schedule); }

std::chrono::nanoseconds Measures::aside() const {
    // nanoseconds that it ran, that it could have run and did not, turns (the kernel's Documentation/scheduler/sched-stats)
    std::array<char, 64> text{};
    unsigned long long ran = 0, waited = 0;
    if (::pread(m_schedule, text.data(), text.size() - 1, 0) < 0 || std::sscanf(text.data(), "%llu %llu", &ran, &waited) != 2) return {};
    return std::chrono::nanoseconds{waited};
}

Measures::Time Measures::now() { return std::chrono::steady_clock::now() - aside(); }

void Measures::begun() {
    const Time begins = now();
    if (m_begun != Time{} && begins - m_done < kAtOnce) return;
    keep();
    m_begun = begins;
}

void Measures::done() { m_done = now(); }

void Measures::keep() {
    if (m_ready && m_begun != Time{}) {
        const auto span = std::chrono::duration_cast<Span>(m_done - m_begun);
        m_all.push_back(span);
        m_working.push_back(span - m_paint);
    }
    m_paint = Span{0};
}

void Measures::painted() {
    if (m_paintsFrom > m_begun) m_paint += std::chrono::duration_cast<Span>(now() - m_paintsFrom);
    const auto page = m_kiosk.page();
    const bool batches = page == KioskController::BatchesPage && m_kiosk.batches()->known();
    if (m_ready || (!batches && page != KioskController::LockPage)) return;
    m_ready = true;
    write(m_fd, "ready\n");
}

void Measures::end() {
    keep();
    write(m_fd, fmt::format(R"({{"aside":{},"painting":{},"working":{}}})", std::chrono::duration_cast<Span>(aside()).count(), figuresOf(m_all),
                           figuresOf(m_working)) + "\n");
}

bool MeasuredApplication::notify(QObject* receiver, QEvent* event) {
    // a handler may handle others within itself
    if (m_depth++ == 0 && m_measures != nullptr) m_measures->begun();
    const bool handled = QGuiApplication::notify(receiver, event);
    if (--m_depth == 0 && m_measures != nullptr) m_measures->done();
    return handled;
}

}  // namespace keystamp::kiosk
