// SPDX-License-Identifier: Apache-2.0
// One batch: what it is, whether its counts agree, and what is done with it as a whole.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property BatchController controller
    required property MediaController media

    readonly property bool wide: root.width > root.height
    readonly property bool idle: root.controller.busy.length === 0
    /// Asked before what cannot be undone.
    property bool asking: false

    signal returned

    spacing: 0
    onVisibleChanged: root.asking = false
    Accessible.role: Accessible.Pane
    //: for screen readers: the page of one batch
    Accessible.name: qsTr("Batch")

    PageHeader {
        Layout.fillWidth: true
        title: root.controller.name
        subtitle: root.controller.state
        given: true
        returns: true
        mayReturn: root.idle
        onReturned: root.returned()

        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: root.controller.mayPause
            //: button: no board of this batch is begun until it is taken up again
            text: qsTr("Pause")
            onClicked: root.controller.pause()
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: root.controller.mayResume
            //: button: a paused batch goes on
            text: qsTr("Go on")
            onClicked: root.controller.resume()
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: root.controller.mayClose
            enabled: !root.asking
            //: button: ends a batch; asks first
            text: qsTr("Close for good")
            onClicked: root.asking = true
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.margins: Theme.gap
        visible: root.asking
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            //: before a batch is closed
            text: qsTr("Nothing is issued in a closed batch any more. Close it?")
            color: Theme.ink
            font.family: Theme.family
            font.bold: true
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
        }
        BigButton {
            fill: Theme.contrast
            ink: Theme.contrastInk
            //: button: ends a batch now
            text: qsTr("Close it")
            onClicked: {
                root.asking = false;
                root.controller.close();
            }
        }
        BigButton {
            //: button: the batch is not closed
            text: qsTr("Keep it open")
            onClicked: root.asking = false
        }
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Card {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            //: heading
            heading: qsTr("What it is")

            ListView {
                id: facts
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: root.wide ? 0 : contentHeight
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
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            spacing: Theme.gap

            Card {
                Layout.fillWidth: true
                //: heading of three numbers
                heading: qsTr("Three counts that must agree")

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.gap

                    Counter {
                        Layout.fillWidth: true
                        number: root.controller.counted ? root.controller.inLedger : "–"
                        //: what the signer's ledger counts of a batch
                        label: qsTr("signer")
                    }
                    Counter {
                        Layout.fillWidth: true
                        number: root.controller.counted ? root.controller.inJournal : "–"
                        //: what the journal counts of a batch
                        label: qsTr("journal")
                    }
                    Counter {
                        Layout.fillWidth: true
                        number: root.controller.counted ? root.controller.inManifest : "–"
                        //: what the manifest counts of a batch
                        label: qsTr("manifest")
                    }
                    VerdictMark {
                        Layout.preferredWidth: 10 * Theme.mm
                        Layout.preferredHeight: 10 * Theme.mm
                        visible: root.controller.counted
                        look: root.controller.agrees ? TilesModel.Pass : TilesModel.Fail
                        ground: Theme.surface
                        ink: root.controller.agrees ? Theme.pass : Theme.fail
                    }
                }
                Text {
                    textFormat: Text.PlainText
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: root.controller.gaps
                    color: Theme.ink
                    font.family: Theme.mono
                    font.pixelSize: Theme.small
                    wrapMode: Text.Wrap
                    maximumLineCount: 8
                    elide: Text.ElideRight
                }
            }
            Card {
                Layout.fillWidth: true
                Layout.fillHeight: true
                //: heading: where the manifest may be written to
                heading: qsTr("Hand it over")

                MediaChoice {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    controller: root.media
                    idle: root.idle
                    onChosen: folder => root.controller.handOver(folder)
                    onKept: root.controller.keepHere()
                }
            }
        }
    }
    Strip {
        Layout.fillWidth: true
        visible: text.length > 0
        text: root.idle ? root.controller.said : root.controller.busy
        fill: root.idle && root.controller.bad ? Theme.contrast : Theme.surface
        ink: root.idle && root.controller.bad ? Theme.contrastInk : Theme.ink
        alert: true
    }
    Strip {
        Layout.fillWidth: true
        visible: root.idle && root.controller.bad && text.length > 0
        text: root.controller.detail
        fill: Theme.contrast
        ink: Theme.contrastInk
    }
}
