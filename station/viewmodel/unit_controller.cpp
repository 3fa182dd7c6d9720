// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/unit_controller.h"

#include "station/label/picture.h"
#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

UnitController::UnitController(Background& background, QObject* parent) : QObject(parent), m_background(background) {}

std::optional<db::Unit> UnitController::unit() const {
    return m_shown && !m_shown->units.empty() ? std::optional{m_shown->units.back()} : std::nullopt;
}

void UnitController::setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }

void UnitController::find(const QString& text, const QString& read) {
    if (!m_station || m_searching) return;
    m_searching = true;
    Q_EMIT changed();
    m_background.run(
        this,
        [station = m_station, wanted = text.trimmed().toStdString(), meant = read.toStdString()] {
            auto device = workflow::findDevice(*station->journal, wanted);
            if (!device && !meant.empty()) device = workflow::findDevice(*station->journal, meant);
            const bool labelled = device && station->labels;
            QString label = labelled ? labelOf(station->labels->settings(), *device) : QString{};
            return std::pair{std::move(device), std::move(label)};
        },
        [this, text](const std::pair<Result<workflow::Device>, QString>& found) {
            const auto& [device, label] = found;
            m_searching = false;
            if (device) return show(*device, label);
            clear();
            say(shown(text.toStdString()) + QStringLiteral(": ") + lineOf(device.error().code));
        });
}

QString UnitController::labelOf(const label::Settings& settings, const workflow::Device& device) {
    if (device.units.empty() || device.units.back().state != db::UnitState::Recorded) return {};
    const auto picture = label::pictureOf(settings.form.of(device.units.back()), settings, label::PictureForm::Png);
    if (!picture) return {};
    return QStringLiteral("data:image/png;base64,") + QString::fromLatin1(QByteArray::fromStdString(*picture).toBase64());
}

void UnitController::printAgain() {
    if (!m_shown || m_label.isEmpty() || !m_station) return;
    m_background.run(
        this, [station = m_station, id = m_shown->id, who = m_who] { return station->labels->printAgain(id, {"asked for at the kiosk", who}); },
        [this](const Result<void>& taken) { say(taken ? tr("Its label is printed again.") : lineOf(taken.error().code)); });
}

void UnitController::clear() {
    m_shown.reset();
    m_id.clear();
    m_state.clear();
    m_look = LifeModel::Plain;
    m_facts.clear();
    m_label.clear();
    m_life.set({}, {});
    say({});
}

void UnitController::reword() {
    if (m_shown) show(workflow::Device{*m_shown}, QString{m_label});
}

void UnitController::show(const workflow::Device& device, const QString& label) {
    m_shown = device;
    m_label = label;
    m_id = QString::fromStdString(device.id.text());
    m_facts = device.units.empty() ? QVariantList{} : factsOf(device.units.back());
    if (device.cloud) {
        m_facts.push_front(QVariantMap{{QStringLiteral("name"), tr("In the cloud", "a device's fact: its state there, and when that was told")},
                                       {QStringLiteral("value"), textOf(device.cloud->state) + QStringLiteral(" · ") + dateOf(device.cloud->at)}});
    }
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
