// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/authority_controller.h"

#include <QCoreApplication>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

AuthorityController::AuthorityController(Background& background, QObject* parent) : QObject(parent), m_background(background) {
    QCoreApplication::instance()->installEventFilter(&m_entry);
    connect(&m_entry, &PinController::submitted, this, &AuthorityController::submit);
}

QString AuthorityController::trouble() const { return m_error ? lineOf(m_error->code) : QString{}; }

void AuthorityController::ask(const QString& act, const std::string& supervisor, Work work, std::function<void()> done) {
    if (m_working) return;
    m_act = act;
    m_supervisor = supervisor;
    m_work = std::move(work);
    m_done = std::move(done);
    m_error.reset();
    m_entry.clear();
    set(true, false);
}

void AuthorityController::cancel() {
    if (!m_asking || m_working) return;
    m_work = {};
    m_done = {};
    set(false, false);
}

void AuthorityController::submit() {
    if (!m_asking || m_working) return;
    m_error.reset();
    hsm::Authority authority{m_supervisor, m_entry.take()};
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

void AuthorityController::set(bool asking, bool working) {
    m_asking = asking;
    m_working = working;
    m_entry.setListening(asking && !working);
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
