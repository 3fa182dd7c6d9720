// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

UnitPage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.unit
    act: root.kiosk.unitAct
    scanner: root.kiosk.scanner
    onReturned: root.kiosk.back()
}
