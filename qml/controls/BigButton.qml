// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Templates as T
import Keystamp.Ui

T.Button {
    id: root

    property color fill: Theme.surface
    property color ink: Theme.ink
    property color border: Theme.outline
    property real textSize: Theme.body

    implicitWidth: Math.max(Theme.primaryTarget, implicitContentWidth + 4 * Theme.gap)
    implicitHeight: Theme.primaryTarget
    opacity: root.enabled ? 1 : 0.4

    Accessible.role: Accessible.Button
    Accessible.name: root.text

    contentItem: Text {
        textFormat: Text.PlainText
        text: root.text
        color: root.ink
        font.family: Theme.family
        font.pixelSize: root.textSize
        font.bold: true
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.Fit
        minimumPixelSize: 8
        wrapMode: Text.WordWrap
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.pressed : root.fill
        border.color: root.visualFocus ? Theme.selected : root.border
        border.width: root.visualFocus ? 4 : 1
    }
}
