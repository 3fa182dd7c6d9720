// SPDX-License-Identifier: Apache-2.0
// One line of the preflight: what was looked at, what was found, and what to do.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Rectangle {
    id: root

    required property string name
    required property int look
    required property string word
    required property string found
    required property string next

    readonly property bool bad: root.look === ChecksModel.Bad

    implicitHeight: line.implicitHeight + 1.4 * Theme.gap
    radius: Theme.radius
    color: root.bad ? Theme.fail : Theme.surface

    Accessible.role: Accessible.ListItem
    //: for screen readers: %1 a check, %2 good, soon or bad, %3 what was found, %4 what to do
    Accessible.name: qsTr("%1: %2. %3. %4").arg(root.name).arg(root.word).arg(root.found).arg(root.next)

    RowLayout {
        id: line
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.gap
        anchors.rightMargin: Theme.gap
        spacing: Theme.gap

        VerdictMark {
            Layout.preferredWidth: 7 * Theme.mm
            Layout.preferredHeight: 7 * Theme.mm
            Layout.alignment: Qt.AlignTop
            look: root.bad ? TilesModel.Fail : root.look === ChecksModel.Soon ? TilesModel.Error : TilesModel.Pass
            ground: root.color
            ink: root.bad ? Theme.verdictInk : Theme.muted
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Text {
                textFormat: Text.PlainText
                Layout.fillWidth: true
                text: root.name
                color: root.bad ? Theme.verdictInk : Theme.ink
                font.family: Theme.family
                font.bold: true
                font.pixelSize: Theme.body
                wrapMode: Text.Wrap
            }
            Text {
                textFormat: Text.PlainText
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.found
                color: root.bad ? Theme.verdictInk : Theme.muted
                font.family: Theme.family
                font.pixelSize: Theme.small
                wrapMode: Text.Wrap
            }
            Text {
                textFormat: Text.PlainText
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.next
                color: root.bad ? Theme.verdictInk : Theme.ink
                font.family: Theme.family
                font.bold: true
                font.pixelSize: root.bad ? Theme.body : Theme.small
                wrapMode: Text.Wrap
            }
        }
        Text {
            textFormat: Text.PlainText
            Layout.alignment: Qt.AlignTop
            text: root.word
            color: root.bad ? Theme.verdictInk : Theme.muted
            font.family: Theme.family
            font.bold: root.look !== ChecksModel.Good
            font.pixelSize: Theme.body
        }
    }
}
