// SPDX-License-Identifier: Apache-2.0
// A fixture that waits or works: its name, what to do or what it does, and the steps.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property string fixture
    required property int look
    required property string word
    required property string unit
    required property string board
    required property int steps
    required property string elapsed
    required property string cause
    required property string next
    required property bool selected

    readonly property bool working: root.look === TilesModel.Working
    readonly property bool large: root.height > 90 * Theme.mm
    readonly property bool roomy: root.height > 45 * Theme.mm
    readonly property bool tiny: root.height < 26 * Theme.mm
    readonly property bool refused: root.look === TilesModel.Refused
    readonly property bool quiet: root.look === TilesModel.Empty || root.look === TilesModel.Offline

    spacing: Theme.mm

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        Text {
            textFormat: Text.PlainText
            text: root.fixture
            color: root.quiet ? Theme.muted : Theme.ink
            font.family: Theme.family
            font.bold: true
            font.pixelSize: root.roomy ? Theme.display : Theme.title
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignRight
            text: root.tiny && !root.working ? root.word : root.elapsed
            elide: Text.ElideRight
            color: Theme.muted
            font.family: Theme.family
            font.pixelSize: root.roomy ? Theme.title : Theme.body
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.least
        }
    }
    Item {
        Layout.fillHeight: true
    }
    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        visible: (root.working && !root.tiny || root.refused && root.roomy) && text.length > 0
        text: root.unit
        color: Theme.ink
        font.family: Theme.mono
        font.bold: true
        font.pixelSize: root.large ? 2 * Theme.display : root.roomy ? Theme.display : Theme.body
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.small
        elide: Text.ElideMiddle
    }
    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        visible: root.working || !root.tiny
        text: root.word
        color: root.quiet && !root.selected ? Theme.muted : Theme.ink
        font.family: Theme.family
        font.bold: !root.working && !root.quiet
        font.pixelSize: root.large ? 1.4 * Theme.display : root.roomy ? Theme.title : Theme.body
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.least
        elide: Text.ElideRight
    }
    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        visible: root.cause.length > 0 && !root.tiny
        text: root.roomy ? root.cause + ". " + root.next : root.cause + "."
        color: root.refused ? Theme.ink : Theme.muted
        font.family: Theme.family
        font.pixelSize: root.large ? Theme.title : root.roomy ? Theme.body : Theme.small
        wrapMode: Text.Wrap
        maximumLineCount: root.roomy ? 3 : 2
        elide: Text.ElideRight
    }
    Text {
        textFormat: Text.PlainText
        Layout.fillWidth: true
        visible: root.roomy && !root.refused && root.board.length > 0
        //: %1 is the unique number of the board's chip
        text: qsTr("Board %1").arg(root.board)
        color: Theme.muted
        font.family: Theme.mono
        font.pixelSize: Theme.small
        elide: Text.ElideMiddle
    }
    Item {
        Layout.fillHeight: true
    }
    StepTrack {
        Layout.fillWidth: true
        Layout.preferredHeight: (root.large ? 12 : root.roomy ? 5 : 3) * Theme.mm + (named ? 1.5 * Theme.body : 0)
        named: root.roomy && root.width > 130 * Theme.mm
        opacity: root.working ? 1 : 0.5
        visible: root.working || root.roomy && !root.refused
        steps: root.working ? root.steps : 0
        working: root.working
    }
}
