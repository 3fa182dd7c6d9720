// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/line_controller.h"

#include "station/viewmodel/figures_controller.h"

namespace keystamp::viewmodel {

LineController::LineController(Background& background, QObject* parent) : QObject(parent), m_background(background) {}

void LineController::stop() {
    ++m_lines;
    m_line.reset();
}

QString LineController::mode() const { return textOf(m_progress.batch.mode); }

void LineController::begin(std::shared_ptr<workflow::Station> station, const QString& batch) {
    if (m_active) return;
    m_station = std::move(station);
    const auto& fixtures = m_station->config.fixtures;
    std::vector<std::string> names;
    names.reserve(fixtures.size());
    for (const auto& fixture : fixtures) names.push_back(fixture.name);
    m_tiles.reset(names);

    m_progress = {};
    m_progress.batch.name = batch.toStdString();
    m_active = true;
    answerWith(Nothing, {}, {});
    const std::uint64_t line = ++m_lines;
    // the line reads its batch from the journal as it is made
    m_background.run(
        this,
        [this, line, held = m_station, name = m_progress.batch.name, person = m_person] {
            workflow::LineOptions options;
            options.acknowledgeFailures = true;
            options.stopAfter = held->config.stopAfter;
            options.person = person;
            options.confirmLabels = held->config.label && held->config.label->confirm;
            return std::make_shared<workflow::Line>(
                *held, name, held->config.fixtures, options, [this, line](const workflow::FixtureStatus& status) {
                    QMetaObject::invokeMethod(
                        this, [this, line, status] { take(line, status); }, Qt::QueuedConnection);
                });
        },
        [this, line](std::shared_ptr<workflow::Line> made) {
            if (line != m_lines) return;  // stopped meanwhile: it ends here
            m_line = std::move(made);
            m_line->setPerson(m_person);  // who may be another one by now
        });
    count();
}

void LineController::take(std::uint64_t line, const workflow::FixtureStatus& status) {
    if (line != m_lines) return;
    if (const auto verdict = m_tiles.apply(status)) Q_EMIT judged(*verdict);
    Q_EMIT changed();
    if (status.phase != workflow::FixtureStatus::Phase::Done) return;
    if (!status.verdict && status.error) refuse(QString::fromStdString(status.scan), *status.error);
    count();
}

void LineController::setPerson(const std::string& name) {
    m_person = name;
    if (!m_line) return;
    m_line->setPerson(name);
    m_tiles.select(m_line->selected().value_or(std::string{}));
}

void LineController::scan(const QString& text) {
    if (!m_line) return;
    took(text, m_line->scan(text.toStdString()));
}

void LineController::scanAt(const QString& fixture, const QString& text) {
    if (m_line) took(text, m_line->scanAt(fixture.toStdString(), text.toStdString()));
}

void LineController::took(const QString& text, const Result<workflow::Line::Taken>& taken) {
    m_tiles.select(m_line->selected().value_or(std::string{}));  // a refused scan may have used the choice up
    if (!taken) {
        refuse(text, taken.error());
        return;
    }
    const QString fixture = QString::fromStdString(taken->fixture);
    if (taken->confirms) {
        answerWith(Taken, tr("The label is on the board on %1.", "%1: a fixture").arg(fixture), tr("Put the next board on."));
    } else if (taken->selected) {
        answerWith(Taken, tr("%1 is chosen.", "%1: a fixture").arg(fixture), tr("Scan the board on it."));
    } else {
        answerWith(Taken,
                   tr("%1 is on %2.", "%1: what was scanned, %2: a fixture").arg(shown(text.toStdString()), fixture),
                   {});
    }
}

void LineController::scanTooLong() {
    answerWith(Refused, tr("The scan is longer than any label."), tr("Scan the board's label again."));
}

void LineController::refuse(const QString& scan, const Error& error) {
    const auto text = textOf(error.code);
    if (error.code == ErrorCode::OtherLabel || error.code == ErrorCode::LabelAwaited) {
        return answerWith(Refused,
                          tr("%1: %2 (%3).", "%1: what was scanned, %2: why it is refused, %3: a fixture and its board")
                              .arg(shown(scan.toStdString()), text.cause, QString::fromStdString(error.detail)),
                          text.next);
    }
    answerWith(Refused,
               tr("%1: %2.", "%1: what was scanned, %2: why it is refused").arg(shown(scan.toStdString()), text.cause),
               text.next);
}

void LineController::acknowledge(const QString& fixture) {
    if (!m_tiles.acknowledge(fixture.toStdString())) return;
    if (m_line) m_line->acknowledge(fixture.toStdString());
    Q_EMIT changed();
}

void LineController::skipLabel(const QString& fixture) {
    if (!m_line) return;
    if (const auto known = m_line->skipLabel(fixture.toStdString()); !known) refuse(fixture, known.error());
}

void LineController::takeUpAgain(const QString& fixture) {
    if (!m_line) return;
    // it is noted in the journal first
    m_background.run(
        this, [line = m_line, name = fixture.toStdString()] { return line->takeUpAgain(name); },
        [this, fixture](const Result<void>& taken) {
            if (!taken) return refuse(fixture, taken.error());
            m_tiles.takeUpAgain(fixture.toStdString());
            Q_EMIT changed();
        });
}

void LineController::leave() {
    if (!m_active || !m_line) return;
    if (!idle()) {
        answerWith(Refused, tr("A fixture is still at work."), tr("Wait for its verdict, then go back."));
        return;
    }
    ++m_lines;
    // the line joins its workers when it goes, which may be in the middle of asking a silent board
    m_background.run(
        this,
        [line = std::exchange(m_line, nullptr), station = m_station]() mutable {
            line.reset();
            return workflow::endShift(*station);
        },
        [this](const Result<db::Checkpoint>& checkpoint) {
            m_active = false;
            Q_EMIT changed();
            Q_EMIT left(checkpoint ? std::nullopt : std::optional{checkpoint.error()});
        });
}

void LineController::count() {
    // one at a time: what ends meanwhile is in the next one
    if (m_counting != Counting::No) {
        m_counting = Counting::Again;
        return;
    }
    m_counting = Counting::Once;
    using Counts = std::pair<Result<db::BatchProgress>, Result<db::Figures>>;
    m_background.run(
        this,
        [station = m_station, name = m_progress.batch.name] {
            return Counts{station->journal->batch(name), station->journal->figures(utcNow() - std::chrono::hours{FiguresController::Shift})};
        },
        [this, line = m_lines](const Counts& counts) {
            const bool again = std::exchange(m_counting, Counting::No) == Counting::Again;
            if (line == m_lines && counts.first && counts.second) show(*counts.first, *counts.second);
            if (again || line != m_lines) count();
        });
}

void LineController::show(const db::BatchProgress& progress, const db::Figures& shift) {
    m_progress = progress;
    m_shift = shift;
    Q_EMIT changed();
}

void LineController::answerWith(Answer answer, const QString& said, const QString& next) {
    m_answer = answer;
    m_said = said;
    m_next = next;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
