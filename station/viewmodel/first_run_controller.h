// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QStringList>
#include <QVariantList>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "station/viewmodel/authority_controller.h"
#include "station/viewmodel/background.h"
#include "station/workflow/first_run.h"

namespace keystamp::viewmodel {

/// A station's first run, step by step: its first supervisor, its scanner, its fixtures, a unit to try it with. Shown where nobody has begun
/// with the station yet; ended by its last step, by *Later* once there is a supervisor, or when that one logs out. What a step does is
/// others': the kiosk brings the scan trial, the preflight and the line. GUI thread; journal and signer are asked in the background.
class FirstRunController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    Q_PROPERTY(Step step READ step NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    /// "Step 2 of 5"
    Q_PROPERTY(QString place READ place NOTIFY changed)
    /// What the step is about, and what to do.
    Q_PROPERTY(QString words READ words NOTIFY changed)
    /// The button that goes on.
    Q_PROPERTY(QString onward READ onward NOTIFY changed)
    Q_PROPERTY(bool mayGoOn READ mayGoOn NOTIFY changed)
    Q_PROPERTY(bool mayGoBack READ mayGoBack NOTIFY changed)
    /// There is a supervisor: the rest can wait.
    Q_PROPERTY(bool mayEnd READ mayEnd NOTIFY changed)
    /// Maps of `line` (a value of Line), `name` and `value`: those of the step.
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed)
    Q_PROPERTY(int at READ at WRITE setAt NOTIFY changed)
    /// What a test unit can be given here, in words, and which of it it gets.
    Q_PROPERTY(QStringList modes READ modes NOTIFY changed)
    Q_PROPERTY(int mode READ mode WRITE setMode NOTIFY changed)
    /// What came of the step; `detail` is an engineer's.
    Q_PROPERTY(QString said READ said NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(Outcome outcome READ outcome NOTIFY changed)

public:
    enum Step { Welcome, Supervisor, Scanner, Fixtures, TestUnit, kSteps };
    Q_ENUM(Step)
    enum Line { Name, Badge, Scope, kLines };
    Q_ENUM(Line)
    enum Outcome { Nothing, Bad, Passed };
    Q_ENUM(Outcome)

    /// What a step would show.
    struct Sample {
        Step step = Welcome;
        std::string enrolled{};
        std::array<QString, kLines> values{};
        std::vector<Mode> modes{};
        std::optional<workflow::TestEnd> end{};
        std::optional<Error> error{};
    };

    FirstRunController(Background& background, AuthorityController& authority, QObject* parent = nullptr);

    /// Whether it was looked whether there is a first run, and whether there is one.
    bool known() const { return m_known; }
    bool active() const { return m_active; }
    Step step() const { return m_step; }
    QString title() const;
    QString place() const;
    QString words() const;
    QString onward() const;
    bool mayGoOn() const;
    bool mayGoBack() const { return m_step > Welcome && !m_busy; }
    bool mayEnd() const { return !m_name.empty() && !m_busy; }
    QVariantList lines() const;
    int at() const { return m_at; }
    void setAt(int line);
    QStringList modes() const;
    int mode() const { return m_mode; }
    void setMode(int mode);
    QString said() const;
    QString detail() const { return m_error && !misentered() ? QString::fromStdString(m_error->detail) : QString{}; }
    Outcome outcome() const;

    void setStation(std::shared_ptr<workflow::Station> station);
    /// Who is logged in as a supervisor, and whether anybody is known here.
    void setPerson(const std::optional<std::string>& supervisor, bool anybody);
    /// The fixtures are being looked at, or no more.
    void setChecking(bool checking);
    /// A scan, or what was typed with Enter.
    void give(const QString& text);
    /// The line of the test unit's batch is at its end.
    void lineLeft();

    Q_INVOKABLE void goOn();
    Q_INVOKABLE void goBack();
    /// The rest of it can wait.
    Q_INVOKABLE void end();
    /// Printable ASCII, by its code, at the end of the line that is written to.
    Q_INVOKABLE void key(int code);
    Q_INVOKABLE void eraseLast();
    /// The language is another one.
    void reword() { Q_EMIT changed(); }

    /// For the self-test.
    void show(const Sample& sample);

Q_SIGNALS:
    void changed();
    /// This step has begun.
    void begun(keystamp::viewmodel::FirstRunController::Step step);
    /// There is a first supervisor, or they have another badge; their login is on record.
    void enrolled(const keystamp::db::Person& person);
    /// The batch of the test unit is open.
    void testWanted(const QString& batch);
    /// The last step is done.
    void finished();

private:
    bool shows(Line line) const;
    /// What was written or scanned cannot be taken.
    bool misentered() const { return m_error && m_error->code == ErrorCode::BadUsage; }
    void begin(Step step);
    void offerSupervisor();
    void askSupervisor();
    void orderTest();
    void askTest(const workflow::BatchOrder& order);
    void say(std::optional<Error> error);
    void setBusy(bool busy);

    Background& m_background;
    AuthorityController& m_authority;
    std::shared_ptr<workflow::Station> m_station;
    bool m_known = false, m_active = false, m_busy = false, m_checking = false;
    Step m_step = Welcome;
    std::string m_name;  ///< the supervisor who was enrolled here; empty: nobody yet
    std::array<QString, kLines> m_values;
    Line m_at = Name;
    std::vector<Mode> m_modes;
    int m_mode = 0;
    std::string m_batch;  ///< of the test unit, while it is open
    std::optional<workflow::TestEnd> m_end;
    std::optional<Error> m_error;
};

}  // namespace keystamp::viewmodel
