// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

PreflightPage {
    id: root

    required property KioskController kiosk

    controller: root.kiosk.preflight
    stationName: root.kiosk.station.name
    onReturned: root.kiosk.back()
}
