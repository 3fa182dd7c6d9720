// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

FirstRunPage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.firstRun
    scanTrial: root.kiosk.scanTrial
    preflight: root.kiosk.preflight
    language: root.kiosk.language
    scanner: root.kiosk.scanner
}
