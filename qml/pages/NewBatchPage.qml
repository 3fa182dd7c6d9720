// SPDX-License-Identifier: Apache-2.0
// A supervisor opens a batch.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property NewBatchController controller
    required property MediaController media
    required property ScanFilter scanner

    readonly property bool wide: root.width > root.height

    signal returned

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page on which a batch is opened
    Accessible.name: qsTr("New batch")

    PageHeader {
        Layout.fillWidth: true
        //: title of the page on which a batch is opened
        title: qsTr("New batch")
        returns: true
        onReturned: root.returned()

        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: !root.controller.busy
            fill: Theme.contrast
            ink: Theme.contrastInk
            //: button: opens the batch as it is written; a passphrase is asked for
            text: qsTr("Open it")
            onClicked: root.controller.order()
        }
    }
    ModeChoice {
        Layout.fillWidth: true
        Layout.margins: Theme.gap
        Layout.bottomMargin: 0
        modes: root.controller.modes
        mode: root.controller.mode
        onChosen: mode => root.controller.mode = mode
    }
    Item {
        id: area
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap

        Flickable {
            id: form
            width: root.wide ? 0.4 * area.width - Theme.gap : area.width
            height: root.wide ? area.height : area.height - keys.height - Theme.gap
            clip: true
            contentHeight: fields.implicitHeight

            ColumnLayout {
                id: fields
                width: form.width
                spacing: Theme.gap / 2

                Repeater {
                    model: root.controller.lines

                    delegate: TextLine {
                        required property var modelData
                        Layout.fillWidth: true
                        name: modelData.name
                        value: modelData.value
                        current: root.controller.at === modelData.line
                        onClicked: root.controller.at = modelData.line
                    }
                }
                Text {
                    textFormat: Text.PlainText
                    Layout.fillWidth: true
                    //: above the CSV files on memory sticks
                    readonly property string some: qsTr("Device IDs from a list instead:")
                    //: where no memory stick has a CSV file
                    readonly property string none: qsTr("For IDs from a list put a memory stick in that has a CSV file.")
                    text: lists.count === 0 ? none : some
                    color: Theme.muted
                    font.family: Theme.family
                    font.pixelSize: Theme.small
                    wrapMode: Text.Wrap
                }
                Repeater {
                    id: lists
                    model: root.media.lists

                    delegate: BigButton {
                        required property var modelData
                        readonly property bool chosen: root.controller.list === modelData.path
                        Layout.fillWidth: true
                        Layout.preferredHeight: 1.2 * Theme.smallestTarget
                        text: modelData.name
                        fill: chosen ? Theme.contrast : Theme.surface
                        ink: chosen ? Theme.contrastInk : Theme.ink
                        onClicked: root.controller.list = chosen ? "" : modelData.path
                    }
                }
            }
        }
        TextKeys {
            id: keys
            anchors.right: parent.right
            y: root.wide ? 0 : area.height - height
            width: root.wide ? 0.6 * area.width : area.width
            height: Math.min(root.wide ? area.height : 0.5 * area.height, 110 * Theme.mm)
            erasable: true
            onTyped: code => root.controller.key(code)
            onErased: root.controller.eraseLast()
        }
    }
    Strip {
        Layout.fillWidth: true
        readonly property bool typing: root.scanner.typed.length > 0
        readonly property bool refused: root.controller.trouble.length > 0
        //: how a line is filled
        readonly property string invitation: qsTr("Touch a line; write, or scan it")
        text: typing ? root.scanner.typed : refused ? root.controller.trouble + "\n" + root.controller.detail : invitation
        fill: refused && !typing ? Theme.contrast : Theme.surface
        ink: refused && !typing ? Theme.contrastInk : Theme.muted
        alert: true
    }
}
