// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

FiguresPage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.figures
    stationName: root.kiosk.station.name
    onReturned: root.kiosk.back()
}
