// SPDX-License-Identifier: Apache-2.0
// The HSM wants its PIN.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Item {
    id: root

    required property StationController station
    required property PinController pin

    readonly property bool wide: root.width > root.height
    readonly property real key: Math.max(Theme.smallestTarget, Math.min(1.2 * Theme.primaryTarget, (root.wide ? root.height - 8 * Theme.gap : root.height * 0.55) / 4 - Theme.gap, (root.wide ? root.width / 2 : root.width) / 3 - 2 * Theme.gap))

    Accessible.role: Accessible.Pane
    //: for screen readers: the page where the PIN is entered
    Accessible.name: qsTr("PIN")

    GridLayout {
        anchors.centerIn: parent
        width: parent.width - 6 * Theme.gap
        columns: root.wide ? 2 : 1
        columnSpacing: 6 * Theme.gap
        rowSpacing: 4 * Theme.gap

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            spacing: 2 * Theme.gap

            Text {
                textFormat: Text.PlainText
                Layout.fillWidth: true
                text: root.station.cause
                color: Theme.ink
                font.family: Theme.family
                font.bold: true
                font.pixelSize: Theme.display
                wrapMode: Text.Wrap
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            Text {
                textFormat: Text.PlainText
                Layout.fillWidth: true
                text: root.station.next
                color: Theme.muted
                font.family: Theme.family
                font.pixelSize: Theme.title
                wrapMode: Text.Wrap
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Rectangle {
                Layout.fillWidth: true
                Layout.preferredHeight: Theme.primaryTarget
                radius: Theme.radius
                color: Theme.surface
                border.color: Theme.outline
                Accessible.role: Accessible.StaticText
                //: for screen readers; %1 is a number
                Accessible.name: qsTr("%1 characters entered").arg(root.pin.length)

                Flow {
                    anchors.fill: parent
                    anchors.margins: Theme.gap
                    spacing: Theme.gap

                    Repeater {
                        model: root.pin.length

                        Rectangle {
                            width: 4 * Theme.mm
                            height: 4 * Theme.mm
                            radius: 2 * Theme.mm
                            color: Theme.ink
                        }
                    }
                }
            }
        }
        PinKeypad {
            Layout.alignment: Qt.AlignHCenter
            pin: root.pin
            key: root.key
        }
    }
}
