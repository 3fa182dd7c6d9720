// SPDX-License-Identifier: Apache-2.0
// A supervisor asks for a longer batch: how many more, and why.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property ExtensionController controller
    required property bool wide

    spacing: Theme.gap

    KeyedLines {
        Layout.fillWidth: true
        Layout.fillHeight: true
        wide: root.wide
        lines: root.controller.lines
        at: root.controller.at
        onChosen: line => root.controller.at = line
        onTyped: code => root.controller.key(code)
        onErased: root.controller.eraseLast()
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            //: above the button that asks for a longer batch
            readonly property string rule: qsTr("Nothing more is issued before a second supervisor has released it.")
            text: root.controller.trouble.length > 0 ? root.controller.trouble : rule
            color: Theme.ink
            font.family: Theme.family
            font.bold: root.controller.trouble.length > 0
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
        }
        BigButton {
            fill: Theme.contrast
            ink: Theme.contrastInk
            //: button: a longer batch is asked for; a passphrase is wanted
            text: qsTr("Ask for it")
            onClicked: root.controller.ask()
        }
        BigButton {
            //: button: nothing is done
            text: qsTr("Cancel")
            onClicked: root.controller.cancel()
        }
    }
}
