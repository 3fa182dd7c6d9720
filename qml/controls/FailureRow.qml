// SPDX-License-Identifier: Apache-2.0
// How often one cause struck one fixture, against the most frequent.
import QtQuick
import Keystamp.Ui

Item {
    id: root

    required property string fixture
    required property string cause
    required property int count
    required property real share

    implicitHeight: words.implicitHeight + 1.6 * Theme.mm

    Accessible.role: Accessible.ListItem
    //: for screen readers: %1 a fixture, %2 why jobs failed there, %3 how many
    Accessible.name: qsTr("%1: %2, %3 times").arg(root.fixture).arg(root.cause).arg(root.count)

    Text {
        id: words
        textFormat: Text.PlainText
        width: parent.width - number.width - Theme.gap
        text: root.fixture + "  ·  " + root.cause
        color: Theme.ink
        font.family: Theme.family
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
    Text {
        id: number
        textFormat: Text.PlainText
        anchors.right: parent.right
        text: root.count
        color: Theme.ink
        font.family: Theme.family
        font.bold: true
        font.pixelSize: Theme.small
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width * root.share
        height: Theme.mm
        radius: height / 2
        color: Theme.fail
    }
}
