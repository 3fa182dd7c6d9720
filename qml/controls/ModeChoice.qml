// SPDX-License-Identifier: Apache-2.0
// What devices are given: a button each, one of them chosen.
pragma ComponentBehavior: Bound
import QtQuick
import Keystamp.Ui

Item {
    id: root

    required property var modes
    required property int mode

    signal chosen(int mode)

    implicitHeight: 1.2 * Theme.smallestTarget

    // their places are computed: a layout whose buttons come while it is not shown does not arrange them
    Repeater {
        id: buttons
        model: root.modes

        delegate: BigButton {
            required property string modelData
            required property int index
            readonly property bool chosen: root.mode === index
            x: index * (width + Theme.gap / 2)
            width: (root.width + Theme.gap / 2) / buttons.count - Theme.gap / 2
            height: root.height
            text: modelData
            fill: chosen ? Theme.contrast : Theme.surface
            ink: chosen ? Theme.contrastInk : Theme.ink
            onClicked: root.chosen(index)
        }
    }
}
