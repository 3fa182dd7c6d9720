// SPDX-License-Identifier: Apache-2.0
// A supervisor's passphrase for one act, over whatever page asks for it.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Rectangle {
    id: root

    required property AuthorityController authority

    color: Theme.background
    Accessible.role: Accessible.Dialog
    //: for screen readers: where a supervisor enters a passphrase
    Accessible.name: qsTr("Passphrase")

    // what lies below is not to be touched
    MouseArea {
        anchors.fill: parent
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 2 * Theme.gap
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            text: root.authority.act
            color: Theme.ink
            font.family: Theme.family
            font.bold: true
            font.pixelSize: Theme.title
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            //: while the signer looks at the passphrase and does what it is for
            readonly property string working: qsTr("One moment")
            readonly property bool refused: root.authority.trouble.length > 0
            readonly property string trouble: root.authority.detail.length > 0 ? root.authority.trouble + "\n" + root.authority.detail : root.authority.trouble
            text: root.authority.working ? working : refused ? trouble : root.authority.wanted
            color: refused ? Theme.ink : Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.body
            font.bold: refused
            wrapMode: Text.Wrap
            Accessible.role: refused ? Accessible.AlertMessage : Accessible.StaticText
            Accessible.name: text
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.smallestTarget
            radius: Theme.radius
            color: Theme.surface
            border.color: Theme.outline
            clip: true
            Accessible.role: Accessible.StaticText
            //: for screen readers; %1 is a number
            Accessible.name: qsTr("%1 characters entered").arg(root.authority.entry.length)

            Row {
                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: Theme.gap
                width: parent.width - 2 * Theme.gap
                spacing: Theme.mm

                Repeater {
                    model: root.authority.entry.length

                    Rectangle {
                        width: 3 * Theme.mm
                        height: 3 * Theme.mm
                        radius: 1.5 * Theme.mm
                        color: Theme.ink
                    }
                }
            }
        }
        TextKeys {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.maximumHeight: 120 * Theme.mm
            erasable: root.authority.entry.length > 0
            onTyped: code => root.authority.entry.key(code)
            onErased: root.authority.entry.eraseLast()
            enabled: !root.authority.working
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            BigButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                enabled: !root.authority.working
                //: button: nothing is done
                text: qsTr("Cancel")
                textSize: Theme.title
                onClicked: root.authority.cancel()
            }
            BigButton {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                enabled: !root.authority.working && root.authority.entry.length > 0
                fill: Theme.contrast
                ink: Theme.contrastInk
                //: key: the passphrase is whole
                text: qsTr("OK")
                textSize: Theme.title
                onClicked: root.authority.entry.submit()
            }
        }
    }
}
