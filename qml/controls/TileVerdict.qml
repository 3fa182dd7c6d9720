// SPDX-License-Identifier: Apache-2.0
// A verdict: colour of the whole tile, shape, word. It stays until the next scan; FAIL and ERROR until they are acknowledged too.
// Sizes are worked out here, not by layouts, so that the word always gets what the rest leaves.
import QtQuick
import Keystamp.Ui

Item {
    id: root

    required property string fixture
    required property int look
    required property color ground
    required property string word
    required property string unit
    required property string elapsed
    required property string cause
    required property string next
    required property string detail
    required property bool open
    required property bool halted
    required property bool label

    signal acknowledged
    signal takenUp
    signal labelSkipped

    readonly property bool large: root.height > 90 * Theme.mm
    readonly property bool small: root.height < 45 * Theme.mm
    readonly property bool tiny: root.height < 26 * Theme.mm
    readonly property bool beside: root.small || root.width > 1.6 * root.height
    /// In the smallest tiles the button is the tile itself: there is no room for the word beside one.
    readonly property bool asks: root.open || root.halted || root.label
    readonly property bool split: root.asks && !root.tiny
    readonly property real buttonWidth: root.tiny ? root.width : root.beside ? Math.max(Theme.primaryTarget, root.width * 0.2) : root.width
    readonly property real textSize: root.large ? Theme.title : root.small ? Theme.small : Theme.body

    TextMetrics {
        id: measure
        text: root.word
        font.family: Theme.family
        font.bold: true
        font.pixelSize: 100
    }
    Item {
        id: content

        width: root.split && root.beside ? root.width - root.buttonWidth - Theme.gap : root.width
        height: root.split && !root.beside ? root.height - button.height - Theme.gap : root.height

        Text {
            id: name
            textFormat: Text.PlainText
            text: root.fixture
            color: Theme.verdictInk
            font.family: Theme.family
            font.bold: true
            font.pixelSize: root.large ? Theme.display : Theme.title
        }
        Text {
            textFormat: Text.PlainText
            anchors.right: parent.right
            anchors.left: name.right
            anchors.leftMargin: Theme.gap
            anchors.baseline: name.baseline
            visible: !root.tiny
            horizontalAlignment: Text.AlignRight
            text: root.large ? root.elapsed : root.unit
            color: Theme.verdictInk
            font.family: root.large ? Theme.family : Theme.mono
            font.bold: !root.large
            font.pixelSize: root.textSize
            elide: Text.ElideMiddle
        }
        Item {
            id: middle

            anchors.top: root.tiny ? content.top : name.bottom
            anchors.bottom: explanation.top
            anchors.left: root.tiny ? name.right : content.left
            anchors.right: content.right

            Row {
                id: verdict

                readonly property real size: Math.max(1, Math.min(middle.height * 0.85, middle.width * 0.96 / (1.3 + measure.advanceWidth / 100), 70 * Theme.mm))

                anchors.centerIn: parent
                spacing: verdict.size * 0.25

                VerdictMark {
                    anchors.verticalCenter: parent.verticalCenter
                    width: verdict.size
                    height: verdict.size
                    look: root.look
                    ground: root.ground
                }
                Text {
                    textFormat: Text.PlainText
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.word
                    color: Theme.verdictInk
                    font.family: Theme.family
                    font.bold: true
                    font.pixelSize: verdict.size
                }
            }
        }
        Column {
            id: explanation

            anchors.bottom: parent.bottom
            width: parent.width
            spacing: Theme.mm

            Text {
                textFormat: Text.PlainText
                width: parent.width
                visible: root.large && text.length > 0
                text: root.unit
                color: Theme.verdictInk
                font.family: Theme.mono
                font.bold: true
                font.pixelSize: Theme.display
                horizontalAlignment: Text.AlignHCenter
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.body
                elide: Text.ElideMiddle
            }
            Text {
                id: reason
                textFormat: Text.PlainText
                width: parent.width
                visible: root.tiny ? root.asks : root.cause.length > 0
                //: on a small tile that is a button: a person has seen the FAIL or ERROR
                readonly property string whenSeen: qsTr("Touch when seen")
                //: on a small tile that is a button: the fixture was stopped, a person has looked after it
                readonly property string whenMended: qsTr("Touch when mended")
                //: on a small tile that is a button: the board's label is to be scanned; touching says that it gets none
                readonly property string whenLabelled: qsTr("Scan its label; touch: none")
                text: root.tiny ? root.open ? whenSeen : root.halted ? whenMended : whenLabelled : root.small ? root.cause + "." : root.cause + ". " + root.next
                color: Theme.verdictInk
                font.family: Theme.family
                font.pixelSize: root.textSize
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.least
                height: lines * 1.3 * root.textSize
                readonly property int lines: Math.min(root.small ? 3 : 4, Math.ceil(1.15 * sentence.advanceWidth / Math.max(1, width)))

                TextMetrics {
                    id: sentence
                    text: reason.text
                    font.family: Theme.family
                    font.pixelSize: root.textSize
                }
            }
            Text {
                textFormat: Text.PlainText
                width: parent.width
                visible: root.large && text.length > 0
                text: root.detail
                color: Theme.verdictInk
                font.family: Theme.mono
                font.pixelSize: Theme.small
                horizontalAlignment: Text.AlignHCenter
                elide: Text.ElideRight
            }
        }
    }
    VerdictButton {
        id: button

        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: root.buttonWidth
        height: root.beside ? root.height : Theme.primaryTarget
        visible: root.asks
        fixture: root.fixture
        word: root.word
        ground: root.ground
        open: root.open
        halted: root.halted
        plain: root.tiny
        textSize: root.large ? Theme.title : Theme.body
        onAcknowledged: root.acknowledged()
        onTakenUp: root.takenUp()
        onLabelSkipped: root.labelSkipped()
    }
}
