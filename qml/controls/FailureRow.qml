// SPDX-License-Identifier: Apache-2.0
// How often one cause struck one fixture, against the most frequent; and how much of all failures it and those above it are.
import QtQuick
import Keystamp.Ui

Item {
    id: root

    required property string fixture
    required property string cause
    required property int count
    required property real share
    required property int upTo

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
        //: how often something failed, and %2 per cent of all failures are this and those above; a Pareto chart
        text: qsTr("%1 · up to here %2 %").arg(root.count).arg(root.upTo)
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
