// SPDX-License-Identifier: Apache-2.0
// Every check that a shift starts with; the bad ones stand out and say what to do.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property PreflightController controller
    required property string stationName

    signal scanWanted
    signal returned

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page of the preflight
    Accessible.name: qsTr("Preflight")

    PageHeader {
        Layout.fillWidth: true
        //: title of the page of the preflight
        title: qsTr("Is the station ready?")
        subtitle: root.stationName
        returns: true
        mayReturn: !root.controller.running
        onReturned: root.returned()

        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: !root.controller.running
            //: button: to the page where a scanner is tried
            text: qsTr("Try the scanner")
            onClicked: root.scanWanted()
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: !root.controller.running
            //: button: run the preflight again
            text: qsTr("Check again")
            onClicked: root.controller.run()
        }
    }
    ListView {
        id: list

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        spacing: Theme.gap / 2
        clip: true
        model: root.controller.checks
        Accessible.role: Accessible.List
        //: for screen readers
        Accessible.name: qsTr("Checks")

        delegate: CheckRow {
            width: list.width
        }
    }
    Strip {
        Layout.fillWidth: true
        readonly property bool good: root.controller.ready
        readonly property bool open: root.controller.running
        visible: text.length > 0
        text: root.controller.summary
        fill: open ? Theme.surface : good ? Theme.pass : Theme.fail
        ink: open ? Theme.muted : Theme.verdictInk
        alert: true
    }
}
