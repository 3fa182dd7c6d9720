// SPDX-License-Identifier: Apache-2.0
// A name and its value, which wraps anywhere: a thumbprint is one long word. No layout: one that is made with no width keeps the height of
// the many lines that this made of a text.
import QtQuick
import Keystamp.Ui

Item {
    id: root

    required property string name
    required property string value

    implicitWidth: label.width + Theme.gap + words.implicitWidth
    implicitHeight: Math.max(label.height, words.height)
    Accessible.role: Accessible.StaticText
    //: for screen readers: %1 a fact's name, %2 its value
    Accessible.name: qsTr("%1: %2").arg(root.name).arg(root.value)

    Text {
        id: label
        textFormat: Text.PlainText
        width: 28 * Theme.mm
        text: root.name
        color: Theme.muted
        font.family: Theme.family
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
    Text {
        id: words
        textFormat: Text.PlainText
        anchors.left: label.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        text: root.value
        color: Theme.ink
        font.family: Theme.mono
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
}
