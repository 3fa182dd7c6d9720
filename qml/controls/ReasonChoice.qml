// SPDX-License-Identifier: Apache-2.0
// Why a supervisor does it: a usual reason by a touch, or another by keyboard.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property UnitActController act

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
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        columns: 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Repeater {
            model: root.act.reasons

            BigButton {
                id: reason

                required property string modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                Layout.minimumHeight: Theme.smallestTarget
                text: reason.modelData
                onClicked: root.act.giveReason(reason.modelData)
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            //: below the usual reasons
            text: qsTr("Another reason: type it, then Enter")
            color: Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
        }
        BigButton {
            //: button: nothing is done
            text: qsTr("Cancel")
            onClicked: root.act.cancel()
        }
    }
}
