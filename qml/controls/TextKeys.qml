// SPDX-License-Identifier: Apache-2.0
// Letters, digits and signs, for gloves. What is pressed is said at once, a character's code each; nothing here holds it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui

ColumnLayout {
    id: root

    /// There is a character to take back.
    required property bool erasable

    signal typed(int code)
    signal erased

    property bool capitals: false
    property bool signs: false
    readonly property var rows: root.signs ? ["1234567890", "!\"#$%&'()*", "+,-./:;<=>", "?@[\\]^_`{|}~"] : root.capitals ? ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"] : ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]

    spacing: Theme.gap / 2

    Repeater {
        model: root.rows

        RowLayout {
            id: row

            required property string modelData

            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.gap / 2

            Repeater {
                model: row.modelData.length

                BigButton {
                    id: key

                    required property int index

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 1
                    Layout.minimumHeight: Theme.smallestTarget
                    text: row.modelData.charAt(key.index)
                    textSize: Theme.title
                    onClicked: root.typed(row.modelData.charCodeAt(key.index))
                }
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        spacing: Theme.gap / 2

        BigButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2
            Layout.minimumHeight: Theme.smallestTarget
            enabled: !root.signs
            text: root.capitals ? "abc" : "ABC"
            //: for screen readers: key for capital letters
            Accessible.name: qsTr("Capitals")
            onClicked: root.capitals = !root.capitals
        }
        BigButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2
            Layout.minimumHeight: Theme.smallestTarget
            text: root.signs ? "abc" : "#+="
            //: for screen readers: key for signs such as # and +
            Accessible.name: qsTr("Signs")
            onClicked: root.signs = !root.signs
        }
        BigButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 4
            Layout.minimumHeight: Theme.smallestTarget
            //: key: a blank
            text: qsTr("Space")
            onClicked: root.typed(32)
        }
        BigButton {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2
            Layout.minimumHeight: Theme.smallestTarget
            enabled: root.erasable
            //: key: takes the last character back
            text: qsTr("Erase")
            onClicked: root.erased()
        }
    }
}
