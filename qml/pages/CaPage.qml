// SPDX-License-Identifier: Apache-2.0
// The CAs: how long each is good, verified by a cloud, rolled to the other one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property CaController controller
    required property MediaController media
    required property ScanFilter scanner

    readonly property bool wide: root.width > root.height
    readonly property bool idle: root.controller.busy.length === 0
    readonly property var noCa: ({
            slot: 0,
            title: "",
            subject: "",
            thumbprint: "",
            ends: "",
            left: "",
            share: 0,
            soon: "",
            active: false,
            mayVerify: false,
            mayRoll: false
        })

    signal returned

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page of the CAs
    Accessible.name: qsTr("CAs")

    PageHeader {
        Layout.fillWidth: true
        //: title of the page of the CAs
        title: qsTr("CAs")
        subtitle: root.controller.step === CaController.Code ? root.controller.question : ""
        returns: true
        mayReturn: root.idle
        onReturned: root.returned()
    }
    RowLayout {
        Layout.fillWidth: true
        // its text is as high as the row, and that no higher than it must be
        Layout.fillHeight: false
        Layout.margins: Theme.gap
        Layout.bottomMargin: 0
        visible: root.controller.step === CaController.Rolling
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: root.controller.question
            color: Theme.ink
            font.family: Theme.family
            font.bold: true
            font.pixelSize: Theme.body
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.Wrap
        }
        BigButton {
            fill: Theme.contrast
            ink: Theme.contrastInk
            //: button: new batches get the other CA; a passphrase is asked for
            text: qsTr("Roll")
            onClicked: root.controller.roll()
        }
        BigButton {
            //: button: nothing is done
            text: qsTr("Cancel")
            onClicked: root.controller.cancel()
        }
    }
    // all have their size while another one is shown
    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap

        GridLayout {
            anchors.fill: parent
            visible: root.controller.step === CaController.Cards || root.controller.step === CaController.Rolling
            columns: root.wide ? 2 : 1
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap

            Repeater {
                // their number, so that they stay what they are while one of their buttons is pressed
                model: root.controller.cas.length

                delegate: CaCard {
                    id: card
                    required property int index
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 1
                    ca: root.controller.cas[card.index] ?? root.noCa
                    idle: root.idle && root.controller.step === CaController.Cards
                    onVerifyWanted: root.controller.verify(card.ca.slot)
                    onRollWanted: root.controller.askRoll(card.ca.slot)
                }
            }
        }
        CaCodeForm {
            anchors.fill: parent
            visible: root.controller.step === CaController.Code
            wide: root.wide
            controller: root.controller
        }
        ColumnLayout {
            anchors.fill: parent
            visible: root.controller.step === CaController.Place
            spacing: Theme.gap

            Card {
                Layout.fillWidth: true
                Layout.fillHeight: true
                heading: root.controller.question

                MediaChoice {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    controller: root.media
                    idle: root.idle
                    onChosen: folder => root.controller.writeTo(folder)
                    onKept: root.controller.writeTo("")
                }
            }
            BigButton {
                Layout.fillWidth: true
                enabled: root.idle
                //: button: back to the code
                text: qsTr("Cancel")
                onClicked: root.controller.cancel()
            }
        }
    }
    Strip {
        Layout.fillWidth: true
        visible: text.length > 0
        readonly property bool typing: root.scanner.typed.length > 0 && root.controller.step === CaController.Code
        readonly property bool refused: !typing && root.idle && root.controller.bad
        text: typing ? root.scanner.typed : !root.idle ? root.controller.busy : refused && root.controller.detail.length > 0 ? root.controller.said + "\n" + root.controller.detail : root.controller.said
        fill: refused ? Theme.contrast : Theme.surface
        ink: refused ? Theme.contrastInk : typing ? Theme.muted : Theme.ink
        alert: true
    }
}
