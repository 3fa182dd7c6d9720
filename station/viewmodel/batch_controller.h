// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QVariantList>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "db/cloud_states.h"
#include "station/viewmodel/background.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The page of one batch: what it is, whether its three counts agree, and what is done with it as a whole: paused, taken up again,
/// closed, handed over. GUI thread; journal and signer are asked in the background, one thing after another.
class BatchController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)
    /// Maps of `name` and `value`.
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed)
    Q_PROPERTY(bool mayPause READ mayPause NOTIFY changed)
    Q_PROPERTY(bool mayResume READ mayResume NOTIFY changed)
    Q_PROPERTY(bool mayClose READ mayClose NOTIFY changed)
    /// The three counts of the reconciliation; `counted` once they are known.
    Q_PROPERTY(bool counted READ counted NOTIFY changed)
    Q_PROPERTY(bool agrees READ agrees NOTIFY changed)
    Q_PROPERTY(QString inLedger READ inLedger NOTIFY changed)
    Q_PROPERTY(QString inJournal READ inJournal NOTIFY changed)
    Q_PROPERTY(QString inManifest READ inManifest NOTIFY changed)
    /// Each difference between them, a line each.
    Q_PROPERTY(QString gaps READ gaps NOTIFY changed)
    /// What is being done, while nothing else may be; empty otherwise.
    Q_PROPERTY(QString busy READ busy NOTIFY changed)
    /// What came of the last thing that was asked for, and whether that is bad; `detail` is an engineer's.
    Q_PROPERTY(QString said READ said NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(bool bad READ bad NOTIFY changed)

public:
    explicit BatchController(Background& background, QObject* parent = nullptr);

    QString name() const { return m_name; }
    QString state() const;
    const std::optional<db::BatchProgress>& progress() const { return m_progress; }
    QVariantList facts() const;
    bool mayPause() const { return mayMakeOf(db::BatchState::Open); }
    bool mayResume() const { return mayMakeOf(db::BatchState::Paused); }
    bool mayClose() const { return mayPause() || mayResume(); }
    bool counted() const { return m_counts.has_value(); }
    bool agrees() const { return m_counts && m_counts->agrees(); }
    QString inLedger() const { return m_counts ? QString::number(m_counts->ledger) : QString{}; }
    QString inJournal() const { return m_counts ? QString::number(m_counts->journal) : QString{}; }
    QString inManifest() const { return m_counts ? QString::number(m_counts->manifest) : QString{}; }
    QString gaps() const;
    QString busy() const { return m_busy; }
    QString said() const { return m_said; }
    QString detail() const { return m_detail; }
    bool bad() const { return m_bad; }

    void setStation(std::shared_ptr<workflow::Station> station);
    /// Who is named in the audit log, and whether they may decide about a batch; until it is said this program's user, who may.
    void setPerson(const std::string& name, bool decides);
    /// Of which batch the page is; nothing while another one's work is not at its end.
    void open(const QString& name);
    /// Somebody else has done something to it.
    void changedBy(const QString& said);

    Q_INVOKABLE void pause();
    Q_INVOKABLE void resume();
    /// For good. Refused while a unit waits for its board or the counts do not agree.
    Q_INVOKABLE void close();
    /// The manifest, to a memory stick's folder.
    Q_INVOKABLE void handOver(const QString& folder);
    /// The manifest, to the station's own folder.
    Q_INVOKABLE void keepHere();

    /// Also for the self-test.
    void show(const db::BatchProgress& progress, const workflow::Reconciliation& counts, const db::CloudCounts& cloud = {});
    void say(const QString& said, bool bad, const QString& detail = {});

Q_SIGNALS:
    void changed();

private:
    void refuse(const Error& error);
    QString inTheCloud() const;
    struct Look {
        Result<db::BatchProgress> progress;
        Result<workflow::Reconciliation> counts;
        Result<db::CloudCounts> cloud;
    };
    bool mayMakeOf(db::BatchState state) const { return m_decides && m_progress && m_busy.isEmpty() && m_progress->batch.state == state; }
    void look();
    void setState(db::BatchState state, const QString& busy, const QString& done);
    void write(const QString& folder, const QString& busy, const QString& done);
    /// Does `work` in the background, then says `done`, or what went wrong, and looks again.
    void act(const QString& busy, const QString& done, std::function<Result<void>()> work);

    Background& m_background;
    std::shared_ptr<workflow::Station> m_station;
    std::string m_who;
    bool m_decides = true;
    QString m_name;
    std::optional<db::BatchProgress> m_progress;
    std::optional<workflow::Reconciliation> m_counts;
    db::CloudCounts m_cloud;
    QString m_busy, m_said, m_detail;
    bool m_bad = false;
};

}  // namespace keystamp::viewmodel
