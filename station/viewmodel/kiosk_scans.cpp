// SPDX-License-Identifier: Apache-2.0
// Where a scan goes: which page takes it, and when a keyboard is a scanner.
#include "station/viewmodel/kiosk_controller.h"

namespace keystamp::viewmodel {

void KioskController::scanned(const QString& text) {
    if (m_page == LockPage) return m_person.badge(text);
    m_person.takeBadge(text, [this, text] { take(text); });
}

void KioskController::take(const QString& text) {
    if (m_authority.asking()) return;
    if (m_page == LinePage) m_line.scan(text);
    if (triesScans()) m_scanTrial.scan(text);
    if (m_page == FirstRunPage) m_firstRun.give(text);
    if (m_page == AuditPage) m_audit.find(text);
    if (m_page == NewBatchPage) m_newBatch.give(text);
    if (m_page == BatchPage) m_extension.give(text);
    if (m_page == CaPage) m_ca.give(text);
    if (m_page == UnitPage && m_unitAct.act() != UnitActController::None) return m_unitAct.giveReason(text);
    const auto station = m_station.station();
    if (!station || (m_page != BatchesPage && m_page != UnitPage)) return;
    // a batch's name and a device are found by what the label says, too, not only by what the scanner sends
    const auto reading = workflow::readScan(text.toStdString(), station->config.scan);
    if (m_page == BatchesPage) m_batches.choose(reading.payload.empty() ? text : QString::fromStdString(reading.payload));
    if (m_page == UnitPage) m_unit.find(text, reading.error ? QString{} : QString::fromStdString(reading.text));
}

void KioskController::heard(const workflow::ScannerConfig& scanner, const workflow::Scanned& scan) {
    if (m_authority.asking()) return;
    if (!scan) {
        if (m_page == LinePage) m_line.refuse(QString::fromStdString(scanner.name), scan.error());
        if (triesScans()) m_scanTrial.refuse(scan.error());
        return;
    }
    const QString text = QString::fromUtf8(scan->data(), static_cast<qsizetype>(scan->size()));
    const bool ofOneFixture = m_page == LinePage && !scanner.fixture.empty();
    ofOneFixture ? m_line.scanAt(QString::fromStdString(scanner.fixture), text) : scanned(text);
}

void KioskController::readScanners() {
    const auto station = m_station.station();
    if (!station) return;  // the self-test
    m_scanTrial.setConfig(station->config);
    if (station->config.scanners.empty()) return;
    // called from the scanners' threads
    const auto tell = [this](const workflow::ScannerConfig& scanner, const workflow::Scanned& scan) {
        QMetaObject::invokeMethod(
            this, [this, scanner, scan] { heard(scanner, scan); }, Qt::QueuedConnection);
    };
    station->scanners = std::make_unique<workflow::Scanners>(station->config.scanners, workflow::Scanners::Listener{tell, {}});
}

/// A keyboard has one listener: the PIN, a passphrase, or the scanner.
void KioskController::listen() {
    m_pin.setListening(m_page == PinPage);
    // on every page of a person another one's badge is taken
    const bool beside = m_page == FiguresPage || m_page == PreflightPage || m_page == BatchPage || m_page == MenuPage || m_page == CaPage;
    const bool takesScans = m_page == LockPage || m_page == LinePage || m_page == BatchesPage || m_page == UnitPage || m_page == AuditPage ||
                            m_page == ScanPage || m_page == NewBatchPage || m_page == FirstRunPage || (m_page == BatchPage && m_extension.writing()) ||
                            (m_page == CaPage && m_ca.step() == CaController::Code) ||
                            (beside && !m_person.personName().isEmpty());
    m_scanner.setListening(takesScans && !m_authority.asking());
}

}  // namespace keystamp::viewmodel
