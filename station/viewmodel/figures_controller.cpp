// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/figures_controller.h"

#include <QDateTime>
#include <algorithm>

#include "core/code_named.h"
#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

constexpr std::chrono::seconds kAgain{10};
constexpr std::size_t kMostFailures = 8;  // what a page has room for

const QString kDash = QStringLiteral("–");

double share(std::uint64_t part, std::uint64_t whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole); }

}  // namespace

FiguresController::FiguresController(Background& background, QObject* parent) : QObject(parent), m_background(background) {
    m_again.setInterval(kAgain);
    connect(&m_again, &QTimer::timeout, this, &FiguresController::read);
}

void FiguresController::setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }

void FiguresController::look(int hours) {
    m_span = hours;
    Q_EMIT changed();
    read();
}

void FiguresController::setShown(bool shown) {
    if (!shown) return m_again.stop();
    read();
    m_again.start();
}

void FiguresController::read() {
    if (!m_station || std::exchange(m_reading, true)) return;
    m_background.run(
        this, [station = m_station, since = utcNow() - std::chrono::hours{m_span}] { return station->journal->figures(since); },
        [this, span = m_span](const Result<db::Figures>& figures) {
            m_reading = false;
            if (span != m_span) return read();
            if (figures) return show(*figures, m_station->latency.figures());
            m_trouble = lineOf(figures.error().code);
            Q_EMIT changed();
        });
}

void FiguresController::show(const db::Figures& figures, const workflow::Latency::Figures& hsm) {
    m_figures = figures;
    m_hsm = hsm;
    m_trouble.clear();
    Q_EMIT changed();
}

QString FiguresController::recorded() const { return QString::number(m_figures.recorded); }

QString FiguresController::takt() const { return m_figures.takt ? textOf(*m_figures.takt) : kDash; }

QString FiguresController::yield() const {
    if (m_figures.boards == 0) return kDash;
    // rounded down: a hundred is every board
    const auto tenths = m_figures.firstPass * 1000 / m_figures.boards;
    return tr("%1.%2 %", "a share in per cent and tenths").arg(tenths / 10).arg(tenths % 10);
}

QString FiguresController::hsm() const {
    if (m_hsm.requests == 0) return {};
    const auto milliseconds = [](workflow::Latency::Span span) { return QString::number(static_cast<double>(span.count()) / 1000, 'f', 1); };
    return tr("p50 %1 ms, p95 %2 ms", "how long the HSM takes: half of its answers, and 95 of 100, come within so many milliseconds")
        .arg(milliseconds(m_hsm.p50), milliseconds(m_hsm.p95));
}

QVariantList FiguresController::hours() const {
    std::uint64_t most = 0;
    for (const auto& hour : m_figures.hours) most = std::max(most, hour.recorded + hour.failed);
    QVariantList all;
    for (const auto& hour : m_figures.hours) {
        const auto begin = QDateTime::fromMSecsSinceEpoch(hour.begin.time_since_epoch().count());
        all.push_back(QVariantMap{{QStringLiteral("label"), begin.toString(QStringLiteral("HH:mm"))},
                                  {QStringLiteral("recorded"), static_cast<int>(hour.recorded)},
                                  {QStringLiteral("failed"), static_cast<int>(hour.failed)},
                                  {QStringLiteral("share"), share(hour.recorded, most)},
                                  {QStringLiteral("failedShare"), share(hour.failed, most)}});
    }
    return all;
}

QVariantList FiguresController::failures() const {
    QVariantList all;
    for (const auto& failure : m_figures.failures) {
        if (static_cast<std::size_t>(all.size()) == kMostFailures) break;
        const auto code = codeNamed(failure.reason);
        all.push_back(QVariantMap{{QStringLiteral("fixture"), QString::fromStdString(failure.fixture)},
                                  {QStringLiteral("cause"), code ? textOf(*code).cause : QString::fromStdString(failure.reason)},
                                  {QStringLiteral("count"), static_cast<int>(failure.count)},
                                  {QStringLiteral("share"), share(failure.count, m_figures.failures.front().count)}});
    }
    return all;
}

}  // namespace keystamp::viewmodel
