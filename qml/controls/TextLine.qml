// SPDX-License-Identifier: Apache-2.0
// A line to be written to: what it is, and what it holds. Touched, it is the one that keys go to.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Keystamp.Ui

T.AbstractButton {
    id: root

    required property string name
    required property string value
    required property bool current

    padding: Theme.gap / 2
    leftPadding: Theme.gap
    rightPadding: Theme.gap
    implicitHeight: Math.max(Theme.smallestTarget, implicitContentHeight + topPadding + bottomPadding)

    Accessible.role: Accessible.EditableText
    //: for screen readers: %1 a line's name, %2 what stands in it
    Accessible.name: qsTr("%1: %2").arg(root.name).arg(root.value)

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: root.current ? Theme.selected : Theme.outline
        border.width: root.current ? 4 : 1
    }
    contentItem: ColumnLayout {
        spacing: 0

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            text: root.name
            color: Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            // the end is what is being written
            text: root.current ? root.value + "_" : root.value
            color: Theme.ink
            font.family: Theme.mono
            font.bold: true
            font.pixelSize: Theme.body
            elide: Text.ElideLeft
        }
    }
}
