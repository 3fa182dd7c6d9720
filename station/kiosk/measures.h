// SPDX-License-Identifier: Apache-2.0
// For tests: when the kiosk is ready, and how long its GUI thread is away from its events. Nothing of it runs without
// --measure-fd.
#pragma once

#include <QGuiApplication>
#include <QQuickWindow>
#include <chrono>
#include <vector>

#include "station/viewmodel/kiosk_controller.h"

namespace keystamp::kiosk {

/// Writes lines to a descriptor: "ready" with the first picture of a station that is open, its batches in it or its lock, and by end() what the GUI thread did from then on,
/// as JSON in microseconds. A stretch is what it does without a look for new events: handlers that follow one another at once. `painting` with
/// and `working` without what the thread paints itself, which it does only where there is no graphics card. Time in which the thread could have run
/// and other programs did is in neither: `aside` is what that was in all. GUI thread.
class Measures : public QObject {
public:
    Measures(int fd, QQuickWindow& window, viewmodel::KioskController& kiosk);
    ~Measures() override;
    void end();

    void begun();  ///< an event is handled
    void done();

private:
    using Span = std::chrono::microseconds;
    using Time = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

    Time now();
    std::chrono::nanoseconds aside() const;
    void painted();
    void keep();

    const int m_fd;
    const int m_schedule;  ///< the kernel's count of what this thread ran and waited for a processor
    viewmodel::KioskController& m_kiosk;
    bool m_ready = false;
    Time m_begun{}, m_done{}, m_paintsFrom{};
    Span m_paint{0};
    std::vector<Span> m_all, m_working;
};

/// One that tells of each event that it handles.
class MeasuredApplication : public QGuiApplication {
public:
    using QGuiApplication::QGuiApplication;
    void tell(Measures* measures) { m_measures = measures; }
    bool notify(QObject* receiver, QEvent* event) override;

private:
    Measures* m_measures = nullptr;
    int m_depth = 0;
};

}  // namespace keystamp::kiosk
