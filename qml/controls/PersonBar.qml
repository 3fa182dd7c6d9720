// SPDX-License-Identifier: Apache-2.0
// Who is logged in, over every page; what became of the last badge; the way out.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Rectangle {
    id: root

    required property PersonController person

    color: Theme.sunken
    implicitHeight: Theme.smallestTarget

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 2 * Theme.gap
        spacing: 2 * Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            readonly property string who: root.person.name + "  ·  " + root.person.role
            text: root.person.said.length > 0 ? root.person.said : who
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.body
            font.bold: root.person.said.length > 0
            elide: Text.ElideRight
            Accessible.role: Accessible.StaticText
            //: for screen readers; %1 is a person
            Accessible.name: qsTr("Logged in: %1").arg(text)
        }
        BigButton {
            Layout.fillHeight: true
            Layout.preferredHeight: 1
            //: button: the person leaves the kiosk
            text: qsTr("Log out")
            onClicked: root.person.logOut()
        }
    }
}
