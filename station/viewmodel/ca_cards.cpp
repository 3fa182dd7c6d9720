// SPDX-License-Identifier: Apache-2.0
// Of CaController: each CA's card, in words.
#include "station/viewmodel/ca_controller.h"
#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

QVariantList CaController::cas() const {
    QVariantList all;
    if (!m_status) return all;
    const UtcTime now = utcNow();
    for (const hsm::CaInfo& one : m_status->slots) {
        const bool certified = !one.certificate.empty();
        const auto validity = workflow::judgeCa(one, *m_status, now);
        const auto plan = certified ? workflow::planFor(one, m_status->profile, now) : workflow::CaPlan{};
        all.push_back(QVariantMap{{QStringLiteral("slot"), static_cast<int>(one.slot)},
                                  {QStringLiteral("title"), titleOf(one.slot)},
                                  {QStringLiteral("subject"), shown(one.subject)},
                                  {QStringLiteral("thumbprint"), certified ? QString::fromStdString(toHexUpper(sha1(one.certificate))) : QString{}},
                                  {QStringLiteral("ends"), certified ? dayOf(one.notAfter) : QString{}},
                                  {QStringLiteral("left"), certified ? leftOf(validity) : QString{}},
                                  {QStringLiteral("share"), plan.lifeLeft},
                                  {QStringLiteral("soon"), soonOf(one, validity, plan)},
                                  {QStringLiteral("active"), one.slot == m_status->active},
                                  {QStringLiteral("mayVerify"), m_supervisor && one.usable},
                                  {QStringLiteral("mayRoll"), m_supervisor && workflow::mayRollTo(one.slot, *m_status, now)}});
    }
    return all;
}

QString CaController::soonOf(const hsm::CaInfo& ca, const workflow::CaValidity& validity, const workflow::CaPlan& plan) const {
    if (ca.awaited) return tr("It waits for its first certificate: keystamp ca request, then ca install.", "a CA");
    if (!validity.good) return tr("It cannot be used: %1", "%1: why").arg(QString::fromStdString(ca.problem.empty() ? validity.nextStep : ca.problem));
    if (ca.slot != m_status->active) return tr("Ready for when the other one ends.", "a CA");
    const UtcTime now = utcNow();
    if (plan.rollBy <= now) return tr("Roll to the other one now: leaves are cut short by its end.", "a CA");
    if (plan.prepareBy <= now) return tr("Prepare the other one now; roll to it by %1.", "a CA; %1: a date").arg(dayOf(plan.rollBy));
    return tr("Prepare the other one by %1; roll to it by %2.", "a CA; %1, %2: dates").arg(dayOf(plan.prepareBy), dayOf(plan.rollBy));
}

QString CaController::leftOf(const workflow::CaValidity& validity) const {
    return validity.daysLeft < 0 ? tr("it is over", "a CA's life") : tr("%n day(s) left", "a CA's life", static_cast<int>(validity.daysLeft));
}

QString CaController::dayOf(UtcTime time) { return QString::fromStdString(keystamp::dayOf(time)); }

QString CaController::titleOf(Slot slot) const { return slot == Slot::Primary ? tr("Primary CA", "a CA's slot") : tr("Secondary CA", "a CA's slot"); }

}  // namespace keystamp::viewmodel
