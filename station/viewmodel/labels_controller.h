// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QTimer>
#include <memory>

#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// How the label printer does. GUI thread; what it looks at twice a second waits for nobody.
class LabelsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// While the printer is in trouble: what, what to do, and how many labels wait. Empty while all is well.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed)
    /// Of which unit two labels may have come out; empty again with the next label.
    Q_PROPERTY(QString twice READ twice NOTIFY changed)

public:
    explicit LabelsController(QObject* parent = nullptr);

    QString trouble() const;
    QString twice() const;

    void setStation(std::shared_ptr<workflow::Station> station);
    /// As the program ends: no label is printed any more. Blocks.
    void end();
    /// Units whose label waits, or has waited as it ended.
    const std::vector<std::string>& waiting() const { return m_state.waiting; }
    /// Also for the self-test.
    void show(const workflow::Labels::State& state);

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<workflow::Station> m_station;
    workflow::Labels::State m_state;
    QTimer m_again;
};

}  // namespace keystamp::viewmodel
