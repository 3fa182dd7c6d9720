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
      m_batches(m_background),
      m_line(m_background),
      m_preflight(m_options.configFile),
      m_unit(m_background),
      m_figures(m_background),
      m_station(m_background, m_options.configFile) {
    QCoreApplication::instance()->installEventFilter(&m_scanner);
    QCoreApplication::instance()->installEventFilter(&m_pin);
    connect(&m_station, &StationController::changed, this, &KioskController::stationChanged);
    connect(&m_line, &LineController::changed, this, &KioskController::choosePage);
    connect(&m_line, &LineController::left, &m_batches, &BatchesController::lineLeft);
    connect(&m_pin, &PinController::submitted, this, [this] { m_station.login(m_pin.take()); });
    connect(&m_batches, &BatchesController::chosen, this,
            [this](const QString& name) { m_line.begin(m_station.station(), name); });
    connect(&m_batches, &BatchesController::changed, this, [this] {
        if (m_options.batch.empty() || !m_batches.known()) return;
        const QString name = QString::fromStdString(std::exchange(m_options.batch, {}));
        m_batches.choose(name);
    });
    connect(&m_language, &LanguageController::changed, this, &KioskController::reword);
    connect(&m_scanner, &ScanFilter::scanned, this, &KioskController::scanned);
    connect(&m_scanner, &ScanFilter::tooLong, &m_line, &LineController::scanTooLong);
}

KioskController::~KioskController() {
    // what runs in the background tells the controllers; they must still be there
    m_background.finish();
    m_preflight.finish();
}

void KioskController::scanned(const QString& text) {
    if (m_page == LinePage) m_line.scan(text);
    if (m_page == BatchesPage) m_batches.choose(text);
    if (m_page == UnitPage) m_unit.find(text);
}

void KioskController::reword() {
    m_line.tiles()->reword();
    m_batches.batches()->reword();
    m_preflight.checks()->reword();
    m_unit.reword();
    Q_EMIT m_station.changed();
    Q_EMIT m_line.changed();
    Q_EMIT m_preflight.changed();
    Q_EMIT m_figures.changed();
    Q_EMIT m_labels.changed();
}

Result<void> KioskController::end() {
    m_background.finish();
    m_line.stop();
    if (!m_ready) return {};
    m_labels.end();  // its last row is in the log before that is signed
    const auto checkpoint = workflow::endShift(*m_station.station());
    return checkpoint ? Result<void>{} : checkpoint.error();
}

void KioskController::stationChanged() {
    if (!m_ready && m_station.state() == StationController::Ready) {
        m_ready = true;
        m_batches.setStation(m_station.station());
        m_preflight.setStation(m_station.station());
        m_unit.setStation(m_station.station());
        m_figures.setStation(m_station.station());
        m_labels.setStation(m_station.station());
        if (m_station.station() && m_station.station()->config.tone) {  // the self-test has none
            m_speaker = std::make_unique<Speaker>();
            connect(&m_line, &LineController::judged, this, [this](db::Verdict verdict) { m_speaker->sound(verdict); });
        }
    }
    choosePage();
}

KioskController::Page KioskController::wayPage() const {
    switch (m_station.state()) {
        case StationController::Starting:
        case StationController::Trouble:
            return StartPage;
        case StationController::PinNeeded:
            return PinPage;
        case StationController::Ready:
            return m_line.active() ? LinePage : BatchesPage;
    }
    return StartPage;
}

bool KioskController::mayStandAside(Page page) const {
    const bool idle = m_station.state() == StationController::Ready && !m_line.active();
    return idle || (page == PreflightPage && m_station.state() == StationController::Trouble);
}

void KioskController::choosePage() { showPage(m_aside && mayStandAside(*m_aside) ? *m_aside : wayPage()); }

void KioskController::openAside(Page page) {
    if (!mayStandAside(page)) return;
    m_aside = page;
    choosePage();
}

void KioskController::openPreflight() {
    openAside(PreflightPage);
    if (m_page == PreflightPage) m_preflight.run();
}

void KioskController::openUnit() {
    m_unit.clear();
    openAside(UnitPage);
}

void KioskController::openFigures() { openAside(FiguresPage); }

void KioskController::back() {
    m_aside.reset();
    choosePage();
}

void KioskController::showPage(Page page) {
    m_scanner.setListening(page == LinePage || page == BatchesPage || page == UnitPage);
    m_pin.setListening(page == PinPage);
    // asked for at every look at the signer, too
    if (std::exchange(m_page, page) == page) return;
    m_figures.setShown(page == FiguresPage);
    Q_EMIT pageChanged();
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
