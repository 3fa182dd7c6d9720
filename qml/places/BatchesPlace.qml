// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

BatchesPage {
    id: root

    required property KioskController kiosk

    station: root.kiosk.station
    controller: root.kiosk.batches
    scanner: root.kiosk.scanner
    person: root.kiosk.person
    mayOpen: root.kiosk.newBatch.mayOpen
    onMenuWanted: root.kiosk.openMenu()
    onNewWanted: root.kiosk.openNewBatch()
}
