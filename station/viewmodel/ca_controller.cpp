// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/ca_controller.h"

#include "station/viewmodel/texts.h"
#include "station/viewmodel/typed_text.h"
#include "station/workflow/ca_code.h"
#include "station/workflow/ca_roll.h"

namespace keystamp::viewmodel {
namespace {

Slot slotOf(int number) { return number == 0 ? Slot::Primary : Slot::Secondary; }

}  // namespace

CaController::CaController(Background& background, AuthorityController& authority, QObject* parent)
    : QObject(parent), m_background(background), m_authority(authority) {}

void CaController::setSupervisor(const std::optional<std::string>& name) {
    if (name != m_supervisor) m_step = Cards;
    m_supervisor = name;
    Q_EMIT changed();
}

void CaController::open() {
    m_code.clear();
    say({}, false);
    go(Cards);
    look();
}

void CaController::look() {
    if (!m_station) return;
    m_background.run(
        this, [station = m_station] { return station->signer->status(); },
        [this](const Result<hsm::SignerStatus>& status) { status ? show(*status) : refuse(status.error()); });
}

void CaController::show(const hsm::SignerStatus& status) {
    m_status = status;
    Q_EMIT changed();
}

QString CaController::question() const {
    const QString which = titleOf(m_slot);
    switch (m_step) {
        case Cards: return {};
        case Code: return tr("%1: the portal's verification code", "%1: primary or secondary CA").arg(which);
        case Place: return m_onlyCa ? tr("%1: where does its certificate go?", "%1: primary or secondary CA").arg(which)
                                    : tr("%1: where do the files go?", "%1: primary or secondary CA").arg(which);
        case Rolling: return tr("%1 for all new batches? Those that are open keep theirs. The cloud must have verified it before.", "%1: primary or secondary CA").arg(which);
    }
    return {};
}

QString CaController::portal() const {
    return tr("In the portal: add the CA's certificate, have a code generated for it, and enter that here.", "how a CA is verified");
}

QVariantList CaController::lines() const { return linesOf(std::array{tr("Verification code", "the line of a CA's code")}, std::array{m_code}); }

void CaController::verify(int slot) {
    if (!m_supervisor || !m_busy.isEmpty()) return;
    m_slot = slotOf(slot);
    if (ca() == nullptr || !ca()->usable) return;
    m_code.clear();
    m_onlyCa = false;
    say({}, false);
    go(Code);
}

void CaController::key(int code) {
    addTyped(m_code, code);
    Q_EMIT changed();
}

void CaController::eraseLast() {
    m_code.chop(1);
    Q_EMIT changed();
}

void CaController::give(const QString& text) {
    if (m_step != Code) return;
    m_code = text.left(kLongestTyped);
    enough();
}

void CaController::enough() {
    if (m_step != Code) return;
    const auto code = workflow::caCode(m_code.toStdString());
    if (!code) return say(tr("This is no verification code.", "a CA's code"), true, QString::fromStdString(code.error().detail));
    m_code = QString::fromStdString(*code);
    m_onlyCa = false;
    say({}, false);
    go(Place);
}

void CaController::onlyCa() {
    if (m_step != Code) return;
    m_onlyCa = true;
    say({}, false);
    go(Place);
}

void CaController::writeTo(const QString& folder) {
    if (m_step != Place || !m_station || !m_status || !m_busy.isEmpty()) return;
    m_toStick = !folder.isEmpty();
    const std::string place = m_toStick ? folder.toStdString() : m_station->config.data + "/cloud";
    writeCa(place, m_toStick ? tr("Writing. Leave the stick in.", "a CA's files") : tr("Writing", "a CA's files"), [this, place](const std::string& file) {
        if (!m_onlyCa) return prove(place);
        go(Cards);
        const QString where = QString::fromStdString(file);
        say(m_toStick ? tr("%1 is written and read back. The stick may be pulled out; come back with the portal's code.", "%1: a file").arg(where)
                      : tr("%1 is written and read back. Come back with the portal's code.", "%1: a file").arg(where),
            false);
    });
}

void CaController::writeCa(const std::string& folder, const QString& busy, std::function<void(const std::string&)> then) {
    m_busy = busy;
    say({}, false);
    m_background.run(
        this, [status = *m_status, slot = m_slot, folder] { return workflow::writeCa(status, slot, folder); },
        [this, then = std::move(then)](const Result<std::string>& file) {
            m_busy.clear();
            if (!file) return refuse(file.error());
            then(*file);
        });
}

void CaController::prove(const std::string& folder) {
    if (!m_supervisor) return;
    const auto made = std::make_shared<std::pair<std::string, UtcTime>>();
    m_authority.ask(
        tr("%1 signs verification code %2", "%1: primary or secondary CA, %2: a code").arg(titleOf(m_slot), m_code), *m_supervisor,
        [station = m_station, status = *m_status, slot = m_slot, code = m_code.toStdString(), folder, made](const hsm::Authority& authority) -> Result<void> {
            const auto proof = workflow::proveCa(*station, code, slot, authority);
            if (!proof) return proof.error();
            const auto file = workflow::writeProof(status, *proof, folder);
            if (!file) return file.error();
            *made = {*file, proof->notAfter};
            return {};
        },
        [this, made] {
            go(Cards);
            const QString done = tr("%1 is signed, written and checked. Upload it in the portal by %2, and press Verify there.", "%1: a file, %2: a date")
                                     .arg(QString::fromStdString(made->first), dayOf(made->second));
            say(m_toStick ? done + QLatin1Char(' ') + tr("The stick may be pulled out.", "a CA's files") : done, false);
        });
}

void CaController::askRoll(int slot) {
    if (!m_supervisor || !m_status || !m_busy.isEmpty() || !workflow::mayRollTo(slotOf(slot), *m_status, utcNow())) return;
    m_slot = slotOf(slot);
    say({}, false);
    go(Rolling);
}

void CaController::roll() {
    if (m_step != Rolling || !m_supervisor) return;
    m_authority.ask(
        tr("%1 for all new batches", "%1: primary or secondary CA").arg(titleOf(m_slot)), *m_supervisor,
        [station = m_station, slot = m_slot](const hsm::Authority& authority) { return workflow::rollCa(*station, slot, authority); },
        [this] {
            go(Cards);
            say(tr("New batches get the %1 from now on.", "%1: primary or secondary CA").arg(titleOf(m_slot)), false);
            look();
        });
}

void CaController::cancel() {
    say({}, false);
    go(m_step == Place ? Code : Cards);
}

void CaController::go(Step step) {
    m_step = step;
    Q_EMIT changed();
}

void CaController::refuse(const Error& error) { say(lineOf(error.code), true, QString::fromStdString(error.detail)); }

void CaController::say(const QString& said, bool bad, const QString& detail) {
    m_said = said;
    m_bad = bad;
    m_detail = detail;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
