// SPDX-License-Identifier: Apache-2.0
// Why a supervisor does it: a usual reason by a touch, or another by keys on the screen or a keyboard.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property UnitActController act
    required property bool wide

    spacing: Theme.gap

    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        text: root.act.question
        color: Theme.ink
        font.family: Theme.family
        font.bold: true
        font.pixelSize: Theme.title
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    KeyedLines {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.act.writing
        wide: root.wide
        lines: root.act.lines
        at: 0
        onTyped: code => root.act.key(code)
        onErased: root.act.eraseLast()
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: !root.act.writing
        columns: 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Repeater {
            // their number, so that they stay what they are while another one is written
            model: root.act.reasons.length

            BigButton {
                id: reason

                required property int index
                readonly property string given: root.act.reasons[reason.index] ?? ""

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                Layout.minimumHeight: Theme.smallestTarget
                text: reason.given
                onClicked: root.act.giveReason(reason.given)
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        BigButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 2
            fill: root.act.writing ? Theme.contrast : Theme.surface
            ink: root.act.writing ? Theme.contrastInk : Theme.ink
            //: button: none of the usual reasons; keys are shown then
            readonly property string other: qsTr("Another reason")
            //: button: the reason that was written is the one
            readonly property string enough: qsTr("This is the reason")
            text: root.act.writing ? enough : other
            onClicked: root.act.writing ? root.act.giveWritten() : root.act.write()
        }
        BigButton {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            //: button: nothing is done
            readonly property string nothing: qsTr("Cancel")
            //: button: back to the usual reasons
            readonly property string usual: qsTr("Usual reasons")
            text: root.act.writing ? usual : nothing
            onClicked: root.act.cancel()
        }
    }
}
