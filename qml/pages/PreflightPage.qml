// SPDX-License-Identifier: Apache-2.0
// Every check that a shift starts with; the bad ones stand out and say what to do.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property PreflightController controller
    required property string stationName

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
            //: button: run the preflight again
            text: qsTr("Check again")
            onClicked: root.controller.run()
        }
    }
    CheckList {
        Layout.fillWidth: true
        Layout.fillHeight: true
        controller: root.controller
    }
}
