// SPDX-License-Identifier: Apache-2.0
// One batch: to be chosen, where it is open, and the way to its own page.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Keystamp.Ui

RowLayout {
    id: root

    required property string name
    required property string mode
    required property string scope
    required property int recorded
    required property int ordered
    required property int unresolved
    required property double share
    required property string state

    /// Whether who is there may run its boards.
    required property bool mayRun

    readonly property bool open: root.state.length === 0

    signal chosen
    signal looked

    spacing: Theme.gap

    T.AbstractButton {
        id: row

        Layout.fillWidth: true
        implicitHeight: 1.3 * Theme.primaryTarget
        onClicked: root.open && root.mayRun ? root.chosen() : root.looked()

        Accessible.role: Accessible.Button
        //: for screen readers: %1 is a batch, %2 its kind, %3 of %4 units recorded
        Accessible.name: qsTr("%1, %2, %3 of %4 recorded").arg(root.name).arg(root.mode).arg(root.recorded).arg(root.ordered)

        background: Rectangle {
            radius: Theme.radius
            color: row.down ? Theme.pressed : root.open ? Theme.surface : Theme.sunken
            border.color: row.visualFocus ? Theme.selected : Theme.outline
            border.width: row.visualFocus ? 4 : 1
        }
        contentItem: ColumnLayout {
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.leftMargin: 2 * Theme.gap
                Layout.rightMargin: 2 * Theme.gap
                spacing: Theme.gap

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Text {
                        textFormat: Text.PlainText
                        Layout.fillWidth: true
                        text: root.name
                        color: Theme.ink
                        font.family: Theme.mono
                        font.bold: true
                        font.pixelSize: Theme.title
                        elide: Text.ElideMiddle
                    }
                    Text {
                        textFormat: Text.PlainText
                        Layout.fillWidth: true
                        text: root.open ? root.mode + "  ·  " + root.scope : root.state
                        color: Theme.muted
                        font.family: Theme.family
                        font.pixelSize: Theme.body
                        elide: Text.ElideRight
                    }
                }
                ColumnLayout {
                    spacing: 0

                    Text {
                        textFormat: Text.PlainText
                        Layout.alignment: Qt.AlignRight
                        //: %1 of %2 units of a batch are recorded
                        text: qsTr("%1 of %2").arg(root.recorded).arg(root.ordered)
                        color: Theme.ink
                        font.family: Theme.family
                        font.bold: true
                        font.pixelSize: Theme.title
                    }
                    Text {
                        textFormat: Text.PlainText
                        Layout.alignment: Qt.AlignRight
                        visible: root.unresolved > 0
                        //: %1 units were interrupted and wait for their board
                        text: qsTr("%1 unresolved").arg(root.unresolved)
                        color: Theme.muted
                        font.family: Theme.family
                        font.pixelSize: Theme.body
                    }
                }
            }
            ProgressTrack {
                Layout.fillWidth: true
                Layout.leftMargin: 2 * Theme.gap
                Layout.rightMargin: 2 * Theme.gap
                Layout.bottomMargin: Theme.gap
                share: root.share
            }
        }
    }
    BigButton {
        Layout.fillHeight: true
        //: button on a batch: to its own page
        text: qsTr("More")
        //: for screen readers: %1 is a batch
        Accessible.name: qsTr("More about %1").arg(root.name)
        onClicked: root.looked()
    }
}
