// SPDX-License-Identifier: Apache-2.0
// Which batch, how much of it is on record, and how the shift does.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Rectangle {
    id: root

    required property LineController controller

    /// The shift's figures stand below the batch's name then, not beside its counters.
    readonly property bool narrow: root.width < 280 * Theme.mm

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
                //: the line's last eight hours: %1 units, %2 from one to the next, %3 of boards passed at once
                readonly property string shift: qsTr("8 hours: %1 · takt %2 · first pass %3").arg(root.controller.shift).arg(root.controller.takt).arg(root.controller.yield)
                text: root.narrow ? shift : root.controller.mode
                color: Theme.muted
                font.family: Theme.family
                font.pixelSize: Theme.small
                wrapMode: Text.Wrap
            }
        }
        Counter {
            visible: !root.narrow
            number: root.controller.shift
            //: label of the counter of all units that were recorded in the last eight hours
            label: qsTr("in 8 hours")
        }
        Counter {
            visible: !root.narrow
            number: root.controller.takt
            //: label: the usual time from one unit to the next, short
            label: qsTr("takt")
        }
        Counter {
            visible: !root.narrow
            number: root.controller.yield
            //: label: first-pass yield, short
            label: qsTr("first pass")
        }
        Rectangle {
            visible: !root.narrow
            Layout.fillHeight: true
            Layout.topMargin: Theme.gap
            Layout.bottomMargin: Theme.gap
            Layout.preferredWidth: 1
            color: Theme.outline
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
