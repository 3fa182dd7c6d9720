// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Keystamp.Ui

Column {
    id: root

    required property string number
    required property string label

    Accessible.role: Accessible.StaticText
    Accessible.name: root.label + ": " + root.number

    Text {
        textFormat: Text.PlainText
        anchors.horizontalCenter: parent.horizontalCenter
        text: root.number
        color: Theme.ink
        font.family: Theme.family
        font.bold: true
        font.pixelSize: Theme.title
    }
    Text {
        textFormat: Text.PlainText
        anchors.horizontalCenter: parent.horizontalCenter
        text: root.label
        color: Theme.muted
        font.family: Theme.family
        font.pixelSize: Theme.small
    }
}
