// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

MenuPage {
    id: root

    required property KioskController kiosk

    stationName: root.kiosk.station.name
    language: root.kiosk.language
    onReturned: root.kiosk.back()
    onPreflightWanted: root.kiosk.openPreflight()
    onUnitWanted: root.kiosk.openUnit()
    onFiguresWanted: root.kiosk.openFigures()
    onAuditWanted: root.kiosk.openAudit()
    onScanWanted: root.kiosk.openScan()
    mayCa: root.kiosk.ca.mayOpen
    onCaWanted: root.kiosk.openCa()
}
