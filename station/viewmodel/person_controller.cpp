// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/person_controller.h"

#include <QCoreApplication>
#include <QEvent>
#include <algorithm>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

Result<Digest> digestOf(const QString& scan) { return workflow::badgeOf(asBytes(scan.trimmed().toStdString())); }

}  // namespace

PersonController::PersonController(Background& background, AuthorityController& authority, QObject* parent)
    : QObject(parent), m_background(background), m_authority(authority) {
    QCoreApplication::instance()->installEventFilter(this);
    m_idle.setSingleShot(true);
    m_saying.setSingleShot(true);
    m_saying.setInterval(std::chrono::seconds{8});
    m_reading.setInterval(std::chrono::seconds{10});
    connect(&m_saying, &QTimer::timeout, this, [this] { say({}, false); });
    connect(&m_reading, &QTimer::timeout, this, &PersonController::refresh);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        if (m_working) return touched();
        if (m_person) leave(tr("%1 was logged out: nothing was touched for a while.", "%1: a person").arg(personName()), "idle");
    });
}

QString PersonController::role() const { return m_person ? textOf(m_person->role) : QString{}; }

std::optional<std::string> PersonController::supervisor() const {
    if (!m_person || !workflow::maySupervise(m_person->role)) return std::nullopt;
    return m_person->name;
}

void PersonController::setStation(std::shared_ptr<workflow::Station> station) {
    m_station = std::move(station);
    if (!m_station) return;
    setLogoutAfter(std::chrono::minutes{m_station->config.logoutMinutes});
    m_reading.start();
    refresh();
}

void PersonController::setLogoutAfter(std::chrono::milliseconds span) {
    m_idle.setInterval(span);
    touched();
}

void PersonController::refresh() {
    m_background.run(
        this, [station = m_station] { return db::People{*station->journal}.present(); },
        [this](Result<std::vector<db::Person>> people) { take(std::move(people)); });
}

void PersonController::take(Result<std::vector<db::Person>> people) {
    if (!people) return;  // a journal in trouble lets nobody in and nobody out; the next look may
    m_people = std::move(*people);
    const auto same = [this](const db::Person& one) { return one.name == m_person->name && one.role == m_person->role && one.badge == m_person->badge; };
    if (m_person && std::none_of(m_people->begin(), m_people->end(), same)) {
        leave(tr("%1 may be at this station no more.", "%1: a person").arg(personName()), "removed");
    }
    Q_EMIT changed();
}

const db::Person* PersonController::withBadge(const Digest& badge) const {
    if (!m_people) return nullptr;
    const auto at = std::find_if(m_people->begin(), m_people->end(), [&](const db::Person& one) { return one.badge == badge; });
    return at == m_people->end() ? nullptr : &*at;
}

void PersonController::takeBadge(const QString& scan, std::function<void()> otherwise) {
    touched();
    if (!m_person) return otherwise();
    m_badges.run(
        this, [scan] { return digestOf(scan); },
        [this, otherwise = std::move(otherwise)](const Result<Digest>& digest) {
            const db::Person* const person = digest ? withBadge(*digest) : nullptr;
            if (person == nullptr) return otherwise();
            if (!m_person) return;  // has just gone: the next scan is for the lock page
            if (person->name != m_person->name) return begin(*person);
            say(tr("%1 is logged in.", "%1: a person").arg(personName()), false);
        });
}

void PersonController::badge(const QString& scan) {
    if (!locked() || !m_station) return;
    struct Found {
        Result<std::vector<db::Person>> people;
        Result<Digest> digest;
    };
    m_background.run(
        this, [station = m_station, scan] { return Found{db::People{*station->journal}.present(), digestOf(scan)}; },
        [this](Found found) {
            if (!found.people) return say(lineOf(found.people.error().code), true);
            take(std::move(found.people));
            if (!locked()) return;
            const db::Person* const person = found.digest ? withBadge(*found.digest) : nullptr;
            if (person == nullptr) return refuse();
            begin(*person);
        });
}

void PersonController::refuse() {
    say(lineOf(ErrorCode::UnknownPerson), true);
    m_background.run(this, [station = m_station] { return db::People{*station->journal}.refusedBadge(); }, [](const Result<void>&) {});
}

void PersonController::begin(const db::Person& person) {
    const auto noted = [station = m_station, person, before = personName().toStdString()] { return db::People{*station->journal}.cameIn(person, before); };
    if (workflow::maySupervise(person.role)) {
        return m_authority.ask(
            tr("Log in", "a supervisor's act: the passphrase lets them in"), person.name,
            [station = m_station, noted](const hsm::Authority& authority) -> Result<void> {
                if (auto allowed = workflow::logInSupervisor(*station, authority); !allowed) return allowed;
                return noted();
            },
            [this, person] { enter(person); });
    }
    // whom the log does not have is not here
    m_background.run(this, noted, [this, person](const Result<void>& done) { done ? enter(person) : say(lineOf(done.error().code), true); });
}

void PersonController::enter(const db::Person& person) {
    m_authority.cancel();
    const QString before = personName();
    m_person = person;
    touched();
    say(before.isEmpty() || before == personName() ? QString{} : tr("%1 has taken over from %2.", "%1, %2: persons").arg(personName(), before), false);
}

void PersonController::welcome(const db::Person& person) {
    enter(person);
    refresh();
}

void PersonController::leave(const QString& why, const std::string& cause) {
    m_authority.cancel();
    if (m_station) {
        m_background.run(
            this, [station = m_station, name = m_person->name, cause] { return db::People{*station->journal}.wentOut(name, cause); }, [](const Result<void>&) {});
    }
    m_person.reset();
    m_idle.stop();
    say(why, false);
}

void PersonController::logOut() {
    if (m_person) leave({}, "button");
}

void PersonController::end() {
    if (m_person && m_station) (void)db::People{*m_station->journal}.wentOut(m_person->name, "end");
    m_person.reset();
}

void PersonController::setWorking(bool working) {
    // what is left of the time begins when the work has ended
    if (std::exchange(m_working, working) && !working) touched();
}

void PersonController::touched() {
    if (m_person && m_idle.intervalAsDuration().count() > 0) m_idle.start();
}

bool PersonController::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    if (type == QEvent::MouseButtonPress || type == QEvent::TouchBegin || type == QEvent::KeyPress) touched();
    return QObject::eventFilter(watched, event);
}

void PersonController::show(std::vector<db::Person> people, std::optional<db::Person> person) {
    m_people = std::move(people);
    m_person = std::move(person);
    say({}, false);
}

void PersonController::say(const QString& text, bool refused) {
    m_said = text;
    m_refused = refused;
    text.isEmpty() ? m_saying.stop() : m_saying.start();
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
