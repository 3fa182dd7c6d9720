// SPDX-License-Identifier: Apache-2.0
// The open batches. One is chosen by a touch, or by scanning its name.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property StationController station
    required property BatchesController controller
    required property ScanFilter scanner
    required property PersonController person

    /// Whether a batch may be opened here.
    required property bool mayOpen

    signal menuWanted
    signal newWanted

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page of the batches
    Accessible.name: qsTr("Batches")

    PageHeader {
        Layout.fillWidth: true
        //: title of the page of batches
        readonly property string choosing: qsTr("Choose a batch")
        //: title of the page of batches for an auditor, who chooses none
        readonly property string looking: qsTr("Batches")
        title: root.person.mayRunBoards ? choosing : looking
        subtitle: root.station.name

        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: root.mayOpen
            //: button: to the page on which a batch is opened
            text: qsTr("New batch")
            onClicked: root.newWanted()
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            //: button: shows paused and closed batches, too
            readonly property string all: qsTr("All batches")
            //: button: shows open batches alone
            readonly property string open: qsTr("Open ones")
            text: root.controller.all ? open : all
            onClicked: root.controller.all = !root.controller.all
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            //: button: read the list of batches again
            text: qsTr("Refresh")
            onClicked: root.controller.refresh()
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            //: button: to the page from which all others are reached
            text: qsTr("Menu")
            onClicked: root.menuWanted()
        }
    }
    RowList {
        id: list

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        spacing: Theme.gap
        clip: true
        model: root.controller.batches
        Accessible.role: Accessible.List
        //: for screen readers
        Accessible.name: qsTr("Open batches")

        delegate: BatchRow {
            width: list.width
            mayRun: root.person.mayRunBoards
            onChosen: root.controller.choose(name)
            onLooked: root.controller.look(name)
        }

        Text {
            textFormat: Text.PlainText
            anchors.centerIn: parent
            width: parent.width - 4 * Theme.gap
            visible: root.controller.known && list.count === 0
            //: there is nothing to choose
            text: qsTr("No batch is open.\nA supervisor opens one.")
            color: Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
    }
    Strip {
        Layout.fillWidth: true
        visible: root.station.waitingUnits > 0
        //: %n units were interrupted
        text: qsTr("%n unit(s) were interrupted: put those boards on and scan them again", "", root.station.waitingUnits)
        fill: Theme.sunken
        ink: Theme.ink
        alert: true
    }
    Strip {
        Layout.fillWidth: true
        visible: root.person.open
        //: there are no persons; the command is not translated
        text: qsTr("Nobody logs in here, so the records name nobody. A supervisor adds persons by: keystamp person add")
        fill: Theme.sunken
        ink: Theme.muted
    }
    Strip {
        Layout.fillWidth: true
        readonly property bool typing: root.scanner.typed.length > 0
        readonly property bool trouble: !typing && root.controller.trouble.length > 0
        //: a batch can be chosen by its barcode
        readonly property string invitation: qsTr("Touch a batch, or scan its name")
        //: to an auditor, who cannot choose a batch
        readonly property string lookOn: qsTr("You may look at devices, figures and the preflight; boards are an operator's work")
        text: typing ? root.scanner.typed : trouble ? root.controller.trouble : root.person.mayRunBoards ? invitation : lookOn
        fill: trouble ? Theme.contrast : Theme.surface
        ink: trouble ? Theme.contrastInk : Theme.muted
        alert: true
    }
}
