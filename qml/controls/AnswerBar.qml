// SPDX-License-Identifier: Apache-2.0
// What became of the last scan, in one sentence; what is being scanned or typed goes over it.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Rectangle {
    id: root

    required property LineController controller
    required property ScanFilter scanner

    readonly property bool typing: root.scanner.typed.length > 0
    readonly property bool refused: !root.typing && root.controller.answer === LineController.Refused

    implicitHeight: 18 * Theme.mm
    color: root.refused ? Theme.contrast : Theme.surface

    Accessible.role: root.refused ? Accessible.AlertMessage : Accessible.StaticText
    Accessible.name: first.text + " " + second.text

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: 2 * Theme.gap
        anchors.rightMargin: 2 * Theme.gap
        spacing: 0

        Item {
            Layout.fillHeight: true
        }
        Text {
            id: first
            textFormat: Text.PlainText
            Layout.fillWidth: true
            //: shown before the first scan
            readonly property string invitation: qsTr("Scan a board's label")
            text: root.typing ? root.scanner.typed : root.controller.said.length > 0 ? root.controller.said : invitation
            color: root.refused ? Theme.contrastInk : Theme.ink
            font.family: root.typing ? Theme.mono : Theme.family
            font.bold: root.refused || root.typing
            font.pixelSize: Theme.title
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.body
            elide: Text.ElideMiddle
        }
        Text {
            id: second
            textFormat: Text.PlainText
            Layout.fillWidth: true
            visible: text.length > 0
            //: while a scan is being typed
            readonly property string ending: qsTr("Enter ends the scan")
            text: root.typing ? ending : root.controller.next
            color: root.refused ? Theme.contrastInk : Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.body
            elide: Text.ElideRight
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
