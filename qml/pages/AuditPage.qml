// SPDX-License-Identifier: Apache-2.0
// The log of everything that was done here: looked through, verified, signed, taken away.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property AuditController controller
    required property MediaController media
    required property ScanFilter scanner

    readonly property bool wide: root.width > root.height
    readonly property bool idle: root.controller.busy.length === 0

    signal returned

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page of the audit log
    Accessible.name: qsTr("Audit log")

    PageHeader {
        Layout.fillWidth: true
        //: title of the page of the audit log
        title: qsTr("Audit log")
        subtitle: root.controller.checkpoint
        returns: true
        mayReturn: root.idle
        onReturned: root.returned()

        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: root.idle
            //: button: follows the audit log from its first row to its last
            text: qsTr("Verify now")
            onClicked: root.controller.verify()
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: root.idle
            //: button: has the HSM sign the audit log as it is now
            text: qsTr("Sign now")
            onClicked: root.controller.sign()
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.margins: Theme.gap
        Layout.bottomMargin: 0
        spacing: Theme.gap / 2

        Repeater {
            model: root.controller.filters

            delegate: BigButton {
                required property string modelData
                required property int index
                readonly property bool chosen: root.controller.filter === index
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.preferredHeight: 1.2 * Theme.smallestTarget
                text: modelData
                fill: chosen ? Theme.contrast : Theme.surface
                ink: chosen ? Theme.contrastInk : Theme.ink
                onClicked: root.controller.filter = index
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 2
            radius: Theme.radius
            color: Theme.surface

            RowList {
                id: rows
                anchors.fill: parent
                anchors.margins: Theme.gap
                spacing: Theme.gap
                clip: true
                model: root.controller.rows
                Accessible.role: Accessible.List
                //: for screen readers
                Accessible.name: qsTr("Rows, newest first")

                delegate: AuditRow {
                    required property var modelData
                    width: rows.width
                    number: modelData.number
                    time: modelData.time
                    kind: modelData.kind
                    who: modelData.who
                    text: modelData.text
                }

                Text {
                    textFormat: Text.PlainText
                    anchors.centerIn: parent
                    visible: rows.count === 0
                    //: nothing in the audit log is what is looked for
                    text: qsTr("Nothing like that here")
                    color: Theme.muted
                    font.family: Theme.family
                    font.pixelSize: Theme.body
                }
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: root.wide
            Layout.preferredWidth: 1
            spacing: Theme.gap

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap

                BigButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    enabled: root.controller.more
                    //: button: rows of the audit log from before these
                    text: qsTr("Older")
                    onClicked: root.controller.older()
                }
                BigButton {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    enabled: root.controller.past || root.controller.wanted.length > 0
                    //: button: the audit log from its newest row on
                    text: qsTr("Newest")
                    onClicked: root.controller.findAll()
                }
            }
            Card {
                Layout.fillWidth: true
                Layout.fillHeight: root.wide
                Layout.preferredHeight: root.wide ? -1 : 4 * Theme.primaryTarget
                //: heading: where the audit log may be written to
                heading: qsTr("A copy to take away")

                MediaChoice {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    controller: root.media
                    idle: root.idle
                    onChosen: folder => root.controller.handOver(folder)
                    onKept: root.controller.handOver("")
                }
            }
        }
    }
    Strip {
        Layout.fillWidth: true
        readonly property bool typing: root.scanner.typed.length > 0
        //: the audit log can be looked through by scanning
        readonly property string invitation: qsTr("Scan a label or type a name, then Enter, to look for it")
        //: %1 is what rows of the audit log are looked for that have it
        readonly property string looked: qsTr("Rows with %1").arg(root.controller.wanted)
        readonly property bool says: !typing && root.idle && root.controller.said.length > 0
        text: typing ? root.scanner.typed : !root.idle ? root.controller.busy : says ? root.controller.said : root.controller.wanted.length > 0 ? looked : invitation
        fill: says && root.controller.bad ? Theme.contrast : says && root.controller.verified ? Theme.pass : Theme.surface
        ink: says && root.controller.bad ? Theme.contrastInk : says && root.controller.verified ? Theme.verdictInk : says ? Theme.ink : Theme.muted
        alert: true
    }
}
