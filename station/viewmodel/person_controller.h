// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "station/viewmodel/authority_controller.h"
#include "station/viewmodel/background.h"
#include "station/workflow/people.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// Who is at the kiosk: logged in by a badge, a supervisor by badge and passphrase, and out by a button, by another's badge, or when nothing
/// was touched or scanned for a while. Where the journal knows no persons nobody logs in, and everybody may run boards. GUI thread; the
/// journal is read in the background, every few seconds, so that who was removed is out soon.
class PersonController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// Empty: nobody is logged in.
    Q_PROPERTY(QString name READ personName NOTIFY changed)
    Q_PROPERTY(QString role READ role NOTIFY changed)
    /// There are persons, and none is logged in: nothing but a badge is taken.
    Q_PROPERTY(bool locked READ locked NOTIFY changed)
    /// The journal was read and knows nobody.
    Q_PROPERTY(bool open READ open NOTIFY changed)
    Q_PROPERTY(bool mayRunBoards READ mayRunBoards NOTIFY changed)
    /// What became of the last badge, for a few seconds, and whether it was refused.
    Q_PROPERTY(QString said READ said NOTIFY changed)
    Q_PROPERTY(bool refused READ refused NOTIFY changed)

public:
    PersonController(Background& background, AuthorityController& authority, QObject* parent = nullptr);

    QString personName() const { return m_person ? QString::fromStdString(m_person->name) : QString{}; }
    QString role() const;
    bool known() const { return m_people.has_value(); }
    bool locked() const { return m_people && !m_people->empty() && !m_person; }
    bool open() const { return m_people && m_people->empty(); }
    bool mayRunBoards() const { return open() || (m_person && workflow::mayRunBoards(m_person->role)); }
    /// The name of a supervisor who is logged in.
    std::optional<std::string> supervisor() const;
    QString said() const { return m_said; }
    bool refused() const { return m_refused; }

    void setStation(std::shared_ptr<workflow::Station> station);
    /// A scan while somebody is logged in: taken where it is a badge; else `otherwise` is called, for each scan in the order of these calls.
    void takeBadge(const QString& scan, std::function<void()> otherwise);
    /// A scan on the lock page: read from the journal as it is now.
    void badge(const QString& scan);
    Q_INVOKABLE void logOut();
    /// Somebody whose login is on record already: who has just been enrolled, or has another badge now.
    void welcome(const db::Person& person);
    /// As the kiosk ends; waits for the journal.
    void end();
    /// Nobody is logged out while a fixture works.
    void setWorking(bool working);
    void setLogoutAfter(std::chrono::milliseconds span);  ///< zero: never
    /// The language is another one.
    void reword() { Q_EMIT changed(); }

    /// What is touched or typed, wherever it goes.
    bool eventFilter(QObject* watched, QEvent* event) override;

    /// For the self-test.
    void show(std::vector<db::Person> people, std::optional<db::Person> person);
    void say(const QString& text, bool refused);

Q_SIGNALS:
    void changed();

private:
    const db::Person* withBadge(const Digest& badge) const;
    void refresh();
    void take(Result<std::vector<db::Person>> people);
    void begin(const db::Person& person);
    void enter(const db::Person& person);
    /// `cause` is for the log.
    void leave(const QString& why, const std::string& cause);
    void refuse();
    void touched();

    Background& m_background;
    AuthorityController& m_authority;
    std::shared_ptr<workflow::Station> m_station;
    std::optional<std::vector<db::Person>> m_people;
    std::optional<db::Person> m_person;
    QString m_said;
    bool m_refused = false;
    bool m_working = false;
    QTimer m_idle, m_reading, m_saying;
    Background m_badges;  ///< a badge's digest takes milliseconds; a scan does not wait behind the journal
};

}  // namespace keystamp::viewmodel
