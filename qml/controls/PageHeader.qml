// SPDX-License-Identifier: Apache-2.0
// The head of a page: the way back where there is one, what the page is, and what can be done on it.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui

Rectangle {
    id: root

    required property string title
    property string subtitle: ""
    /// The title is a name that a person or a machine gave.
    property bool given: false
    /// Whether there is a page to go back to, and whether one may.
    property bool returns: false
    property bool mayReturn: true
    default property alias actions: buttons.data

    signal returned

    /// Where title and buttons have no room beside each other, the buttons have a row of their own.
    readonly property bool narrow: heading.implicitWidth + buttons.implicitWidth + (root.returns ? back.implicitWidth : 0) + 6 * Theme.gap > root.width

    color: Theme.surface
    implicitHeight: (root.narrow ? 2 : 1) * Theme.primaryTarget

    GridLayout {
        anchors.fill: parent
        anchors.leftMargin: root.returns ? 0 : 2 * Theme.gap
        columns: (root.returns ? 1 : 0) + (root.narrow ? 1 : 2)
        columnSpacing: root.returns ? 2 * Theme.gap : Theme.gap
        rowSpacing: 0

        BigButton {
            id: back
            Layout.fillHeight: true
            Layout.preferredHeight: root.narrow ? Theme.primaryTarget : 1
            visible: root.returns
            enabled: root.mayReturn
            //: button: to the page before
            text: qsTr("Back")
            onClicked: root.returned()
        }
        Column {
            Layout.fillWidth: true

            Text {
                id: heading
                textFormat: Text.PlainText
                width: parent.width
                text: root.title
                color: Theme.ink
                font.family: root.given ? Theme.mono : Theme.family
                font.bold: true
                font.pixelSize: Theme.title
                elide: root.given ? Text.ElideMiddle : Text.ElideRight
                Accessible.role: Accessible.Heading
                Accessible.name: root.title
            }
            Text {
                textFormat: Text.PlainText
                width: parent.width
                visible: root.subtitle.length > 0
                text: root.subtitle
                color: Theme.muted
                font.family: Theme.family
                font.pixelSize: Theme.small
                elide: Text.ElideRight
            }
        }
        RowLayout {
            id: buttons
            Layout.fillHeight: true
            Layout.preferredHeight: root.narrow ? Theme.primaryTarget : 1
            Layout.fillWidth: root.narrow
            Layout.columnSpan: root.narrow ? parent.columns : 1
            spacing: 0
        }
    }
}
