// SPDX-License-Identifier: Apache-2.0
// Where else one can go from the batches.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property string stationName
    required property LanguageController language
    /// A supervisor is here.
    required property bool mayCa

    signal returned
    signal preflightWanted
    signal unitWanted
    signal figuresWanted
    signal auditWanted
    signal scanWanted
    signal caWanted

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page from which all others are reached
    Accessible.name: qsTr("Menu")

    PageHeader {
        Layout.fillWidth: true
        //: title of the page from which all others are reached
        title: qsTr("Menu")
        subtitle: root.stationName
        returns: true
        onReturned: root.returned()
    }
    GridLayout {
        id: ways
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: ways.implicitHeight
        Layout.margins: Theme.gap
        columns: root.width > root.height ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        MenuButton {
            //: button: to the page of one device
            text: qsTr("Find a device")
            //: under a button: what a device may be looked up for
            hint: qsTr("what it is, and its whole life")
            onClicked: root.unitWanted()
        }
        MenuButton {
            //: button: to the page of every check that a shift starts with
            text: qsTr("Preflight")
            //: under a button
            hint: qsTr("everything that a shift needs")
            onClicked: root.preflightWanted()
        }
        MenuButton {
            //: button: to the page of the line's figures
            text: qsTr("Figures")
            //: under a button
            hint: qsTr("units an hour, yield, what fails most")
            onClicked: root.figuresWanted()
        }
        MenuButton {
            //: button: to the page where a scanner is tried
            text: qsTr("Try the scanner")
            //: under a button
            hint: qsTr("what the station makes of a scan, and whether the keyboard's layout is right")
            onClicked: root.scanWanted()
        }
        MenuButton {
            //: button: to the page of the audit log
            text: qsTr("Audit log")
            //: under a button
            hint: qsTr("all that was done here, verified, a copy to take away")
            onClicked: root.auditWanted()
        }
        MenuButton {
            visible: root.mayCa
            //: button: to the page of the CAs
            text: qsTr("CAs")
            //: under a button
            hint: qsTr("how long they last, have a cloud verify one, roll to the other")
            onClicked: root.caWanted()
        }
        MenuButton {
            text: root.language.current
            //: under a button that has the language's name on it
            hint: qsTr("touch for the next language")
            //: for screen readers; %1 is the language spoken now
            Accessible.name: qsTr("Another language than %1").arg(root.language.current)
            onClicked: root.language.next()
        }
    }
    Item {
        Layout.fillHeight: true
    }
}
