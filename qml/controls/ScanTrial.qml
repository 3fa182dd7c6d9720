// SPDX-License-Identifier: Apache-2.0
// A scanner is tried: the test code on one side, what the station made of the last scan on the other.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property ScanTrialController controller
    required property ScanFilter scanner
    /// Nobody else has said what to do with the test code.
    property bool inviting: true

    readonly property bool tried: root.controller.said.length > 0
    readonly property bool wide: root.width > root.height

    spacing: 0

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Rectangle {
            Layout.preferredWidth: root.wide ? 62 * Theme.mm : -1
            Layout.fillWidth: !root.wide
            Layout.fillHeight: root.wide
            Layout.preferredHeight: root.wide ? -1 : code.height + (root.inviting ? invitation.implicitHeight + Theme.gap : 0) + 2 * Theme.gap
            radius: Theme.radius
            color: Theme.surface

            Rectangle {
                id: code
                anchors.top: parent.top
                anchors.topMargin: Theme.gap
                anchors.horizontalCenter: parent.horizontalCenter
                width: 40 * Theme.mm
                height: width
                // scanners want dark on light, in the dark theme too
                color: "white"

                Image {
                    anchors.fill: parent
                    source: root.controller.testCode
                    smooth: false
                    fillMode: Image.PreserveAspectFit
                    Accessible.role: Accessible.Graphic
                    //: for screen readers: a barcode
                    Accessible.name: qsTr("Test code")
                }
            }
            Text {
                id: invitation
                visible: root.inviting
                textFormat: Text.PlainText
                anchors.top: code.bottom
                anchors.topMargin: Theme.gap
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: Theme.gap
                //: below the test code
                text: qsTr("Scan this first: it finds a wrong keyboard")
                color: Theme.ink
                font.family: Theme.family
                font.pixelSize: Theme.body
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            radius: Theme.radius
            color: Theme.surface

            RowList {
                id: steps
                anchors.fill: parent
                anchors.margins: Theme.gap
                spacing: Theme.gap
                clip: true
                model: root.controller.steps
                Accessible.role: Accessible.List
                //: for screen readers
                Accessible.name: qsTr("What the station made of it")

                delegate: FactRow {
                    required property var modelData
                    width: steps.width
                    name: modelData.name
                    value: modelData.value
                }
            }
            Text {
                textFormat: Text.PlainText
                anchors.centerIn: parent
                width: parent.width - 4 * Theme.gap
                visible: steps.count === 0 && !root.tried
                //: nothing was scanned yet
                text: qsTr("Then scan any label: here stands what the station makes of it")
                color: Theme.muted
                font.family: Theme.family
                font.pixelSize: Theme.title
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
            }
        }
    }
    Strip {
        Layout.fillWidth: true
        readonly property bool typing: root.scanner.typed.length > 0
        readonly property bool refused: !typing && root.tried && !root.controller.good
        visible: typing || root.tried
        // what comes after a good scan is said by whoever invites to none here
        readonly property bool leading: root.controller.next.length > 0 && (root.inviting || !root.controller.good)
        text: typing ? root.scanner.typed : leading ? root.controller.said + "\n" + root.controller.next : root.controller.said
        fill: refused ? Theme.contrast : Theme.surface
        ink: typing ? Theme.muted : refused ? Theme.contrastInk : Theme.ink
        alert: true
    }
}
