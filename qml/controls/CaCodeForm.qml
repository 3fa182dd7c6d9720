// SPDX-License-Identifier: Apache-2.0
// The code that a portal shows for a CA: written with keys on the screen, typed, or scanned.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property CaController controller
    required property bool wide

    spacing: Theme.gap

    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        text: root.controller.portal
        color: Theme.ink
        font.family: Theme.family
        font.pixelSize: Theme.body
        wrapMode: Text.Wrap
    }
    KeyedLines {
        Layout.fillWidth: true
        Layout.fillHeight: true
        wide: root.wide
        lines: root.controller.lines
        at: 0
        onTyped: code => root.controller.key(code)
        onErased: root.controller.eraseLast()
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        BigButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 2
            fill: Theme.contrast
            ink: Theme.contrastInk
            //: button: the code is all of it; where the files go is asked next
            text: qsTr("This is the code")
            onClicked: root.controller.enough()
        }
        BigButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 2
            //: button: the portal has no code yet; the CA's certificate, for which it gives one, is written alone
            text: qsTr("No code yet: the certificate alone")
            onClicked: root.controller.onlyCa()
        }
        BigButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            //: button: nothing is done
            text: qsTr("Cancel")
            onClicked: root.controller.cancel()
        }
    }
}
