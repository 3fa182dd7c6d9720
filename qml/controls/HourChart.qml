// SPDX-License-Identifier: Apache-2.0
// Units an hour, or a day: a column each, across them lines at round numbers.
pragma ComponentBehavior: Bound
import QtQuick
import Keystamp.Ui
import Keystamp.ViewModel

Rectangle {
    id: root

    required property FiguresController controller

    radius: Theme.radius
    color: Theme.surface
    Accessible.role: Accessible.Chart
    Accessible.name: heading.text

    Text {
        id: heading
        textFormat: Text.PlainText
        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.gap
        //: heading of a chart
        readonly property string perHour: qsTr("Units per hour")
        //: heading of a chart
        readonly property string perDay: qsTr("Units per day")
        text: root.controller.byDay ? perDay : perHour
        color: Theme.muted
        font.family: Theme.family
        font.pixelSize: Theme.small
    }
    Text {
        id: widest
        textFormat: Text.PlainText
        visible: false
        text: root.controller.ticks.length > 0 ? root.controller.ticks[root.controller.ticks.length - 1].label : ""
        font.family: Theme.family
        font.pixelSize: Theme.small
    }
    Text {
        id: hour
        textFormat: Text.PlainText
        visible: false
        text: "00:00 "
        font.family: Theme.family
        font.pixelSize: Theme.small
    }
    Item {
        id: chart
        anchors.top: heading.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: 1.5 * Theme.gap + widest.implicitWidth
        anchors.rightMargin: Theme.gap
        // the highest column's number, and the hours below
        anchors.topMargin: 1.6 * Theme.small
        anchors.bottomMargin: Theme.gap + Theme.mm + hour.implicitHeight

        readonly property int columns: root.controller.hours.length
        readonly property real step: Math.min(20 * Theme.mm, chart.width / Math.max(1, chart.columns))

        Repeater {
            model: root.controller.ticks

            Item {
                id: tick

                required property var modelData

                y: chart.height * (1 - tick.modelData.share)
                width: chart.width

                Rectangle {
                    width: parent.width
                    height: 1
                    color: Theme.outline
                }
                Text {
                    textFormat: Text.PlainText
                    anchors.right: parent.left
                    anchors.rightMargin: Theme.gap / 2
                    anchors.verticalCenter: parent.top
                    text: tick.modelData.label
                    color: Theme.muted
                    font.family: Theme.family
                    font.pixelSize: Theme.small
                }
            }
        }
        Rectangle {
            y: chart.height
            width: chart.width
            height: 1
            color: Theme.muted
        }
        Row {
            Repeater {
                model: root.controller.hours

                HourBar {
                    required property var modelData
                    required property int index
                    width: chart.step
                    height: chart.height
                    label: modelData.label
                    recorded: modelData.recorded
                    failed: modelData.failed
                    share: modelData.share
                    failedShare: modelData.failedShare
                    labelled: index % Math.ceil(hour.implicitWidth / chart.step) === 0
                }
            }
        }
    }
}
