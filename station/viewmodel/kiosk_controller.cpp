// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/kiosk_controller.h"

#include <QCoreApplication>

namespace keystamp::viewmodel {
namespace {

constexpr qreal kMmPerInch = 25.4;
constexpr qreal kUsualDotsPerInch = 96;

}  // namespace

KioskController::KioskController(Options options, QObject* parent)
    : QObject(parent),
      m_options(std::move(options)),
      m_pixelsPerMm(plausiblePixelsPerMm(0)),
      m_authority(m_background),
      m_person(m_background, m_authority),
      m_firstRun(m_background, m_authority),
      m_batches(m_background),
      m_batch(m_background),
      m_extension(m_authority),
      m_newBatch(m_background, m_authority),
      m_line(m_background),
      m_preflight(m_options.configFile),
      m_unit(m_background),
      m_unitAct(m_authority),
      m_figures(m_background),
      m_ca(m_background, m_authority),
      m_station(m_background, m_options.configFile) {
    QCoreApplication::instance()->installEventFilter(&m_scanner);
    QCoreApplication::instance()->installEventFilter(&m_pin);
    connect(&m_station, &StationController::changed, this, &KioskController::stationChanged);
    connect(&m_line, &LineController::changed, this, &KioskController::choosePage);
    connect(&m_line, &LineController::left, &m_batches, &BatchesController::lineLeft);
    connect(&m_pin, &PinController::submitted, this, [this] { m_station.login(m_pin.take()); });
    connect(&m_batches, &BatchesController::chosen, this,
            [this](const QString& name) {
                if (m_person.mayRunBoards()) beginLine(name);
            });
    connect(&m_batches, &BatchesController::wanted, this, [this](const QString& name) {
        m_batch.open(name);
        openAside(BatchPage);
    });
    connect(&m_batch, &BatchController::changed, this, [this] { m_extension.offer(m_batch.progress(), decider()); });
    connect(&m_extension, &ExtensionController::done, &m_batch, &BatchController::changedBy);
    connect(&m_extension, &ExtensionController::changed, this, &KioskController::listen);
    connect(&m_ca, &CaController::changed, this, &KioskController::listen);
    connect(&m_newBatch, &NewBatchController::made, this, &KioskController::back);
    connect(&m_batches, &BatchesController::changed, this, &KioskController::beginNamedBatch);
    connect(&m_person, &PersonController::changed, this, &KioskController::personChanged);
    connect(&m_authority, &AuthorityController::changed, this, &KioskController::listen);
    connectFirstRun();
    connect(&m_line, &LineController::changed, this, [this] { m_person.setWorking(!m_line.idle()); });
    connect(&m_unit, &UnitController::changed, this, [this] { m_unitAct.offer(m_unit.unit(), m_person.supervisor()); });
    connect(&m_unitAct, &UnitActController::done, &m_unit, [this](const QString& id) { m_unit.find(id); });
    connect(&m_language, &LanguageController::changed, this, &KioskController::reword);
    connect(&m_scanner, &ScanFilter::scanned, this, &KioskController::scanned);
    connect(&m_scanner, &ScanFilter::tooLong, &m_line, &LineController::scanTooLong);
}

void KioskController::connectFirstRun() {
    connect(&m_firstRun, &FirstRunController::changed, this, &KioskController::choosePage);
    connect(&m_firstRun, &FirstRunController::begun, this, [this](FirstRunController::Step step) {
        if (step == FirstRunController::Scanner) m_scanTrial.clear();
        if (step == FirstRunController::Fixtures) m_preflight.runFixtures();
    });
    connect(&m_preflight, &PreflightController::changed, this, [this] { m_firstRun.setChecking(m_preflight.running()); });
    connect(&m_firstRun, &FirstRunController::enrolled, &m_person, &PersonController::welcome);
    connect(&m_firstRun, &FirstRunController::testWanted, this, &KioskController::beginLine);
    connect(&m_line, &LineController::left, &m_firstRun, &FirstRunController::lineLeft);
    connect(&m_firstRun, &FirstRunController::finished, &m_person, &PersonController::logOut);
}

void KioskController::beginLine(const QString& batch) {
    m_line.begin(m_station.station(), batch);
    m_figures.setBatch(batch);
}

KioskController::~KioskController() {
    // what runs in the background tells the controllers; they must still be there
    m_background.finish();
    m_preflight.finish();
    m_audit.finish();
    m_media.finish();
    if (const auto station = m_station.station()) station->scanners.reset();
}

void KioskController::reword() {
    m_line.tiles()->reword();
    m_batches.batches()->reword();
    m_preflight.checks()->reword();
    m_unit.reword();
    m_unitAct.reword();
    m_extension.reword();
    m_person.reword();
    m_firstRun.reword();
    m_authority.reword();
    m_scanTrial.reword();
    Q_EMIT m_station.changed();
    Q_EMIT m_line.changed();
    Q_EMIT m_preflight.changed();
    Q_EMIT m_figures.changed();
    Q_EMIT m_batch.changed();
    Q_EMIT m_audit.changed();
    Q_EMIT m_newBatch.changed();
    Q_EMIT m_ca.changed();
    Q_EMIT m_labels.changed();
}

Result<void> KioskController::end() {
    m_background.finish();
    m_line.stop();
    if (!m_ready) return {};
    m_person.end();
    m_labels.end();  // its last row is in the log before that is signed
    const auto checkpoint = workflow::endShift(*m_station.station());
    return checkpoint ? Result<void>{} : checkpoint.error();
}

void KioskController::stationChanged() {
    if (!m_ready && m_station.state() == StationController::Ready) {
        m_ready = true;
        m_batches.setStation(m_station.station());
        m_batch.setStation(m_station.station());
        m_extension.setStation(m_station.station());
        m_newBatch.setStation(m_station.station());
        m_ca.setStation(m_station.station());
        m_preflight.setStation(m_station.station());
        m_unit.setStation(m_station.station());
        m_figures.setStation(m_station.station());
        m_audit.setStation(m_station.station());
        m_unitAct.setStation(m_station.station());
        m_firstRun.setStation(m_station.station());  // before the persons: it is known by the time that they are
        m_person.setStation(m_station.station());
        readScanners();
        m_labels.setStation(m_station.station());
        if (m_station.station() && m_station.station()->config.tone) {  // the self-test has none
            m_speaker = std::make_unique<Speaker>();
            connect(&m_line, &LineController::judged, this, [this](db::Verdict verdict) { m_speaker->sound(verdict); });
        }
    }
    choosePage();
}

void KioskController::personChanged() {
    m_line.setPerson(m_person.personName().toStdString());
    m_unit.setPerson(m_person.personName().toStdString());
    m_batch.setPerson(m_person.personName().toStdString(), m_person.open() || m_person.supervisor());
    m_newBatch.setSupervisor(decider());
    m_ca.setSupervisor(decider());
    m_firstRun.setPerson(m_person.supervisor(), m_person.known() && !m_person.open());
    m_unitAct.offer(m_unit.unit(), m_person.supervisor());
    if (const QString before = std::exchange(m_who, m_person.personName()); before != m_who) m_aside.reset();
    choosePage();
    beginNamedBatch();
}

std::optional<std::string> KioskController::decider() const {
    if (!m_person.open()) return m_person.supervisor();
    const auto station = m_station.station();
    return station ? std::optional{station->config.supervisor} : std::nullopt;
}

void KioskController::beginNamedBatch() {
    if (m_options.batch.empty() || !m_batches.known() || !m_person.mayRunBoards() || m_firstRun.active()) return;
    const QString name = QString::fromStdString(std::exchange(m_options.batch, {}));
    m_batches.choose(name);
}

qreal KioskController::plausiblePixelsPerMm(qreal dotsPerInch) {
    // screens and virtual ones that know nothing say 0, or a size of some other screen
    const bool plausible = dotsPerInch >= 60 && dotsPerInch <= 400;
    return (plausible ? dotsPerInch : kUsualDotsPerInch) / kMmPerInch;
}

void KioskController::setDotsPerInch(qreal dots) {
    m_pixelsPerMm = plausiblePixelsPerMm(dots);
    Q_EMIT pixelsPerMmChanged();
}

}  // namespace keystamp::viewmodel
