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
    required property ExtensionController extension

    readonly property bool wide: root.width > root.height
    readonly property bool idle: root.controller.busy.length === 0
    /// Asked before what cannot be undone.
    property bool asking: false

    signal returned
    signal figuresWanted

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
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: root.extension.mayRelease
            enabled: root.idle
            fill: Theme.contrast
            ink: Theme.contrastInk
            //: button: a second supervisor lets a batch be as long as the first one asked
            text: qsTr("Release it")
            onClicked: root.extension.release()
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: root.extension.mayAsk && !root.extension.mayRelease
            enabled: root.idle && !root.extension.writing
            //: button: a supervisor asks for more units of this batch
            text: qsTr("Extend")
            onClicked: root.extension.begin()
        }
        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            enabled: root.idle
            //: button: to the page of a batch's figures
            text: qsTr("Figures")
            onClicked: root.figuresWanted()
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
    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        Layout.margins: Theme.gap
        Layout.bottomMargin: 0
        visible: text.length > 0
        text: root.extension.waits
        color: Theme.ink
        font.family: Theme.family
        font.bold: true
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
    // both have their size while the other one is shown
    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap

        ExtensionForm {
            anchors.fill: parent
            visible: root.extension.writing
            wide: root.wide
            controller: root.extension
        }
        BatchOverview {
            anchors.fill: parent
            visible: !root.extension.writing
            wide: root.wide
            idle: root.idle
            crowded: root.extension.waits.length > 0
            controller: root.controller
            media: root.media
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
