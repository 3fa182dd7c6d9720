// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

AuditPage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.audit
    media: root.kiosk.media
    scanner: root.kiosk.scanner
    onReturned: root.kiosk.back()
}
