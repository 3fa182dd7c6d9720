// SPDX-License-Identifier: Apache-2.0
// One fixture: what to do there, how far it is, and a verdict that fills all of it.
import QtQuick
import Keystamp.Ui
import Keystamp.ViewModel

Rectangle {
    id: root

    required property string fixture
    required property int look
    required property bool judged
    required property string word
    required property string unit
    required property string board
    required property int steps
    required property string elapsed
    required property string cause
    required property string next
    required property string detail
    required property bool selected
    required property bool open
    required property bool halted
    required property bool label

    signal acknowledged
    signal takenUp
    signal labelSkipped

    radius: Theme.radius
    border.width: root.selected ? Theme.mm * 1.5 : root.judged ? 0 : 1
    border.color: root.selected ? Theme.selected : Theme.outline
    clip: true
    color: {
        switch (root.look) {
        case TilesModel.Pass:
            return Theme.pass;
        case TilesModel.Fail:
            return Theme.fail;
        case TilesModel.Error:
            return Theme.error;
        case TilesModel.Stopped:
            return Theme.stopped;
        case TilesModel.Offline:
        case TilesModel.Empty:
            return Theme.background;
        default:
            return Theme.surface;
        }
    }

    Accessible.role: Accessible.Grouping
    //: for screen readers: %1 is a fixture, %2 its verdict or what to do there, %3 the unit
    Accessible.name: qsTr("%1: %2 %3").arg(root.fixture).arg(root.word).arg(root.unit)
    Accessible.description: root.cause + " " + root.next

    TileWork {
        anchors.fill: parent
        anchors.margins: Math.min(Theme.gap, root.height * 0.08)
        visible: !root.judged
        fixture: root.fixture
        look: root.look
        word: root.word
        unit: root.unit
        board: root.board
        steps: root.steps
        elapsed: root.elapsed
        cause: root.cause
        next: root.next
        selected: root.selected
    }
    TileVerdict {
        anchors.fill: parent
        anchors.margins: Math.min(Theme.gap, root.height * 0.08)
        visible: root.judged
        fixture: root.fixture
        look: root.look
        ground: root.color
        word: root.word
        unit: root.unit
        elapsed: root.elapsed
        cause: root.cause
        next: root.next
        detail: root.detail
        open: root.open
        halted: root.halted
        label: root.label
        onAcknowledged: root.acknowledged()
        onTakenUp: root.takenUp()
        onLabelSkipped: root.labelSkipped()
    }
}
