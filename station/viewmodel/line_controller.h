// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <memory>
#include <string>

#include "station/viewmodel/background.h"
#include "station/viewmodel/texts.h"
#include "station/viewmodel/tiles_model.h"
#include "station/workflow/line.h"

namespace keystamp::viewmodel {

/// The page where boards are made: scans in, tiles out. GUI thread. The line's workers call in from their own threads;
/// what they say is queued to the GUI thread and never waits for it.
class LineController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    Q_PROPERTY(keystamp::viewmodel::TilesModel* tiles READ tiles CONSTANT)
    Q_PROPERTY(QString batch READ batch NOTIFY changed)
    Q_PROPERTY(QString mode READ mode NOTIFY changed)
    /// Between begin and the end of leave.
    Q_PROPERTY(bool active READ active NOTIFY changed)
    /// No fixture works, so the page may be left.
    Q_PROPERTY(bool idle READ idle NOTIFY changed)
    /// What became of the last scan, in a sentence, and what to do where it was refused.
    Q_PROPERTY(Answer answer READ answer NOTIFY changed)
    Q_PROPERTY(QString said READ said NOTIFY changed)
    Q_PROPERTY(QString next READ next NOTIFY changed)
    // Counters of the batch, from rows that are on disk, never from what a tile shows.
    Q_PROPERTY(int recorded READ recorded NOTIFY changed)
    Q_PROPERTY(int ordered READ ordered NOTIFY changed)
    Q_PROPERTY(int failed READ failed NOTIFY changed)
    Q_PROPERTY(int unresolved READ unresolved NOTIFY changed)
    // And of the station's last eight hours, whatever the batch.
    Q_PROPERTY(int shift READ shift NOTIFY changed)
    Q_PROPERTY(QString takt READ takt NOTIFY changed)
    Q_PROPERTY(QString yield READ yield NOTIFY changed)

public:
    enum Answer { Nothing, Taken, Refused };
    Q_ENUM(Answer)

    explicit LineController(Background& background, QObject* parent = nullptr);
    ~LineController() override { stop(); }

    TilesModel* tiles() { return &m_tiles; }
    QString batch() const { return QString::fromStdString(m_progress.batch.name); }
    QString mode() const;
    bool active() const { return m_active; }
    bool idle() const { return !m_tiles.anyWorking(); }
    Answer answer() const { return m_answer; }
    QString said() const { return m_said; }
    QString next() const { return m_next; }
    int recorded() const { return static_cast<int>(m_progress.recorded); }
    int ordered() const { return static_cast<int>(m_progress.batch.count); }
    int failed() const { return static_cast<int>(m_progress.failedJobs); }
    int unresolved() const { return static_cast<int>(m_progress.unresolved); }
    int shift() const { return static_cast<int>(m_shift.recorded); }
    QString takt() const { return taktOf(m_shift); }
    QString yield() const { return yieldOf(m_shift); }

    void begin(std::shared_ptr<workflow::Station> station, const QString& batch);
    /// Whose scans they are from now on; empty: nobody is logged in.
    void setPerson(const std::string& name);
    /// A scan from anywhere; never blocks.
    void scan(const QString& text);
    /// A scan of a fixture's own scanner.
    void scanAt(const QString& fixture, const QString& text);
    void scanTooLong();
    /// `scan` names what was refused.
    void refuse(const QString& scan, const Error& error);
    /// A person has seen this fixture's FAIL or ERROR; it takes scans again.
    Q_INVOKABLE void acknowledge(const QString& fixture);
    /// A person has looked after a fixture that was stopped; it takes scans again.
    Q_INVOKABLE void takeUpAgain(const QString& fixture);
    /// This fixture's board gets no label now; it takes the next board.
    Q_INVOKABLE void skipLabel(const QString& fixture);
    /// Back to the batches, where no fixture works; what was made stands under a signature then.
    Q_INVOKABLE void leave();
    /// For good, as the program ends; waits for the jobs' current step.
    void stop();

    /// Also for the self-test, which shows tiles and counters without a station.
    void show(const db::BatchProgress& progress, const db::Figures& shift = {});
    void answerWith(Answer answer, const QString& said, const QString& next);

Q_SIGNALS:
    void changed();
    /// A job has just ended with this verdict; once a job.
    void judged(keystamp::db::Verdict verdict);
    /// With why what the line has done is not under a signature, where it is not.
    void left(const std::optional<keystamp::Error>& notSigned);

private:
    void take(std::uint64_t line, const workflow::FixtureStatus& status);
    void took(const QString& scan, const Result<workflow::Line::Taken>& taken);
    void count();

    Background& m_background;
    std::shared_ptr<workflow::Station> m_station;
    std::shared_ptr<workflow::Line> m_line;
    std::string m_person;
    std::uint64_t m_lines = 0;  ///< tells what this line says from the last one's
    TilesModel m_tiles;
    db::BatchProgress m_progress;
    db::Figures m_shift;
    bool m_active = false;
    enum class Counting { No, Once, Again } m_counting = Counting::No;
    Answer m_answer = Nothing;
    QString m_said, m_next;
};

}  // namespace keystamp::viewmodel
