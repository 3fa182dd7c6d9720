// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/authority_controller.h"

#include <QCoreApplication>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

AuthorityController::AuthorityController(Background& background, QObject* parent) : QObject(parent), m_background(background) {
    QCoreApplication::instance()->installEventFilter(&m_entry);
    connect(&m_entry, &PinController::submitted, this, &AuthorityController::submit);
}

QString AuthorityController::wanted() const {
    const QString name = QString::fromStdString(m_supervisor);
    switch (m_wanted) {
        case Entry::Known:
            return tr("Passphrase of %1", "%1: a supervisor").arg(name);
        case Entry::New:
            return tr("A passphrase for %1, of %2 characters or more, that nobody else knows", "%1: a supervisor, %2: a number").arg(name).arg(hsm::kShortestPassphrase);
        case Entry::Again:
            return tr("The same passphrase once more", "a new passphrase is entered twice");
    }
    return {};
}

QString AuthorityController::trouble() const {
    switch (m_fault) {
        case Fault::None:
            return m_error ? lineOf(m_error->code) : QString{};
        case Fault::Short:
            return tr("That is too short. A passphrase has %1 characters or more.", "a new passphrase; %1: a number").arg(hsm::kShortestPassphrase);
        case Fault::Differs:
            return tr("The two entries differ. Enter a new passphrase, and the same once more.", "a new passphrase is entered twice");
    }
    return {};
}

void AuthorityController::ask(const QString& act, const std::string& supervisor, Work work, std::function<void()> done) {
    begin(act, supervisor, std::move(work), std::move(done), Entry::Known);
}

void AuthorityController::askNew(const QString& act, const std::string& supervisor, Work work, std::function<void()> done) {
    begin(act, supervisor, std::move(work), std::move(done), Entry::New);
}

void AuthorityController::begin(const QString& act, const std::string& supervisor, Work work, std::function<void()> done, Entry entry) {
    if (m_working) return;
    m_act = act;
    m_supervisor = supervisor;
    m_work = std::move(work);
    m_done = std::move(done);
    m_wanted = entry;
    m_first = Secret{};
    m_fault = Fault::None;
    m_error.reset();
    m_entry.clear();
    set(true, false);
}

void AuthorityController::cancel() {
    if (!m_asking || m_working) return;
    m_work = {};
    m_done = {};
    m_first = Secret{};
    set(false, false);
}

bool AuthorityController::isWhole(const Secret& entered) {
    if (m_wanted == Entry::Known) return true;
    if (m_wanted == Entry::New) {
        m_fault = entered.size() < hsm::kShortestPassphrase ? Fault::Short : Fault::None;
        if (m_fault != Fault::None) return false;
        m_first = entered.clone();
        m_wanted = Entry::Again;
        return false;
    }
    // whatever becomes of it, another try begins with both
    m_wanted = Entry::New;
    const Secret first = std::exchange(m_first, Secret{});
    m_fault = first.equals(entered) ? Fault::None : Fault::Differs;
    return m_fault == Fault::None;
}

void AuthorityController::submit() {
    if (!m_asking || m_working) return;
    m_error.reset();
    Secret entered = m_entry.take();
    if (!isWhole(entered)) return set(true, false);
    hsm::Authority authority{m_supervisor, std::move(entered)};
    set(true, true);
    m_background.run(
        this, [work = m_work, authority = std::move(authority)] { return work(authority); },
        [this](const Result<void>& result) { finish(result); });
}

void AuthorityController::finish(const Result<void>& result) {
    if (!result) {
        m_error = result.error();
        set(true, false);
        return;
    }
    const auto done = std::exchange(m_done, {});
    m_work = {};
    set(false, false);
    done();
}

void AuthorityController::show(const QString& act, const std::string& supervisor, std::optional<Error> error) {
    ask(act, supervisor, {}, {});
    m_error = std::move(error);
    Q_EMIT changed();
}

void AuthorityController::showNew(const QString& act, const std::string& supervisor, bool again, bool differed) {
    askNew(act, supervisor, {}, {});
    if (again) m_wanted = Entry::Again;
    if (differed) m_fault = Fault::Differs;
    Q_EMIT changed();
}

void AuthorityController::set(bool asking, bool working) {
    m_asking = asking;
    m_working = working;
    m_entry.setListening(asking && !working);
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
