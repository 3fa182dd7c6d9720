// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

LinePage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.line
    scanner: root.kiosk.scanner
}
