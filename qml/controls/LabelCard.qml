// SPDX-License-Identifier: Apache-2.0
// A unit's label as it comes out of the printer, and a button that prints it again.
import QtQuick
import Keystamp.Ui

Item {
    id: root

    required property string picture

    readonly property bool shown: root.picture.length > 0

    signal printWanted

    visible: root.shown

    Rectangle {
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: again.left
        anchors.rightMargin: Theme.gap
        color: "white"
        border.color: Theme.outline

        Image {
            anchors.fill: parent
            anchors.margins: Theme.mm
            source: root.picture
            fillMode: Image.PreserveAspectFit
            smooth: true
            mipmap: true
            Accessible.role: Accessible.Graphic
            //: for screen readers: the picture of a unit's printed label
            Accessible.name: qsTr("Its label")
        }
    }
    BigButton {
        id: again
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: implicitWidth
        //: button: a unit's label is printed once more
        text: qsTr("Print again")
        onClicked: root.printWanted()
    }
}
