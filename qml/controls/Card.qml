// SPDX-License-Identifier: Apache-2.0
// What belongs together, under a heading.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui

Rectangle {
    id: root

    required property string heading
    default property alias content: body.data

    radius: Theme.radius
    color: Theme.surface
    implicitHeight: all.implicitHeight + 2 * Theme.gap

    ColumnLayout {
        id: all
        anchors.fill: parent
        anchors.margins: Theme.gap
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            text: root.heading
            color: Theme.muted
            font.family: Theme.family
            font.bold: true
            font.pixelSize: Theme.body
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
            Accessible.name: root.heading
        }
        ColumnLayout {
            id: body
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.gap
        }
    }
}
