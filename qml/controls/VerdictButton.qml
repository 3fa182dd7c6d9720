// SPDX-License-Identifier: Apache-2.0
// What a person answers a verdict with: seen; or the fixture is looked after; or else the board gets no label.
import QtQuick
import Keystamp.Ui

BigButton {
    id: root

    required property string fixture
    required property string word
    required property color ground
    /// A FAIL or ERROR that nobody has seen; a fixture that was stopped. Neither: a PASS that waits for its label.
    required property bool open
    required property bool halted
    /// Over the whole of a tile that says itself what a touch means.
    required property bool plain

    signal acknowledged
    signal takenUp
    signal labelSkipped

    //: button on a FAIL or ERROR: a person has seen it
    readonly property string seen: qsTr("Seen")
    //: button on a fixture that was stopped after equal failures: a person has looked after it, it takes boards again
    readonly property string takeUp: qsTr("Take up again")
    //: button on a PASS whose board waits for its label: it gets none now
    readonly property string skip: qsTr("No label")
    //: for screen readers: %1 is FAIL or ERROR, %2 a fixture
    readonly property string seenAloud: qsTr("Acknowledge %1 on %2").arg(root.word).arg(root.fixture)
    //: for screen readers: %1 is a fixture that was stopped
    readonly property string takeUpAloud: qsTr("Take up %1 again").arg(root.fixture)
    //: for screen readers: %1 is a fixture whose board waits for its label
    readonly property string skipAloud: qsTr("No label for the board on %1").arg(root.fixture)

    text: root.plain ? "" : root.open ? root.seen : root.halted ? root.takeUp : root.skip
    fill: root.plain ? "transparent" : Theme.verdictInk
    border: root.plain ? "transparent" : Theme.verdictInk
    ink: root.ground
    Accessible.name: root.open ? root.seenAloud : root.halted ? root.takeUpAloud : root.skipAloud
    onClicked: {
        if (root.open)
            root.acknowledged();
        else if (root.halted)
            root.takenUp();
        else
            root.labelSkipped();
    }
}
