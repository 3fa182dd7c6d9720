// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

ScanPage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.scanTrial
    scanner: root.kiosk.scanner
    onReturned: root.kiosk.back()
}
