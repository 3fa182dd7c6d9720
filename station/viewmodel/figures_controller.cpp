// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/figures_controller.h"

#include <QDateTime>
#include <algorithm>

#include "core/code_named.h"

namespace keystamp::viewmodel {
namespace {

constexpr std::chrono::seconds kAgain{10};
constexpr std::size_t kMostFailures = 8;  // what a page has room for
constexpr std::size_t kMostHours = 48;    // columns that a page has room for
constexpr std::uint64_t kTicks = 4;

/// The least step of 1, 2, 5, 10, 20 ... of which kTicks reach `most`.
std::uint64_t stepFor(std::uint64_t most) {
    for (std::uint64_t ten = 1;; ten *= 10) {
        for (const std::uint64_t step : {ten, 2 * ten, 5 * ten}) {
            if (step * kTicks >= most) return step;
        }
    }
}

std::uint64_t mostOf(const std::vector<db::Figures::Hour>& columns) {
    std::uint64_t most = 0;
    for (const auto& column : columns) most = std::max(most, column.recorded + column.failed);
    return most;
}

QDateTime timeOf(const db::Figures::Hour& hour) { return QDateTime::fromMSecsSinceEpoch(hour.begin.time_since_epoch().count()); }

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

void FiguresController::setBatch(const QString& name) {
    if (name.isEmpty()) return;
    m_batch = name;
    Q_EMIT changed();
}

void FiguresController::setShown(bool shown) {
    if (!shown) return m_again.stop();
    read();
    m_again.start();
}

Result<FiguresController::Read> FiguresController::of(const db::Journal& journal, int span, const std::string& batch) {
    if (span != Batch) {
        auto figures = journal.figures(utcNow() - std::chrono::hours{span});
        if (!figures) return figures.error();
        return Read{*std::move(figures), QString::fromStdString(batch)};
    }
    std::string name = batch;
    if (name.empty()) {
        const auto all = journal.batches();
        if (!all) return all.error();
        if (all->empty()) return Read{};
        name = all->back().batch.name;
    }
    const auto progress = journal.batch(name);
    if (!progress) return progress.error();
    auto figures = journal.figures(progress->batch.createdAt, name);
    if (!figures) return figures.error();
    return Read{*std::move(figures), QString::fromStdString(name)};
}

void FiguresController::read() {
    if (!m_station || std::exchange(m_reading, true)) return;
    m_background.run(
        this, [station = m_station, span = m_span, batch = m_batch.toStdString()] { return of(*station->journal, span, batch); },
        [this, span = m_span, batch = m_batch](const Result<Read>& made) {
            m_reading = false;
            if (span != m_span || batch != m_batch) return read();
            if (made) {
                m_batch = made->batch;
                return show(made->figures, m_station->latency.figures());
            }
            m_trouble = lineOf(made.error().code);
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

QString FiguresController::hsm() const {
    if (m_hsm.requests == 0) return {};
    const auto milliseconds = [](workflow::Latency::Span span) { return QString::number(static_cast<double>(span.count()) / 1000, 'f', 1); };
    return tr("p50 %1 ms, p95 %2 ms", "how long the HSM takes: half of its answers, and 95 of 100, come within so many milliseconds")
        .arg(milliseconds(m_hsm.p50), milliseconds(m_hsm.p95));
}

bool FiguresController::byDay() const { return m_figures.hours.size() > kMostHours; }

std::vector<db::Figures::Hour> FiguresController::columns() const {
    if (!byDay()) return m_figures.hours;
    std::vector<db::Figures::Hour> days;
    for (const auto& hour : m_figures.hours) {
        if (days.empty() || timeOf(days.back()).date() != timeOf(hour).date()) days.push_back({hour.begin, 0, 0});
        days.back().recorded += hour.recorded;
        days.back().failed += hour.failed;
    }
    // the newest ones, where a batch takes longer than that
    if (days.size() > kMostHours) days.erase(days.begin(), days.end() - static_cast<std::ptrdiff_t>(kMostHours));
    return days;
}

QVariantList FiguresController::hours() const {
    const auto all = columns();
    const std::uint64_t top = kTicks * stepFor(mostOf(all));
    QVariantList maps;
    for (const auto& one : all) {
        maps.push_back(QVariantMap{{QStringLiteral("label"), timeOf(one).toString(byDay() ? QStringLiteral("dd.MM.") : QStringLiteral("HH:mm"))},
                                   {QStringLiteral("recorded"), static_cast<int>(one.recorded)},
                                   {QStringLiteral("failed"), static_cast<int>(one.failed)},
                                   {QStringLiteral("share"), share(one.recorded, top)},
                                   {QStringLiteral("failedShare"), share(one.failed, top)}});
    }
    return maps;
}

QVariantList FiguresController::ticks() const {
    const std::uint64_t most = mostOf(columns());
    QVariantList maps;
    for (std::uint64_t tick = 1; most > 0 && tick <= kTicks; ++tick) {
        maps.push_back(QVariantMap{{QStringLiteral("label"), QString::number(tick * stepFor(most))}, {QStringLiteral("share"), share(tick, kTicks)}});
    }
    return maps;
}

QVariantList FiguresController::failures() const {
    QVariantList all;
    std::uint64_t whole = 0, upTo = 0;
    for (const auto& failure : m_figures.failures) whole += failure.count;
    for (const auto& failure : m_figures.failures) {
        if (static_cast<std::size_t>(all.size()) == kMostFailures) break;
        upTo += failure.count;
        const auto code = codeNamed(failure.reason);
        all.push_back(QVariantMap{{QStringLiteral("fixture"), QString::fromStdString(failure.fixture)},
                                  {QStringLiteral("cause"), code ? textOf(*code).cause : QString::fromStdString(failure.reason)},
                                  {QStringLiteral("count"), static_cast<int>(failure.count)},
                                  {QStringLiteral("share"), share(failure.count, m_figures.failures.front().count)},
                                  {QStringLiteral("upTo"), static_cast<int>(100 * upTo / whole)}});
    }
    return all;
}

}  // namespace keystamp::viewmodel
