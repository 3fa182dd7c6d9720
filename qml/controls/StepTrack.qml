// SPDX-License-Identifier: Apache-2.0
// The six states of a unit as six blocks; the one that is being worked on breathes.
pragma ComponentBehavior: Bound
import QtQuick
import Keystamp.Ui

Row {
    id: root

    required property int steps
    required property bool working
    property bool named: false

    readonly property list<string> names: [
        //: state of a unit: the ID is taken for this board
        qsTr("Reserved"),
        //: state of a unit: what will be signed is on disk
        qsTr("Intended"),
        //: state of a unit: the HSM has signed or derived
        qsTr("Issued"),
        //: state of a unit: the board has accepted it
        qsTr("Written"),
        //: state of a unit: the board has proven that it holds it
        qsTr("Verified"),
        //: state of a unit: on record for ever
        qsTr("Recorded")]
    readonly property real blockHeight: root.named ? root.height - Theme.body * 1.5 : root.height

    property real breath

    SequentialAnimation on breath {
        running: root.working && root.visible
        loops: Animation.Infinite
        NumberAnimation {
            from: 1
            to: 0.35
            duration: 500
            easing.type: Easing.InOutQuad
        }
        NumberAnimation {
            to: 1
            duration: 500
            easing.type: Easing.InOutQuad
        }
    }

    spacing: Theme.mm
    Accessible.role: Accessible.ProgressBar
    //: for screen readers; %1 of 6 steps
    Accessible.name: qsTr("%1 of 6 steps").arg(root.steps)

    Repeater {
        model: root.names

        Item {
            id: step

            required property int index
            required property string modelData
            readonly property bool current: root.working && step.index === root.steps

            width: (root.width - 5 * root.spacing) / 6
            height: root.height

            Rectangle {
                id: block

                width: parent.width
                height: root.blockHeight
                radius: Math.min(height / 2, Theme.mm)
                color: step.index < root.steps ? Theme.ink : Theme.sunken
                border.width: step.current ? 2 : 0
                border.color: Theme.ink

                opacity: step.current ? root.breath : 1
            }
            Text {
                textFormat: Text.PlainText
                anchors.bottom: parent.bottom
                width: parent.width
                visible: root.named
                text: step.modelData
                color: step.index < root.steps || step.current ? Theme.ink : Theme.muted
                font.family: Theme.family
                font.bold: step.current
                font.pixelSize: Theme.body
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.small
                horizontalAlignment: Text.AlignHCenter
                elide: Text.ElideRight
            }
        }
    }
}
