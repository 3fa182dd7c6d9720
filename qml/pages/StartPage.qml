// SPDX-License-Identifier: Apache-2.0
// The station is starting; or why it cannot, and what to do.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Item {
    id: root

    required property StationController station

    readonly property bool trouble: root.station.state === StationController.Trouble

    signal preflightWanted

    Accessible.role: Accessible.Pane
    //: for screen readers: the page while the station starts
    Accessible.name: qsTr("Start")

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 4 * Theme.gap, 220 * Theme.mm)
        spacing: 2 * Theme.gap

        VerdictMark {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: 30 * Theme.mm
            Layout.preferredHeight: 30 * Theme.mm
            visible: root.trouble
            look: TilesModel.Error
            ground: Theme.background
            ink: Theme.ink
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            //: while signer and journal are opened
            readonly property string starting: qsTr("The station is starting")
            text: root.trouble ? root.station.cause : starting
            color: Theme.ink
            font.family: Theme.family
            font.bold: true
            font.pixelSize: Theme.display
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            Accessible.role: root.trouble ? Accessible.AlertMessage : Accessible.StaticText
            Accessible.name: text
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            //: while signer and journal are opened
            readonly property string opening: qsTr("HSM, journal and unfinished work are looked at first.")
            text: root.trouble ? root.station.next : opening
            color: root.trouble ? Theme.ink : Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            visible: root.trouble && text.length > 0
            text: root.station.detail
            color: Theme.muted
            font.family: Theme.mono
            font.pixelSize: Theme.small
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WrapAnywhere
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        BigButton {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: 70 * Theme.mm
            visible: root.trouble
            //: button: open the station again
            text: qsTr("Try again")
            textSize: Theme.title
            onClicked: root.station.open()
        }
        BigButton {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: 70 * Theme.mm
            visible: root.trouble
            //: button: to the page of every check that a shift starts with
            text: qsTr("Check everything")
            textSize: Theme.title
            onClicked: root.preflightWanted()
        }
        Rectangle {
            id: groove
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: 70 * Theme.mm
            Layout.preferredHeight: 2 * Theme.mm
            visible: !root.trouble
            radius: height / 2
            color: Theme.sunken
            Accessible.role: Accessible.ProgressBar
            //: for screen readers
            Accessible.name: qsTr("Starting")

            Rectangle {
                width: parent.width / 4
                height: parent.height
                radius: height / 2
                color: Theme.muted

                SequentialAnimation on x {
                    running: groove.visible
                    loops: Animation.Infinite
                    NumberAnimation {
                        from: 0
                        to: groove.width * 0.75
                        duration: 900
                        easing.type: Easing.InOutQuad
                    }
                    NumberAnimation {
                        to: 0
                        duration: 900
                        easing.type: Easing.InOutQuad
                    }
                }
            }
        }
    }
}
