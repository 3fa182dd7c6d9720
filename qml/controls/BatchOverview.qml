// SPDX-License-Identifier: Apache-2.0
// What a batch is, its three counts, and where its manifest goes.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

GridLayout {
    id: root

    required property BatchController controller
    required property MediaController media
    /// The page is wider than high.
    required property bool wide
    /// Nothing is being done to the batch.
    required property bool idle
    /// Something else is to be read first: the facts scroll.
    required property bool crowded

    columns: root.wide ? 2 : 1
    columnSpacing: Theme.gap
    rowSpacing: Theme.gap

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        //: heading
        heading: qsTr("What it is")

        RowList {
            id: facts
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: root.wide || root.crowded ? 0 : contentHeight
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
