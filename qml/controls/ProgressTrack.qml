// SPDX-License-Identifier: Apache-2.0
// How much of something is done.
import QtQuick
import Keystamp.Ui

Rectangle {
    id: root

    required property real share

    implicitHeight: 2 * Theme.mm
    radius: height / 2
    color: Theme.sunken
    Accessible.ignored: true

    Rectangle {
        height: parent.height
        width: Math.max(height, parent.width * root.share)
        visible: root.share > 0
        radius: height / 2
        color: Theme.muted
    }
}
