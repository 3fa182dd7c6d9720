// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

NewBatchPage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.newBatch
    media: root.kiosk.media
    scanner: root.kiosk.scanner
    onReturned: root.kiosk.back()
}
