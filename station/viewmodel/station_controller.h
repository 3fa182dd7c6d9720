// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/secret.h"
#include "station/viewmodel/background.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// Opens the station (signer, journal, recovery) away from the GUI thread, says why where it cannot, asks for the PIN
/// where the HSM wants one, and afterwards watches the signer, so that an HSM in trouble is on the screen within
/// seconds. GUI thread; owns the Station from Ready on.
class StationController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(QString name READ stationName NOTIFY changed)
    /// The token is marked as a demo: nothing made here is for sale.
    Q_PROPERTY(bool demo READ demo NOTIFY changed)
    /// With Trouble and, after a wrong PIN, with PinNeeded.
    Q_PROPERTY(QString cause READ cause NOTIFY changed)
    Q_PROPERTY(QString next READ next NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    /// A sentence while the signer is in trouble though the station stands open; empty while all is well.
    Q_PROPERTY(QString signerTrouble READ signerTrouble NOTIFY changed)
    /// Units that an interruption left waiting for their board, found at start.
    Q_PROPERTY(int waitingUnits READ waitingUnits NOTIFY changed)

public:
    enum State { Starting, PinNeeded, Trouble, Ready };
    Q_ENUM(State)

    /// What a station would say of itself.
    struct Sample {
        QString name;
        bool demo = false;
        int waiting = 0;
        std::optional<Error> signerTrouble;
    };

    /// `configFile` as loadConfig takes it.
    StationController(Background& background, std::optional<std::string> configFile, QObject* parent = nullptr);
    ~StationController() override;

    State state() const { return m_state; }
    QString stationName() const { return m_name; }
    bool demo() const { return m_demo; }
    QString cause() const;
    QString next() const;
    QString detail() const;
    QString signerTrouble() const;
    int waitingUnits() const { return m_waiting; }

    /// Begins, or begins anew after trouble. Nothing happens while it starts or is ready.
    Q_INVOKABLE void open();
    /// One try at the HSM; each submission of a person costs one at most.
    void login(Secret pin);

    /// Not null from Ready on, for as long as this lives.
    const std::shared_ptr<workflow::Station>& station() const { return m_station; }

    /// For the self-test, which shows every page without a station.
    void show(State state, std::optional<Error> error, const Sample& sample);

    /// What one look at the signer found: nothing where it is ready.
    static std::optional<Error> troubleOf(const Result<hsm::SignerStatus>& status);

Q_SIGNALS:
    void changed();

private:
    struct Opened {
        std::shared_ptr<workflow::Station> station;
        std::string name;
        bool demo = false;
        bool recovered = false;
        int waiting = 0;
        std::optional<Error> trouble;
    };
    /// On a background thread. `opened`: what an earlier try has reached; `pin`: to log in with, or nullptr.
    static Opened tryToOpen(const std::optional<std::string>& configFile, Opened opened, const Secret* pin);
    void begin(std::shared_ptr<Secret> pin);
    void finish(Opened opened);
    void watch();
    void set(State state, std::optional<Error> error);

    std::optional<std::string> m_configFile;
    State m_state = Starting;
    bool m_begun = false;
    QString m_name;
    bool m_demo = false;
    bool m_recovered = false;  ///< once only: later, a reserved unit may be one that a fixture is working on
    int m_waiting = 0;
    std::optional<Error> m_error;
    std::optional<Error> m_signerTrouble;
    std::shared_ptr<workflow::Station> m_station;
    QTimer m_watch;
    Background& m_background;
    Background m_watching;  ///< the signer is asked beside other work, which must not hide its trouble
};

}  // namespace keystamp::viewmodel
