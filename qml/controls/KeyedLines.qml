// SPDX-License-Identifier: Apache-2.0
// Lines to be written to, and the keys for it: beside them where the page is wide, below where it is high.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui

GridLayout {
    id: root

    /// Maps of `line`, `name` and `value`.
    required property var lines
    required property int at

    /// The page is wider than high.
    required property bool wide

    signal chosen(int line)
    signal typed(int code)
    signal erased

    columns: root.wide ? 2 : 1
    columnSpacing: Theme.gap
    rowSpacing: Theme.gap

    // no layout: one whose items go while it is not shown still asks them for their size, and ends the program (Qt 6.4)
    Column {
        id: fields
        Layout.fillWidth: true
        Layout.preferredWidth: 2
        Layout.alignment: Qt.AlignTop
        spacing: Theme.gap / 2

        Repeater {
            // their number, so that they stay what they are while one is written
            model: root.lines.length

            delegate: TextLine {
                required property int index
                readonly property var line: root.lines[index] ?? ({ name: "", value: "", line: -1 })
                width: fields.width
                name: line.name
                value: line.value
                current: root.at === line.line
                onClicked: root.chosen(line.line)
            }
        }
    }
    TextKeys {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 3
        Layout.maximumHeight: 110 * Theme.mm
        Layout.alignment: Qt.AlignBottom
        erasable: true
        onTyped: code => root.typed(code)
        onErased: root.erased()
    }
}
