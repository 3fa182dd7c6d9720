// SPDX-License-Identifier: Apache-2.0
// One CA: what it is, how much of its life is left, what is to be done with it.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui

Rectangle {
    id: root

    /// A map of CaController.
    required property var ca
    /// Something may be done with it.
    required property bool idle

    signal verifyWanted
    signal rollWanted

    implicitHeight: all.implicitHeight + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.surface
    border.color: root.ca.active ? Theme.selected : Theme.outline
    border.width: root.ca.active ? 4 : 1

    ColumnLayout {
        id: all
        anchors.fill: parent
        anchors.margins: Theme.gap
        spacing: Theme.gap

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            Text {
                textFormat: Text.PlainText
                Layout.fillWidth: true
                text: root.ca.title
                color: Theme.ink
                font.family: Theme.family
                font.bold: true
                font.pixelSize: Theme.title
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Text {
                textFormat: Text.PlainText
                visible: root.ca.active
                //: a CA that new batches get
                text: qsTr("in use")
                color: Theme.muted
                font.family: Theme.family
                font.bold: true
                font.pixelSize: Theme.body
            }
        }
        ProgressTrack {
            Layout.fillWidth: true
            visible: root.ca.ends.length > 0
            share: root.ca.share
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            visible: root.ca.ends.length > 0
            //: a CA's life: %1 is when it ends, %2 how long that is, "812 days left", or that it is over
            text: qsTr("Ends on %1  ·  %2").arg(root.ca.ends).arg(root.ca.left)
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            text: root.ca.soon
            color: Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
        FactRow {
            Layout.fillWidth: true
            visible: root.ca.subject.length > 0
            //: a CA's fact
            name: qsTr("Name")
            value: root.ca.subject
        }
        FactRow {
            Layout.fillWidth: true
            visible: root.ca.thumbprint.length > 0
            //: a CA's fact: the thumbprint that a portal shows
            name: qsTr("SHA-1")
            value: root.ca.thumbprint
        }
        Item {
            Layout.fillHeight: true
        }
        RowLayout {
            Layout.fillWidth: true
            visible: root.idle
            spacing: Theme.gap

            BigButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                enabled: root.ca.mayVerify
                //: button: has a cloud verify this CA, by a code
                text: qsTr("Verify")
                //: for screen readers; %1 is primary or secondary CA
                Accessible.name: qsTr("Verify: %1").arg(root.ca.title)
                onClicked: root.verifyWanted()
            }
            BigButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                visible: !root.ca.active
                enabled: root.ca.mayRoll
                //: button: new batches get this CA from now on; asks first
                text: qsTr("Roll to it")
                //: for screen readers; %1 is primary or secondary CA
                Accessible.name: qsTr("Roll to it: %1").arg(root.ca.title)
                onClicked: root.rollWanted()
            }
        }
    }
}
