// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

StartPage {
    id: root

    required property KioskController kiosk

    station: root.kiosk.station
    onPreflightWanted: root.kiosk.openPreflight()
}
