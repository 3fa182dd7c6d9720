// SPDX-License-Identifier: Apache-2.0
// One device: what it is now, and its whole life.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property UnitController controller
    required property UnitActController act
    required property ScanFilter scanner

    readonly property bool found: root.controller.deviceId.length > 0
    readonly property bool deciding: root.act.act !== UnitActController.None
    readonly property bool wide: root.width > root.height

    signal returned

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page of one device
    Accessible.name: qsTr("Device")

    PageHeader {
        Layout.fillWidth: true
        //: title of the page of one device before there is one
        readonly property string search: qsTr("Find a device")
        title: root.found ? root.controller.deviceId : search
        subtitle: root.controller.state
        given: root.found
        returns: true
        onReturned: root.returned()

        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: root.act.mayRework && !root.deciding
            //: button: a supervisor lets this device be made anew
            text: qsTr("Rework")
            onClicked: root.act.begin(UnitActController.Rework)
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: root.act.mayScrap && !root.deciding
            //: button: a supervisor takes this device out for good
            text: qsTr("Scrap")
            onClicked: root.act.begin(UnitActController.Scrap)
        }
    }
    ReasonChoice {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        visible: root.deciding
        act: root.act
        wide: root.wide
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        visible: root.found && !root.deciding
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Rectangle {
            Layout.fillWidth: true
            readonly property real needed: facts.contentHeight + label.height + 3 * Theme.gap
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            Layout.preferredHeight: root.wide ? -1 : needed
            Layout.maximumHeight: root.wide ? root.height : needed
            radius: Theme.radius
            color: Theme.surface

            RowList {
                id: facts
                anchors.top: parent.top
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: label.top
                anchors.margins: Theme.gap
                spacing: Theme.gap / 2
                clip: true
                model: root.controller.facts
                Accessible.role: Accessible.List
                //: for screen readers
                Accessible.name: qsTr("What it is")

                delegate: FactRow {
                    required property var modelData
                    width: facts.width
                    name: modelData.name
                    value: modelData.value
                }
            }
            LabelCard {
                id: label
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: Theme.gap
                height: shown ? 1.5 * Theme.primaryTarget : 0
                picture: root.controller.label
                onPrintWanted: root.controller.printAgain()
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            radius: Theme.radius
            color: Theme.surface

            RowList {
                id: life
                anchors.fill: parent
                anchors.margins: Theme.gap
                spacing: Theme.gap
                clip: true
                model: root.controller.life
                Accessible.role: Accessible.List
                //: for screen readers
                Accessible.name: qsTr("Its life, newest first")

                delegate: LifeRow {
                    width: life.width
                }
            }
        }
    }
    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: !root.found

        Text {
            textFormat: Text.PlainText
            anchors.centerIn: parent
            width: parent.width - 4 * Theme.gap
            //: by what a device is found
            text: qsTr("Scan its label,\nor type its ID, its board's number or its certificate's thumbprint, then Enter")
            color: Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
    }
    Strip {
        Layout.fillWidth: true
        readonly property bool typing: root.scanner.typed.length > 0
        //: while the journal is searched
        readonly property string searching: qsTr("Searching")
        readonly property string said: root.act.said.length > 0 ? root.act.said : root.controller.said
        visible: text.length > 0
        text: typing ? root.scanner.typed : root.controller.searching ? searching : root.deciding ? "" : said
        fill: typing || root.controller.searching ? Theme.surface : Theme.contrast
        ink: typing || root.controller.searching ? Theme.muted : Theme.contrastInk
        alert: true
    }
}
