// SPDX-License-Identifier: Apache-2.0
// A scanner is tried.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property ScanTrialController controller
    required property ScanFilter scanner

    signal returned

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page where a scanner is tried
    Accessible.name: qsTr("Scanner")

    PageHeader {
        Layout.fillWidth: true
        //: title of the page where a scanner is tried
        title: qsTr("Try the scanner")
        //: below the title of the page where a scanner is tried
        subtitle: qsTr("Nothing is issued here")
        returns: true
        onReturned: root.returned()
    }
    ScanTrial {
        Layout.fillWidth: true
        Layout.fillHeight: true
        controller: root.controller
        scanner: root.scanner
    }
}
