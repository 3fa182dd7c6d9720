// SPDX-License-Identifier: Apache-2.0
// Checks as they end, and what they come to.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property PreflightController controller

    spacing: 0

    RowList {
        id: list

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.margins: Theme.gap
        spacing: Theme.gap / 2
        clip: true
        // two pages have such a list of the same checks; the one that is not shown makes no lines
        model: root.visible ? root.controller.checks : null
        Accessible.role: Accessible.List
        //: for screen readers
        Accessible.name: qsTr("Checks")

        delegate: CheckRow {
            width: list.width
        }
    }
    Strip {
        Layout.fillWidth: true
        readonly property bool good: root.controller.ready
        readonly property bool open: root.controller.running
        visible: text.length > 0
        text: root.controller.summary
        fill: open ? Theme.surface : good ? Theme.pass : Theme.fail
        ink: open ? Theme.muted : Theme.verdictInk
        alert: true
    }
}
