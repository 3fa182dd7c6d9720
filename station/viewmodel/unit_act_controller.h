// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QStringList>
#include <QVariantList>
#include <memory>
#include <optional>
#include <string>

#include "db/records.h"
#include "station/viewmodel/authority_controller.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// What a supervisor does to the device on its page: rework or scrap, a reason for the record, then the passphrase. GUI thread.
class UnitActController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// A supervisor is logged in, and the unit is in a state for it.
    Q_PROPERTY(bool mayRework READ mayRework NOTIFY changed)
    Q_PROPERTY(bool mayScrap READ mayScrap NOTIFY changed)
    /// What is about to be done; its reason is wanted.
    Q_PROPERTY(Act act READ act NOTIFY changed)
    /// The question above the reasons.
    Q_PROPERTY(QString question READ question NOTIFY changed)
    /// The usual ones; any other may be typed.
    Q_PROPERTY(QStringList reasons READ reasons NOTIFY changed)
    /// Another reason is being written, a line for it as on other pages.
    Q_PROPERTY(bool writing READ writing NOTIFY changed)
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed)
    /// What was done last; else empty.
    Q_PROPERTY(QString said READ said NOTIFY changed)

public:
    enum Act { None, Rework, Scrap };
    Q_ENUM(Act)

    explicit UnitActController(AuthorityController& authority, QObject* parent = nullptr);

    bool mayRework() const;
    bool mayScrap() const;
    Act act() const { return m_act; }
    QString question() const;
    QStringList reasons() const;
    bool writing() const { return m_writing; }
    QVariantList lines() const;
    QString said() const { return m_said; }

    void setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }
    /// The newest unit of the device that is shown, and the supervisor who is logged in. What was begun for another is taken back.
    void offer(const std::optional<db::Unit>& unit, const std::optional<std::string>& supervisor);
    Q_INVOKABLE void begin(keystamp::viewmodel::UnitActController::Act act);
    /// The passphrase is asked for then.
    Q_INVOKABLE void giveReason(const QString& reason);
    /// Another reason than the usual ones, by keys on the screen.
    Q_INVOKABLE void write();
    Q_INVOKABLE void key(int code);
    Q_INVOKABLE void eraseLast();
    Q_INVOKABLE void giveWritten() { giveReason(m_written); }
    /// From the keys back to the usual reasons; from there nothing is done.
    Q_INVOKABLE void cancel();
    void reword() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();
    /// The device is another one now.
    void done(const QString& id);

private:
    void finish(Act act, const QString& id);

    AuthorityController& m_authority;
    std::shared_ptr<workflow::Station> m_station;
    std::optional<db::Unit> m_unit;
    std::optional<std::string> m_supervisor;
    Act m_act = None;
    bool m_writing = false;
    QString m_written;
    QString m_said;
};

}  // namespace keystamp::viewmodel
