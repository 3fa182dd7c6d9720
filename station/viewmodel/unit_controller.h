// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QVariantList>
#include <memory>
#include <optional>
#include <string>

#include "station/viewmodel/background.h"
#include "station/viewmodel/life_model.h"
#include "station/workflow/device.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The page of one device: what it is now, and its whole life. Found by whatever one has in hand (db::Journal::find). GUI thread; the
/// journal is read in the background.
class UnitController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// The device ID; empty until one is found.
    Q_PROPERTY(QString deviceId READ deviceId NOTIFY changed)
    /// What it is now, in a word and a look of LifeModel.
    Q_PROPERTY(QString state READ state NOTIFY changed)
    Q_PROPERTY(int look READ look NOTIFY changed)
    /// Of its newest unit: maps of `name` and `value`.
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed)
    Q_PROPERTY(keystamp::viewmodel::LifeModel* life READ life CONSTANT)
    /// The label of a recorded unit, as a picture that a QML Image shows; empty where it gets none.
    Q_PROPERTY(QString label READ label NOTIFY changed)
    Q_PROPERTY(bool searching READ searching NOTIFY changed)
    /// Why nothing is shown, or that there are more; else empty.
    Q_PROPERTY(QString said READ said NOTIFY changed)

public:
    explicit UnitController(Background& background, QObject* parent = nullptr);

    QString deviceId() const { return m_id; }
    QString state() const { return m_state; }
    int look() const { return m_look; }
    QVariantList facts() const { return m_facts; }
    LifeModel* life() { return &m_life; }
    QString label() const { return m_label; }
    bool searching() const { return m_searching; }
    QString said() const { return m_said; }

    /// The newest of what is shown.
    std::optional<db::Unit> unit() const;

    void setStation(std::shared_ptr<workflow::Station> station);
    /// By ID, label, board or thumbprint. `read`: what the text says where it was read off a label; looked for where the text itself is nothing.
    Q_INVOKABLE void find(const QString& text, const QString& read = {});
    /// Who is named in the audit log; empty: nobody.
    void setPerson(const std::string& name) { m_who = name; }
    /// Its label once more; audited.
    Q_INVOKABLE void printAgain();
    /// Nothing is shown any more.
    void clear();
    /// The language is another one.
    void reword();

    /// Also for the self-test.
    void show(const workflow::Device& device, const QString& label = {});
    /// Of its newest unit, where that is recorded.
    static QString labelOf(const label::Settings& settings, const workflow::Device& device);

Q_SIGNALS:
    void changed();

private:
    void say(const QString& text);

    Background& m_background;
    std::shared_ptr<workflow::Station> m_station;
    LifeModel m_life;
    std::string m_who;
    QString m_id, m_state, m_said, m_label;
    int m_look = LifeModel::Plain;
    QVariantList m_facts;
    std::optional<workflow::Device> m_shown;
    bool m_searching = false;
};

}  // namespace keystamp::viewmodel
