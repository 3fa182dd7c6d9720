// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/station_controller.h"

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

bool asksForPin(const std::optional<Error>& error) {
    return error && (error->code == ErrorCode::PinNeeded || error->code == ErrorCode::PinWrong);
}

}  // namespace

StationController::StationController(Background& background, std::optional<std::string> configFile, QObject* parent)
    : QObject(parent), m_configFile(std::move(configFile)), m_background(background) {
    m_watch.setInterval(std::chrono::seconds{2});
    connect(&m_watch, &QTimer::timeout, this, &StationController::watch);
}

StationController::~StationController() = default;

QString StationController::cause() const { return m_error ? textOf(m_error->code).cause : QString{}; }
QString StationController::next() const { return m_error ? textOf(m_error->code).next : QString{}; }

QString StationController::detail() const {
    if (!m_error) return {};
    QString text = QString::fromStdString(m_error->detail);
    if (!m_error->where.empty() || m_error->native != 0) {
        text += QStringLiteral(" [%1 0x%2]").arg(QString::fromStdString(m_error->where)).arg(m_error->native, 0, 16);
    }
    return text;
}

QString StationController::signerTrouble() const {
    return m_signerTrouble ? lineOf(m_signerTrouble->code) : QString{};
}

std::optional<Error> StationController::troubleOf(const Result<hsm::SignerStatus>& status) {
    if (!status) return status.error();
    if (status->state == "ready") return std::nullopt;
    if (status->state == "pin-needed") return Error{ErrorCode::PinNeeded, status->tokenLabel};
    if (status->state == "pin-locked") return Error{ErrorCode::PinLocked, status->tokenLabel};
    if (status->state == "token-missing") return Error{ErrorCode::TokenMissing, status->tokenLabel};
    return Error{ErrorCode::SignerUnavailable, status->state};
}

StationController::Opened StationController::tryToOpen(const std::optional<std::string>& configFile, Opened opened,
                                                       const Secret* pin) {
    if (!opened.station) {
        const auto config = workflow::loadConfig(configFile);
        if (!config) {
            opened.trouble = config.error();
            return opened;
        }
        opened.name = config->name;
        auto station = workflow::openStation(*config, workflow::Station::Use::Run);
        if (!station) {
            opened.trouble = station.error();
            return opened;
        }
        opened.station = std::move(*station);
    }
    auto& station = *opened.station;
    opened.name = station.config.name;
    if (pin != nullptr) {
        if (const auto done = station.signer->login(*pin); !done) opened.trouble = done.error();
    }
    const auto status = station.signer->status();
    if (status) opened.demo = status->demo;
    // a wrong PIN says more than the state that it leaves
    if (!opened.trouble) opened.trouble = troubleOf(status);
    if (opened.trouble) return opened;

    if (opened.recovered) return opened;
    const auto report = workflow::recover(station);
    if (!report) {
        opened.trouble = report.error();
        return opened;
    }
    opened.recovered = true;
    workflow::beginLabels(station);
    opened.waiting = static_cast<int>(report->unresolved.size());
    return opened;
}

void StationController::show(State state, std::optional<Error> error, const Sample& sample) {
    m_name = sample.name;
    m_demo = sample.demo;
    m_waiting = sample.waiting;
    m_signerTrouble = sample.signerTrouble;
    set(state, std::move(error));
}

void StationController::open() {
    if (m_begun || m_state == Ready) return;
    begin(nullptr);
}

void StationController::login(Secret pin) {
    if (m_begun || m_state != PinNeeded) return;
    begin(std::make_shared<Secret>(std::move(pin)));
}

void StationController::begin(std::shared_ptr<Secret> pin) {
    m_begun = true;
    set(Starting, std::nullopt);
    Opened reached{m_station, m_name.toStdString(), m_demo, m_recovered, m_waiting, std::nullopt};
    m_background.run(
        this,
        [file = m_configFile, reached = std::move(reached), pin = std::move(pin)] {
            return tryToOpen(file, reached, pin.get());
        },
        [this](Opened opened) { finish(std::move(opened)); });
}

void StationController::finish(Opened opened) {
    m_begun = false;
    m_station = std::move(opened.station);
    m_name = QString::fromStdString(opened.name);
    m_demo = opened.demo;
    m_recovered = opened.recovered;
    m_waiting = opened.waiting;
    if (!opened.trouble) {
        m_signerTrouble.reset();
        m_watch.start();
        set(Ready, std::nullopt);
    } else if (asksForPin(opened.trouble) && m_station) {
        set(PinNeeded, std::move(opened.trouble));
    } else {
        set(Trouble, std::move(opened.trouble));
    }
}

void StationController::watch() {
    m_watch.stop();  // until the answer is there
    m_watching.run(
        this, [station = m_station] { return troubleOf(station->signer->status()); },
        [this](std::optional<Error> trouble) {
            if (m_state == Ready) {
                const bool pin = asksForPin(trouble);
                m_signerTrouble = pin ? std::nullopt : trouble;
                if (pin) {
                    set(PinNeeded, std::move(trouble));
                    return;
                }
                Q_EMIT changed();
                m_watch.start();
            }
        });
}

void StationController::set(State state, std::optional<Error> error) {
    m_state = state;
    m_error = std::move(error);
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
