// SPDX-License-Identifier: Apache-2.0
// How the line, or one batch, does: how many, how fast, how good, hour by hour, and what fails most.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property FiguresController controller
    required property string stationName

    readonly property bool wide: root.width > root.height

    signal returned

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page of the line's figures
    Accessible.name: qsTr("Figures")

    PageHeader {
        Layout.fillWidth: true
        readonly property bool ofBatch: root.controller.span === FiguresController.Batch
        //: title of the page of the line's figures; %1 hours
        readonly property string hours: qsTr("The last %1 hours").arg(root.controller.span)
        title: ofBatch ? root.controller.batch : hours
        given: ofBatch
        subtitle: root.stationName
        returns: true
        onReturned: root.returned()

        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: root.controller.span !== FiguresController.Shift
            //: button: figures of the last eight hours
            text: qsTr("Shift")
            onClicked: root.controller.look(FiguresController.Shift)
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: root.controller.span !== FiguresController.Day
            //: button: figures of the last 24 hours
            text: qsTr("Day")
            onClicked: root.controller.look(FiguresController.Day)
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: root.controller.span !== FiguresController.Batch
            //: button: figures of all of a batch
            text: qsTr("Batch")
            onClicked: root.controller.look(FiguresController.Batch)
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.margins: 2 * Theme.gap
        spacing: 2 * Theme.gap

        Counter {
            Layout.fillWidth: true
            number: root.controller.recorded
            //: label of the counter of recorded units
            label: qsTr("recorded")
        }
        Counter {
            Layout.fillWidth: true
            number: root.controller.takt
            //: label: the usual time from one unit to the next
            label: qsTr("from unit to unit")
        }
        Counter {
            Layout.fillWidth: true
            number: root.controller.yield
            //: label: the share of boards that passed at their first job
            label: qsTr("passed at once")
        }
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        HourChart {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 3
            Layout.preferredHeight: 1
            controller: root.controller
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2
            Layout.preferredHeight: 1
            radius: Theme.radius
            color: Theme.surface

            RowList {
                id: failures
                anchors.top: parent.top
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: hsm.top
                anchors.margins: Theme.gap
                spacing: Theme.gap
                clip: true
                model: root.controller.failures
                Accessible.role: Accessible.List
                //: for screen readers
                Accessible.name: qsTr("What fails, the most frequent first")

                delegate: FailureRow {
                    required property var modelData
                    width: failures.width
                    fixture: modelData.fixture
                    cause: modelData.cause
                    count: modelData.count
                    share: modelData.share
                    upTo: modelData.upTo
                }

                Text {
                    textFormat: Text.PlainText
                    anchors.centerIn: parent
                    width: parent.width
                    visible: failures.count === 0
                    //: in the place of the list of failures
                    text: qsTr("Nothing has failed.")
                    color: Theme.muted
                    font.family: Theme.family
                    font.pixelSize: Theme.body
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                }
            }
            FactRow {
                id: hsm
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: Theme.gap
                height: value.length > 0 ? implicitHeight : 0
                visible: value.length > 0
                //: name of a figure: how long the HSM takes for a signature or a key
                name: qsTr("HSM answers in")
                value: root.controller.hsm
            }
        }
    }
    Strip {
        Layout.fillWidth: true
        visible: root.controller.trouble.length > 0
        text: root.controller.trouble
        fill: Theme.contrast
        ink: Theme.contrastInk
        alert: true
    }
}
