// SPDX-License-Identifier: Apache-2.0
import Keystamp.Ui
import Keystamp.ViewModel

AuthorityPad {
    id: root

    required property KioskController kiosk

    authority: root.kiosk.authority
}
