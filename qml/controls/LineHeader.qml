// SPDX-License-Identifier: Apache-2.0
// Which batch, and how much of it is on record.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Rectangle {
    id: root

    required property LineController controller

    color: Theme.surface
    implicitHeight: Theme.primaryTarget

    RowLayout {
        anchors.fill: parent
        anchors.rightMargin: 2 * Theme.gap
        spacing: 2 * Theme.gap

        BigButton {
            Layout.fillHeight: true
            enabled: root.controller.idle
            //: button: back to the list of batches
            text: qsTr("Batches")
            onClicked: root.controller.leave()
        }
        Column {
            Layout.fillWidth: true

            Text {
                textFormat: Text.PlainText
                width: parent.width
                text: root.controller.batch
                color: Theme.ink
                font.family: Theme.mono
                font.bold: true
                font.pixelSize: Theme.title
                elide: Text.ElideMiddle
            }
            Text {
                textFormat: Text.PlainText
                width: parent.width
                text: root.controller.mode
                color: Theme.muted
                font.family: Theme.family
                font.pixelSize: Theme.small
                elide: Text.ElideRight
            }
        }
        Counter {
            //: counter of recorded units; %1 of %2 ordered
            number: qsTr("%1 of %2").arg(root.controller.recorded).arg(root.controller.ordered)
            //: label of the counter of recorded units
            label: qsTr("recorded")
        }
        Counter {
            number: root.controller.failed
            //: label of the counter of failed attempts
            label: qsTr("failed")
        }
        Counter {
            visible: root.controller.unresolved > 0
            number: root.controller.unresolved
            //: label of the counter of units that wait for their board
            label: qsTr("unresolved")
        }
    }
}
