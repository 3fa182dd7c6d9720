// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "station/viewmodel/background.h"
#include "station/viewmodel/checks_model.h"

namespace keystamp::viewmodel {

/// The page of every check that a shift starts with. Its lines come as they end; a station that cannot be opened is looked at too, so
/// that all that is wrong with it stands there at once. GUI thread; the checks run in the background.
class PreflightController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    Q_PROPERTY(keystamp::viewmodel::ChecksModel* checks READ checks CONSTANT)
    Q_PROPERTY(bool running READ running NOTIFY changed)
    /// At the end: whether a shift may start, in a sentence.
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)

public:
    /// `configFile` as loadConfig takes it.
    explicit PreflightController(std::optional<std::string> configFile, QObject* parent = nullptr);

    ChecksModel* checks() { return &m_checks; }
    bool running() const { return m_running; }
    bool ready() const { return !m_running && m_checks.count() > 0 && m_checks.countOf(ChecksModel::Bad) == 0; }
    QString summary() const;

    /// The one to look at; without one, one is opened as far as that goes.
    void setStation(std::shared_ptr<workflow::Station> station);
    /// Nothing happens while it runs.
    Q_INVOKABLE void run();
    /// The same of the fixtures alone, where a station is open.
    Q_INVOKABLE void runFixtures();
    /// Waits for what runs.
    void finish() { m_background.finish(); }

    /// For the self-test.
    void show(const std::vector<workflow::Check>& checks, bool running, bool fixturesOnly = false);

Q_SIGNALS:
    void changed();

private:
    using Each = std::function<void(const workflow::Check&)>;
    void begin(bool fixturesOnly, std::function<void(const Each&)> look);

    std::optional<std::string> m_configFile;
    std::shared_ptr<workflow::Station> m_station;
    ChecksModel m_checks;
    bool m_running = false;
    bool m_fixturesOnly = false;
    Background m_background;  ///< its own: seven seconds for a board that is silent
};

}  // namespace keystamp::viewmodel
