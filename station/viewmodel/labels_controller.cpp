// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/labels_controller.h"

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

LabelsController::LabelsController(QObject* parent) : QObject(parent) {
    m_again.setInterval(std::chrono::milliseconds{500});
    connect(&m_again, &QTimer::timeout, this, [this] { show(m_station->labels->state()); });
}

void LabelsController::setStation(std::shared_ptr<workflow::Station> station) {
    m_station = std::move(station);
    if (m_station && m_station->labels) m_again.start();
}

void LabelsController::end() {
    m_again.stop();
    if (!m_station || !m_station->labels) return;
    m_station->labels->settle(Deadline::in(std::chrono::seconds{10}));
    m_state = m_station->labels->state();
    m_station->labels.reset();
}

void LabelsController::show(const workflow::Labels::State& state) {
    m_state = state;
    Q_EMIT changed();
}

QString LabelsController::trouble() const {
    if (!m_state.trouble) return {};
    const QString line = lineOf(m_state.trouble->code);
    if (m_state.waiting.empty()) return line;
    return line + QLatin1Char{' '} + tr("Labels that wait: %1.").arg(m_state.waiting.size());
}

QString LabelsController::twice() const {
    if (m_state.again.empty()) return {};
    return tr("The label of %1 may have come out twice: throw one away.").arg(QString::fromStdString(m_state.again));
}

}  // namespace keystamp::viewmodel
