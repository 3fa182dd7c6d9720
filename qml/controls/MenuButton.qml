// SPDX-License-Identifier: Apache-2.0
// A way to a page, and what one finds there.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Keystamp.Ui

T.AbstractButton {
    id: root

    required property string hint

    Layout.fillWidth: true
    Layout.preferredWidth: 1
    Layout.preferredHeight: 1.4 * Theme.primaryTarget
    // where all of them have no room they are lower
    Layout.fillHeight: true
    Layout.minimumHeight: Theme.primaryTarget
    Layout.maximumHeight: 1.4 * Theme.primaryTarget

    Accessible.role: Accessible.Button
    Accessible.name: root.text

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.pressed : Theme.surface
        border.color: root.visualFocus ? Theme.selected : Theme.outline
        border.width: root.visualFocus ? 4 : 1
    }
    contentItem: Item {
        Column {
            anchors.verticalCenter: parent.verticalCenter
            x: 2 * Theme.gap
            width: parent.width - 4 * Theme.gap

            Text {
                textFormat: Text.PlainText
                width: parent.width
                text: root.text
                color: Theme.ink
                font.family: Theme.family
                font.bold: true
                font.pixelSize: Theme.title
                elide: Text.ElideRight
            }
            Text {
                textFormat: Text.PlainText
                width: parent.width
                text: root.hint
                color: Theme.muted
                font.family: Theme.family
                font.pixelSize: Theme.body
                wrapMode: Text.Wrap
            }
        }
    }
}
