// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

LockPage {
    id: root

    required property KioskController kiosk

    person: root.kiosk.person
    language: root.kiosk.language
    stationName: root.kiosk.station.name
}
