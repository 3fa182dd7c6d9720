// SPDX-License-Identifier: Apache-2.0
// A row of the audit log.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui

ColumnLayout {
    id: root

    required property string number
    required property string time
    required property string kind
    required property string who
    required property string text

    spacing: 0
    Accessible.role: Accessible.StaticText
    //: for screen readers: %1 a row's number in the audit log, %2 its kind, %3 what it says
    Accessible.name: qsTr("%1, %2: %3").arg(root.number).arg(root.kind).arg(root.text)

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            text: root.kind
            color: Theme.ink
            font.family: Theme.mono
            font.bold: true
            font.pixelSize: Theme.small
            elide: Text.ElideRight
        }
        Text {
            textFormat: Text.PlainText
            text: root.who
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.small
        }
        Text {
            textFormat: Text.PlainText
            text: root.time + "  ·  " + root.number
            color: Theme.muted
            font.family: Theme.mono
            font.pixelSize: Theme.small
        }
    }
    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        text: root.text
        color: Theme.muted
        font.family: Theme.mono
        font.pixelSize: Theme.small
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
    }
}
