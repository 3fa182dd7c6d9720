// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

PinPage {
    id: root

    required property KioskController kiosk

    station: root.kiosk.station
    pin: root.kiosk.pin
}
