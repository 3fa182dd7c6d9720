// SPDX-License-Identifier: Apache-2.0
// One stroke of a mark, in hundredths of the mark's width.
import QtQuick

Rectangle {
    required property real unit
    required property real length

    width: length * unit
    height: 12 * unit
    radius: height / 2
    antialiasing: true
}
