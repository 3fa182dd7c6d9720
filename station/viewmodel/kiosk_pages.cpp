// SPDX-License-Identifier: Apache-2.0
// Which page is shown: the one that the way has come to, or one beside it.
#include "station/viewmodel/kiosk_controller.h"

namespace keystamp::viewmodel {

KioskController::Page KioskController::wayPage() const {
    switch (m_station.state()) {
        case StationController::Starting:
        case StationController::Trouble:
            return StartPage;
        case StationController::PinNeeded:
            return PinPage;
        case StationController::Ready:
            if (!m_person.known() || !m_firstRun.known()) return StartPage;
            if (m_firstRun.active()) return m_line.active() ? LinePage : FirstRunPage;
            if (m_person.locked()) return LockPage;
            return m_line.active() && m_person.mayRunBoards() ? LinePage : BatchesPage;
    }
    return StartPage;
}

bool KioskController::mayStandAside(Page page) const {
    // an auditor may look on beside a line that its operator has left for a while
    const bool mine = m_line.active() && m_person.mayRunBoards();
    const bool idle = m_station.state() == StationController::Ready && m_person.known() && !m_person.locked() && !m_firstRun.active() && !mine;
    return idle || (page == PreflightPage && m_station.state() == StationController::Trouble);
}

void KioskController::choosePage() { showPage(m_aside && mayStandAside(*m_aside) ? *m_aside : wayPage()); }

void KioskController::openAside(Page page) {
    if (!mayStandAside(page)) return;
    m_aside = page;
    choosePage();
}

void KioskController::openMenu() { openAside(MenuPage); }

void KioskController::openPreflight() {
    openAside(PreflightPage);
    if (m_page == PreflightPage) m_preflight.run();
}

void KioskController::openUnit() {
    m_unit.clear();
    openAside(UnitPage);
}

void KioskController::openFigures() { openAside(FiguresPage); }

void KioskController::openBatchFigures() {
    m_figures.setBatch(m_batch.name());
    m_figures.look(FiguresController::Batch);
    openAside(FiguresPage);
}

void KioskController::openNewBatch() {
    if (!m_newBatch.mayOpen()) return;
    m_newBatch.begin();
    openAside(NewBatchPage);
}

void KioskController::openAudit() {
    m_audit.open();
    openAside(AuditPage);
}

void KioskController::openScan() {
    m_scanTrial.clear();
    openAside(ScanPage);
}

void KioskController::openCa() {
    if (!m_ca.mayOpen()) return;
    m_ca.open();
    openAside(CaPage);
}

void KioskController::back() {
    m_aside.reset();
    choosePage();
}

void KioskController::showPage(Page page) {
    const Page before = std::exchange(m_page, page);
    // an act's passphrase has no place where the station itself is in trouble
    if (page == StartPage || page == PinPage) m_authority.cancel();
    listen();
    // asked for at every look at the signer, too
    if (before == page) return;
    m_figures.setShown(page == FiguresPage);
    // the self-test has no station, and sticks of its own
    m_media.setShown(m_station.station() && (page == BatchPage || page == AuditPage || page == NewBatchPage || page == CaPage));
    if (page == BatchesPage) m_batches.refresh();
    Q_EMIT pageChanged();
}

}  // namespace keystamp::viewmodel
