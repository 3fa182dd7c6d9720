// SPDX-License-Identifier: Apache-2.0
// Where something is written to: a memory stick that is in, or a folder of this machine.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Flickable {
    id: root

    required property MediaController controller
    required property bool idle

    signal chosen(string folder)
    signal kept

    clip: true
    contentHeight: ways.implicitHeight

    ColumnLayout {
        id: ways
        width: root.width
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            //: where memory sticks are listed
            readonly property string wanted: qsTr("Put a memory stick in, or keep it here.")
            //: above the memory sticks that are in
            readonly property string written: qsTr("It is written, read back and verified.")
            text: sticks.count === 0 ? wanted : written
            color: Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
        Repeater {
            id: sticks
            model: root.controller.media

            delegate: BigButton {
                required property var modelData
                Layout.fillWidth: true
                enabled: root.idle
                //: button: writes to a memory stick; %1 is its name, %2 the room on it
                text: qsTr("%1  ·  %2 free").arg(modelData.name).arg(modelData.free)
                onClicked: root.chosen(modelData.folder)
            }
        }
        BigButton {
            Layout.fillWidth: true
            enabled: root.idle
            //: button: writes to a folder of this machine
            text: qsTr("Keep it at this station")
            onClicked: root.kept()
        }
    }
}
