// SPDX-License-Identifier: Apache-2.0
// A line across the whole screen that is there for as long as something is so.
import QtQuick
import Keystamp.Ui

Rectangle {
    id: root

    required property string text
    required property color fill
    required property color ink
    property bool alert: false

    color: root.fill
    implicitHeight: label.implicitHeight + (root.alert ? 2 : 0.8) * Theme.gap

    Accessible.role: root.alert ? Accessible.AlertMessage : Accessible.StaticText
    Accessible.name: root.text

    Text {
        id: label
        textFormat: Text.PlainText
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.gap
        horizontalAlignment: Text.AlignHCenter
        // on a page that was never shown there is hardly any width: a line a letter would make all pages as high as that
        wrapMode: width > Theme.gap ? Text.Wrap : Text.NoWrap
        text: root.text
        color: root.ink
        font.family: Theme.family
        font.pixelSize: root.alert ? Theme.body : Theme.small
        font.bold: true
        font.letterSpacing: root.alert ? 0 : 1
    }
}
