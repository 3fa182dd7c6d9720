// SPDX-License-Identifier: Apache-2.0
// Ten digits, erase and go. What is pressed goes straight to the controller; nothing here holds it.
pragma ComponentBehavior: Bound
import QtQuick
import Keystamp.Ui
import Keystamp.ViewModel

Grid {
    id: root

    required property PinController pin
    required property real key

    columns: 3
    spacing: Theme.gap

    Repeater {
        model: [1, 2, 3, 4, 5, 6, 7, 8, 9]

        BigButton {
            id: digit

            required property int modelData

            width: root.key
            height: root.key
            text: digit.modelData
            textSize: Theme.display
            onClicked: root.pin.digit(digit.modelData)
        }
    }
    BigButton {
        width: root.key
        height: root.key
        enabled: root.pin.length > 0
        //: key: takes the last digit back
        text: qsTr("Erase")
        onClicked: root.pin.eraseLast()
    }
    BigButton {
        width: root.key
        height: root.key
        text: "0"
        textSize: Theme.display
        onClicked: root.pin.digit(0)
    }
    BigButton {
        width: root.key
        height: root.key
        enabled: root.pin.length > 0
        fill: Theme.contrast
        ink: Theme.contrastInk
        //: key: the PIN is whole
        text: qsTr("OK")
        textSize: Theme.title
        onClicked: root.pin.submit()
    }
}
