// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/unit_controller.h"

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

UnitController::UnitController(Background& background, QObject* parent) : QObject(parent), m_background(background) {}

std::optional<db::Unit> UnitController::unit() const {
    return m_shown && !m_shown->units.empty() ? std::optional{m_shown->units.back()} : std::nullopt;
}

void UnitController::setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }

void UnitController::find(const QString& text) {
    if (!m_station || m_searching) return;
    m_searching = true;
    Q_EMIT changed();
    m_background.run(
        this, [station = m_station, wanted = text.trimmed().toStdString()] { return workflow::findDevice(*station->journal, wanted); },
        [this, text](const Result<workflow::Device>& device) {
            m_searching = false;
            if (device) return show(*device);
            clear();
            say(shown(text.toStdString()) + QStringLiteral(": ") + lineOf(device.error().code));
        });
}

void UnitController::clear() {
    m_shown.reset();
    m_id.clear();
    m_state.clear();
    m_look = LifeModel::Plain;
    m_facts.clear();
    m_life.set({}, {});
    say({});
}

void UnitController::reword() {
    if (m_shown) show(workflow::Device{*m_shown});
}

void UnitController::show(const workflow::Device& device) {
    m_shown = device;
    m_id = QString::fromStdString(device.id.text());
    m_facts = device.units.empty() ? QVariantList{} : factsOf(device.units.back());
    m_state = device.units.empty() ? tr("Never begun", "no board was ever given this ID") : stateOf(device.units.back());
    m_look = device.units.empty() ? LifeModel::Plain : LifeModel::lookOf(device.units.back());
    m_life.set(device.units, device.jobs);
    QStringList others;
    for (const DeviceId& id : device.others) others.push_back(QString::fromStdString(id.text()));
    say(others.isEmpty() ? QString{} : tr("It was also %1.", "%1: other device IDs that a board or label had").arg(others.join(QStringLiteral(", "))));
}

void UnitController::say(const QString& text) {
    m_said = text;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
