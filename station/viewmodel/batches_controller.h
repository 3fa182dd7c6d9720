// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <memory>
#include <optional>

#include "core/error.h"
#include "station/viewmodel/background.h"
#include "station/viewmodel/batches_model.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The page of batches: what is open (or all there were), and the choice of one, by a touch or by scanning its name. GUI thread; the
/// journal is read in the background.
class BatchesController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    Q_PROPERTY(keystamp::viewmodel::BatchesModel* batches READ batches CONSTANT)
    /// Paused and closed ones, too.
    Q_PROPERTY(bool all READ all WRITE setAll NOTIFY changed)
    /// The list was read at least once; an empty one means then that there is none.
    Q_PROPERTY(bool known READ known NOTIFY changed)
    /// Why the list cannot be read, the scan is not a batch, or what the last line has done is not under a signature; else empty.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed)

public:
    explicit BatchesController(Background& background, QObject* parent = nullptr);

    BatchesModel* batches() { return &m_batches; }
    bool all() const { return m_all; }
    void setAll(bool all);
    bool known() const { return m_known; }
    QString trouble() const { return m_trouble.isEmpty() ? m_notSigned : m_trouble; }

    void setStation(std::shared_ptr<workflow::Station> station);
    Q_INVOKABLE void refresh();
    /// By name; one that is not open is refused in words.
    Q_INVOKABLE void choose(const QString& name);
    /// Its page, whatever its state.
    Q_INVOKABLE void look(const QString& name) { Q_EMIT wanted(name); }

    /// Back from a line. `notSigned` stays on the page until the next one is left.
    void lineLeft(const std::optional<Error>& notSigned);

    void show(const std::vector<db::BatchProgress>& all);

Q_SIGNALS:
    void changed();
    void chosen(const QString& name);
    void wanted(const QString& name);

private:
    void say(const QString& trouble);

    Background& m_background;
    std::shared_ptr<workflow::Station> m_station;
    BatchesModel m_batches;
    bool m_known = false;
    bool m_all = false;
    QString m_trouble, m_notSigned;
};

}  // namespace keystamp::viewmodel
