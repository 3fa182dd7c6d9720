// SPDX-License-Identifier: Apache-2.0
// A name and its value, which wraps anywhere: a thumbprint is one long word.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui

RowLayout {
    id: root

    required property string name
    required property string value

    spacing: Theme.gap
    Accessible.role: Accessible.StaticText
    //: for screen readers: %1 a fact's name, %2 its value
    Accessible.name: qsTr("%1: %2").arg(root.name).arg(root.value)

    Text {
        textFormat: Text.PlainText
        Layout.preferredWidth: 28 * Theme.mm
        Layout.alignment: Qt.AlignTop
        text: root.name
        color: Theme.muted
        font.family: Theme.family
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        text: root.value
        color: Theme.ink
        font.family: Theme.mono
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
}
