// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <memory>
#include <optional>

#include "station/viewmodel/background.h"
#include "station/viewmodel/texts.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The page of the line's figures: how many, how fast, how good, and what fails, in a shift, a day or a batch. From what is on disk, read
/// anew every ten seconds while the page is shown. GUI thread; the journal is read in the background.
class FiguresController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// How far back it looks, in hours, a shift or a day; or Batch: all of one batch.
    Q_PROPERTY(int span READ span NOTIFY changed)
    /// That batch: the one that was worked on last, or that was asked for; empty while there is none.
    Q_PROPERTY(QString batch READ batch NOTIFY changed)
    Q_PROPERTY(QString recorded READ recorded NOTIFY changed)
    /// "11.4 s" from one unit to the next; a dash where there were not two.
    Q_PROPERTY(QString takt READ takt NOTIFY changed)
    /// First-pass yield: "97.5 %"; a dash before the first board.
    Q_PROPERTY(QString yield READ yield NOTIFY changed)
    /// Maps of `label` (local time, "14:00"; "29.11." where there are so many hours that whole days are shown), `recorded`, `failed` and their
    /// `share` and `failedShare` of the chart's height, 0 to 1.
    Q_PROPERTY(QVariantList hours READ hours NOTIFY changed)
    /// Lines across the chart: maps of `label`, a whole number, and `share`, its height.
    Q_PROPERTY(QVariantList ticks READ ticks NOTIFY changed)
    /// The chart's columns are days.
    Q_PROPERTY(bool byDay READ byDay NOTIFY changed)
    /// The most frequent first: maps of `fixture`, `cause`, `count`, its `share` of the most frequent, and `upTo`, the share of all failures that it
    /// and those above it are, in whole per cent.
    Q_PROPERTY(QVariantList failures READ failures NOTIFY changed)
    /// How long the HSM takes for a signature or a key, since the station started: "p50 4.1 ms, p95 12.0 ms"; empty before the first.
    Q_PROPERTY(QString hsm READ hsm NOTIFY changed)
    /// Why there is nothing; else empty.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed)

public:
    enum Span { Batch = 0, Shift = 8, Day = 24 };  ///< hours
    Q_ENUM(Span)

    explicit FiguresController(Background& background, QObject* parent = nullptr);

    int span() const { return m_span; }
    QString batch() const { return m_batch; }
    QString recorded() const;
    QString takt() const { return taktOf(m_figures); }
    QString yield() const { return yieldOf(m_figures); }
    bool byDay() const;
    QVariantList hours() const;
    QVariantList ticks() const;
    QVariantList failures() const;
    QString hsm() const;
    QString trouble() const { return m_trouble; }

    void setStation(std::shared_ptr<workflow::Station> station);
    Q_INVOKABLE void look(int hours);
    /// The batch that Batch looks at from now on.
    void setBatch(const QString& name);
    /// While the page is shown.
    void setShown(bool shown);

    /// Also for the self-test.
    void show(const db::Figures& figures, const workflow::Latency::Figures& hsm = {});

Q_SIGNALS:
    void changed();

private:
    struct Read {
        db::Figures figures;
        QString batch;
    };
    /// On a background thread. Without a name: the batch that was opened last.
    static Result<Read> of(const db::Journal& journal, int span, const std::string& batch);
    void read();
    std::vector<db::Figures::Hour> columns() const;

    Background& m_background;
    std::shared_ptr<workflow::Station> m_station;
    QTimer m_again;
    int m_span = Shift;
    QString m_batch;
    bool m_reading = false;
    db::Figures m_figures;
    workflow::Latency::Figures m_hsm;
    QString m_trouble;
};

}  // namespace keystamp::viewmodel
