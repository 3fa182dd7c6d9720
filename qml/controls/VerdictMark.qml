// SPDX-License-Identifier: Apache-2.0
// The shape of a verdict, for those to whom its colour says nothing: a disc with a tick, a square with a cross, a diamond with
// an exclamation mark, a disc with two bars.
import QtQuick
import Keystamp.Ui
import Keystamp.ViewModel

Item {
    id: root

    required property int look
    /// Of the ground it stands on; the sign is cut out of the shape.
    required property color ground
    property color ink: Theme.verdictInk

    readonly property real unit: root.width / 100

    implicitWidth: 20 * Theme.mm
    implicitHeight: root.implicitWidth
    Accessible.ignored: true

    Rectangle {
        readonly property bool diamond: root.look === TilesModel.Error
        readonly property bool square: root.look === TilesModel.Fail
        anchors.centerIn: parent
        width: root.width * (diamond ? 0.74 : square ? 0.9 : 1)
        height: width
        radius: diamond || square ? 6 * root.unit : width / 2
        rotation: diamond ? 45 : 0
        antialiasing: true
        color: root.ink
    }
    // a tick: a short and a long bar that meet
    Item {
        anchors.fill: parent
        visible: root.look === TilesModel.Pass

        MarkBar {
            x: 31 * root.unit - width / 2
            y: 59 * root.unit - height / 2
            unit: root.unit
            length: 36
            rotation: 45
            color: root.ground
        }
        MarkBar {
            x: 57 * root.unit - width / 2
            y: 49 * root.unit - height / 2
            unit: root.unit
            length: 62
            rotation: -50
            color: root.ground
        }
    }
    Item {
        anchors.fill: parent
        visible: root.look === TilesModel.Fail

        MarkBar {
            anchors.centerIn: parent
            unit: root.unit
            length: 76
            rotation: 45
            color: root.ground
        }
        MarkBar {
            anchors.centerIn: parent
            unit: root.unit
            length: 76
            rotation: -45
            color: root.ground
        }
    }
    Item {
        anchors.fill: parent
        visible: root.look === TilesModel.Error

        MarkBar {
            x: 50 * root.unit - width / 2
            y: 41 * root.unit - height / 2
            unit: root.unit
            length: 38
            rotation: 90
            color: root.ground
        }
        MarkBar {
            x: 50 * root.unit - width / 2
            y: 73 * root.unit - height / 2
            unit: root.unit
            length: 12
            color: root.ground
        }
    }
    Row {
        anchors.centerIn: parent
        visible: root.look === TilesModel.Stopped
        spacing: 14 * root.unit

        Rectangle {
            width: 13 * root.unit
            height: 46 * root.unit
            color: root.ground
        }
        Rectangle {
            width: 13 * root.unit
            height: 46 * root.unit
            color: root.ground
        }
    }
}
