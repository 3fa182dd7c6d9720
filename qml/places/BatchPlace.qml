// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

BatchPage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.batch
    media: root.kiosk.media
    extension: root.kiosk.extension
    onFiguresWanted: root.kiosk.openBatchFigures()
    onReturned: root.kiosk.back()
}
