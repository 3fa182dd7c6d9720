// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/unit_act_controller.h"

#include "station/viewmodel/texts.h"
#include "station/viewmodel/typed_text.h"

namespace keystamp::viewmodel {

UnitActController::UnitActController(AuthorityController& authority, QObject* parent) : QObject(parent), m_authority(authority) {}

bool UnitActController::mayRework() const { return m_supervisor && m_unit && m_unit->state == db::UnitState::Recorded; }

bool UnitActController::mayScrap() const {
    return m_supervisor && m_unit && m_unit->live() && m_unit->state != db::UnitState::Reserved;
}

QString UnitActController::question() const {
    if (m_act == None || !m_unit) return {};
    const QString id = QString::fromStdString(m_unit->id.text());
    return m_act == Rework ? tr("Rework of %1: why?", "%1: a device").arg(id) : tr("Scrapping of %1: why?", "%1: a device").arg(id);
}

QStringList UnitActController::reasons() const {
    if (m_act == Rework) {
        return {tr("Flash replaced or erased", "a reason for rework"), tr("Board repaired", "a reason for rework"),
                tr("Back from the customer", "a reason for rework"), tr("Wrong firmware", "a reason for rework")};
    }
    if (m_act == Scrap) {
        return {tr("Board damaged", "a reason for scrapping"), tr("Board cannot be repaired", "a reason for scrapping"),
                tr("Credential may be known to others", "a reason for scrapping"), tr("Quality sample, destroyed", "a reason for scrapping")};
    }
    return {};
}

void UnitActController::offer(const std::optional<db::Unit>& unit, const std::optional<std::string>& supervisor) {
    const bool same = unit && m_unit && unit->number == m_unit->number && unit->state == m_unit->state && supervisor == m_supervisor;
    // what was done stays said while its device is shown
    if (!supervisor || !unit || !m_unit || unit->id != m_unit->id) m_said.clear();
    m_unit = unit;
    m_supervisor = supervisor;
    if (!same) m_act = None;
    Q_EMIT changed();
}

void UnitActController::begin(Act act) {
    if (!(act == Rework ? mayRework() : act == Scrap && mayScrap())) return;
    m_act = act;
    m_writing = false;
    m_said.clear();
    Q_EMIT changed();
}

void UnitActController::write() {
    if (m_act == None) return;
    m_writing = true;
    m_written.clear();
    Q_EMIT changed();
}

QVariantList UnitActController::lines() const { return linesOf(std::array{tr("Why", "the line of another reason")}, std::array{m_written}); }

void UnitActController::key(int code) {
    addTyped(m_written, code);
    Q_EMIT changed();
}

void UnitActController::eraseLast() {
    m_written.chop(1);
    Q_EMIT changed();
}

void UnitActController::cancel() {
    if (!std::exchange(m_writing, false)) m_act = None;
    Q_EMIT changed();
}

void UnitActController::giveReason(const QString& text) {
    const std::string reason = text.trimmed().toStdString();
    if (m_act == None || !m_unit || !m_supervisor || !workflow::isReason(reason)) return;
    const QString id = QString::fromStdString(m_unit->id.text());
    const QString words = m_act == Rework ? tr("Rework of %1: %2", "%1: a device, %2: why").arg(id, shown(reason))
                                          : tr("Scrapping of %1: %2", "%1: a device, %2: why").arg(id, shown(reason));
    m_authority.ask(
        words, *m_supervisor,
        [station = m_station, device = m_unit->id, reason, act = m_act](const hsm::Authority& authority) {
            return act == Rework ? workflow::reworkUnit(*station, device, reason, authority)
                                 : workflow::scrapUnit(*station, device, reason, authority);
        },
        [this, act = m_act, id] { finish(act, id); });
}

void UnitActController::finish(Act act, const QString& id) {
    m_act = None;
    m_said = act == Rework ? tr("%1 is void. Scan its label again in an open batch and it is made anew; a locked board must be erased before.", "%1: a device").arg(id)
                           : tr("%1 is void, and its board is refused from now on.", "%1: a device").arg(id);
    Q_EMIT changed();
    Q_EMIT done(id);
}

}  // namespace keystamp::viewmodel
