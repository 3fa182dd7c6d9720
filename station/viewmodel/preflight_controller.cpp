// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/preflight_controller.h"

namespace keystamp::viewmodel {

PreflightController::PreflightController(std::optional<std::string> configFile, QObject* parent)
    : QObject(parent), m_configFile(std::move(configFile)) {}

QString PreflightController::summary() const {
    if (m_running) return tr("Checking", "the preflight is not at its end");
    if (m_checks.count() == 0) return {};
    const int bad = m_checks.countOf(ChecksModel::Bad);
    if (bad > 0) return tr("Not ready: %n check(s) are bad. Each line says what to do.", "end of the preflight", bad);
    const int soon = m_checks.countOf(ChecksModel::Soon);
    if (soon > 0) return tr("The station is ready. %n line(s) to see to soon.", "end of the preflight", soon);
    if (m_fixturesOnly) return tr("The fixtures are ready.", "end of the check of fixtures");
    return tr("The station is ready.", "end of the preflight");
}

void PreflightController::setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }

void PreflightController::run() {
    begin(false, [station = m_station, file = m_configFile](const Each& each) {
        station ? workflow::preflight(*station, each) : workflow::preflight(file, each);
    });
}

void PreflightController::runFixtures() {
    if (!m_station) return;
    begin(true, [station = m_station](const Each& each) { workflow::fixtureChecks(*station, each); });
}

void PreflightController::begin(bool fixturesOnly, std::function<void(const Each&)> look) {
    if (std::exchange(m_running, true)) return;
    m_fixturesOnly = fixturesOnly;
    m_checks.clear();
    Q_EMIT changed();
    m_background.run(
        this,
        [this, look = std::move(look)] {
            look([this](const workflow::Check& check) {
                QMetaObject::invokeMethod(this, [this, check] { m_checks.add(check); }, Qt::QueuedConnection);
            });
            return true;
        },
        [this](bool) {
            m_running = false;
            Q_EMIT changed();
        });
}

void PreflightController::show(const std::vector<workflow::Check>& checks, bool running, bool fixturesOnly) {
    m_fixturesOnly = fixturesOnly;
    m_checks.clear();
    for (const auto& check : checks) m_checks.add(check);
    m_running = running;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
