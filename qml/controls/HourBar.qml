// SPDX-License-Identifier: Apache-2.0
// One hour (or day) of the line: its recorded units, the failed jobs on top, both against the chart's height.
import QtQuick
import Keystamp.Ui

Item {
    id: root

    required property string label
    required property int recorded
    required property int failed
    required property real share
    required property real failedShare
    /// Where columns stand close together, only some have room for theirs.
    required property bool labelled

    Accessible.role: Accessible.StaticText
    //: for screen readers: %1 an hour, %2 units recorded, %3 jobs failed
    Accessible.name: qsTr("%1: %2 recorded, %3 failed").arg(root.label).arg(root.recorded).arg(root.failed)

    Text {
        textFormat: Text.PlainText
        anchors.bottom: bar.top
        anchors.horizontalCenter: parent.horizontalCenter
        visible: implicitWidth <= root.width
        text: root.recorded
        color: Theme.ink
        font.family: Theme.family
        font.bold: true
        font.pixelSize: Theme.small
    }
    Column {
        id: bar
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: 0.7 * root.width

        Rectangle {
            width: parent.width
            height: root.height * root.failedShare
            color: Theme.fail
        }
        Rectangle {
            width: parent.width
            height: root.height * root.share
            color: Theme.pass
        }
    }
    Text {
        textFormat: Text.PlainText
        anchors.top: parent.bottom
        anchors.topMargin: Theme.mm
        x: (root.width - width) / 2
        visible: root.labelled
        text: root.label
        color: Theme.muted
        font.family: Theme.family
        font.pixelSize: Theme.small
    }
}
