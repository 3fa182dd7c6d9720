// SPDX-License-Identifier: Apache-2.0
// Nobody is logged in: the kiosk waits for a badge.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property PersonController person
    required property LanguageController language
    required property string stationName

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page that waits for a badge
    Accessible.name: qsTr("Locked")

    PageHeader {
        Layout.fillWidth: true
        title: root.stationName
        given: true

        BigButton {
            Layout.fillHeight: true
            Layout.fillWidth: true
            text: root.language.current
            //: for screen readers; %1 is the language spoken now
            Accessible.name: qsTr("Another language than %1").arg(root.language.current)
            onClicked: root.language.next()
        }
    }
    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true

        Text {
            textFormat: Text.PlainText
            anchors.centerIn: parent
            width: parent.width - 4 * Theme.gap
            //: the kiosk is locked
            text: qsTr("Scan your badge")
            color: Theme.ink
            font.family: Theme.family
            font.bold: true
            font.pixelSize: 1.5 * Theme.display
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    Strip {
        Layout.fillWidth: true
        visible: root.person.said.length > 0
        text: root.person.said
        fill: root.person.refused ? Theme.contrast : Theme.surface
        ink: root.person.refused ? Theme.contrastInk : Theme.ink
        alert: true
    }
}
