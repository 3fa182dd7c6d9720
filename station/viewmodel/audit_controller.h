// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QStringList>
#include <QVariantList>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "station/viewmodel/background.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The page of the audit log: what was done here, the newest first, all of it or what is looked for; whether the log is whole, under which
/// checkpoint it stands; a copy to take away. GUI thread; journal and signer are asked in the background.
class AuditController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// A page of them: maps of `number`, `time`, `kind`, `who` and `text`.
    Q_PROPERTY(QVariantList rows READ rows NOTIFY rowsChanged)
    /// There are older ones, and newer ones.
    Q_PROPERTY(bool more READ more NOTIFY rowsChanged)
    Q_PROPERTY(bool past READ past NOTIFY rowsChanged)
    Q_PROPERTY(int filter READ filter WRITE setFilter NOTIFY changed)
    /// Every value of Filter in words, in their order.
    Q_PROPERTY(QStringList filters READ filters NOTIFY changed)
    /// What is looked for: a device, a label, a name.
    Q_PROPERTY(QString wanted READ wanted NOTIFY changed)
    /// How many rows there are, and how many stand under a signed checkpoint.
    Q_PROPERTY(QString checkpoint READ checkpoint NOTIFY changed)
    /// What is being done, while nothing else may be; empty otherwise.
    Q_PROPERTY(QString busy READ busy NOTIFY changed)
    Q_PROPERTY(QString said READ said NOTIFY changed)
    Q_PROPERTY(bool bad READ bad NOTIFY changed)
    /// The log was verified, and is as it was signed.
    Q_PROPERTY(bool verified READ verified NOTIFY changed)

public:
    enum Filter { Everything, Units, Batches, People, Signatures };
    Q_ENUM(Filter)

    explicit AuditController(QObject* parent = nullptr);

    QVariantList rows() const;
    bool more() const { return m_lookedTo > 1; }
    bool past() const { return m_before != 0; }
    int filter() const { return m_filter; }
    void setFilter(int filter);
    QStringList filters() const;
    QString wanted() const { return m_wanted; }
    QString checkpoint() const;
    QString busy() const { return m_busy; }
    QString said() const { return m_said; }
    bool bad() const { return m_bad; }
    bool verified() const { return m_verified; }

    void setStation(std::shared_ptr<workflow::Station> station);
    /// From the newest row on.
    void open();
    Q_INVOKABLE void find(const QString& text);
    /// Everything again.
    Q_INVOKABLE void findAll();
    Q_INVOKABLE void older();
    Q_INVOKABLE void verify();
    /// A signed checkpoint now.
    Q_INVOKABLE void sign();
    /// A copy to a memory stick's folder; to the station's own where that is empty.
    Q_INVOKABLE void handOver(const QString& folder);
    /// Waits for what runs.
    void finish() { m_background.finish(); }

    /// Also for the self-test.
    void show(const db::AuditFound& found, std::uint64_t rows, const std::optional<db::Checkpoint>& checkpoint);
    void say(const QString& said, bool bad, bool verified = false);

Q_SIGNALS:
    void changed();
    void rowsChanged();

private:
    struct Look {
        Result<db::AuditFound> found;
        std::uint64_t rows = 0;
        std::optional<db::Checkpoint> checkpoint;
    };
    void look(std::uint64_t before);
    /// Does `work` in the background, which returns what to say.
    void act(const QString& busy, bool verifies, std::function<Result<QString>()> work);

    std::shared_ptr<workflow::Station> m_station;
    int m_filter = Everything;
    QString m_wanted;
    std::vector<db::AuditRow> m_rows;
    std::uint64_t m_before = 0, m_lookedTo = 0, m_all = 0;
    std::optional<db::Checkpoint> m_checkpoint;
    QString m_busy, m_said;
    bool m_bad = false, m_verified = false;
    Background m_background;  ///< its own: a long log takes seconds
};

}  // namespace keystamp::viewmodel
