// SPDX-License-Identifier: Apache-2.0
// One event in a device's life.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

RowLayout {
    id: root

    required property string time
    required property int look
    required property string word
    required property string what

    readonly property color fill: root.look === LifeModel.Pass ? Theme.pass : root.look === LifeModel.Fail ? Theme.fail : root.look === LifeModel.Error ? Theme.error : Theme.stopped

    spacing: Theme.gap
    Accessible.role: Accessible.ListItem
    //: for screen readers: %1 a time, %2 an event, %3 where and why
    Accessible.name: qsTr("%1: %2, %3").arg(root.time).arg(root.word).arg(root.what)

    Rectangle {
        Layout.preferredWidth: 30 * Theme.mm
        Layout.preferredHeight: word.implicitHeight + 0.6 * Theme.gap
        Layout.alignment: Qt.AlignTop
        radius: Theme.radius / 2
        color: root.look === LifeModel.Plain ? Theme.sunken : root.fill

        Text {
            id: word
            textFormat: Text.PlainText
            anchors.centerIn: parent
            width: parent.width - Theme.gap
            horizontalAlignment: Text.AlignHCenter
            text: root.word
            color: root.look === LifeModel.Plain ? Theme.ink : Theme.verdictInk
            font.family: Theme.family
            font.bold: true
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: 0

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            text: root.what
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            text: root.time
            color: Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.small
        }
    }
}
