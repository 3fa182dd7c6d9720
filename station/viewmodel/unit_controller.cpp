// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/unit_controller.h"

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

Result<UnitController::Device> deviceOf(const db::Journal& journal, const std::string& text) {
    const auto found = journal.find(text);
    if (!found) return found.error();
    if (found->empty()) return Error{ErrorCode::UnknownUnit, text};
    auto units = journal.history(found->front());
    if (!units) return units.error();
    auto jobs = journal.jobsOf(found->front());
    if (!jobs) return jobs.error();
    return UnitController::Device{found->front(), *std::move(units), *std::move(jobs), {found->begin() + 1, found->end()}};
}

}  // namespace

UnitController::UnitController(Background& background, QObject* parent) : QObject(parent), m_background(background) {}

void UnitController::setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }

void UnitController::find(const QString& text) {
    if (!m_station || m_searching) return;
    m_searching = true;
    Q_EMIT changed();
    m_background.run(
        this, [station = m_station, wanted = text.trimmed().toStdString()] { return deviceOf(*station->journal, wanted); },
        [this, text](const Result<Device>& device) {
            m_searching = false;
            if (device) return show(*device);
            clear();
            const auto words = textOf(device.error().code);
            say(shown(text.toStdString()) + QStringLiteral(": ") + words.cause + QStringLiteral(". ") + words.next);
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
    if (m_shown) show(Device{*m_shown});
}

void UnitController::show(const Device& device) {
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
