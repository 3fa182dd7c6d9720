// SPDX-License-Identifier: Apache-2.0
// A new station is made ready, step by step.
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

Item {
    id: root

    required property FirstRunController controller
    required property ScanTrialController scanTrial
    required property PreflightController preflight
    required property LanguageController language
    required property ScanFilter scanner

    readonly property int step: root.controller.step
    readonly property bool passed: root.controller.outcome === FirstRunController.Passed

    Accessible.role: Accessible.Pane
    //: for screen readers: the pages that make a new station ready
    Accessible.name: qsTr("First run")

    // in an item: a layout would tell the pages beside it how large it wants to be
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        PageHeader {
            Layout.fillWidth: true
            title: root.controller.title
            subtitle: root.controller.place
            returns: root.step !== FirstRunController.Welcome
            mayReturn: root.controller.mayGoBack
            onReturned: root.controller.goBack()

            BigButton {
                Layout.fillHeight: true
                Layout.fillWidth: true
                visible: root.step === FirstRunController.Fixtures
                enabled: !root.preflight.running
                //: button: the fixtures are looked at once more
                text: qsTr("Look again")
                onClicked: root.preflight.runFixtures()
            }
            BigButton {
                Layout.fillHeight: true
                Layout.fillWidth: true
                visible: root.controller.mayEnd
                //: button: the rest of the first run is left out
                text: qsTr("Later")
                onClicked: root.controller.end()
            }
            BigButton {
                Layout.fillHeight: true
                Layout.fillWidth: true
                enabled: root.controller.mayGoOn
                fill: Theme.contrast
                ink: Theme.contrastInk
                text: root.controller.onward
                onClicked: root.controller.goOn()
            }
        }
        Text {
            textFormat: Text.PlainText
            Layout.fillWidth: true
            Layout.margins: 2 * Theme.gap
            Layout.bottomMargin: Theme.gap
            // what is wrong takes its place
            visible: root.controller.outcome !== FirstRunController.Bad
            text: root.controller.words
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        // each has its size while another one is shown
        Item {
            id: area
            Layout.fillWidth: true
            Layout.fillHeight: true

            BigButton {
                anchors.centerIn: parent
                width: 80 * Theme.mm
                visible: root.step === FirstRunController.Welcome
                text: root.language.current
                textSize: Theme.title
                //: for screen readers; %1 is the language spoken now
                Accessible.name: qsTr("Another language than %1").arg(root.language.current)
                onClicked: root.language.next()
            }
            ModeChoice {
                id: choice
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.leftMargin: Theme.gap
                anchors.rightMargin: Theme.gap
                height: visible ? 1.2 * Theme.smallestTarget : 0
                visible: root.step === FirstRunController.TestUnit && !root.passed && root.controller.modes.length > 1
                modes: root.controller.modes
                mode: root.controller.mode
                onChosen: mode => root.controller.mode = mode
            }
            KeyedLines {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: choice.bottom
                anchors.bottom: parent.bottom
                anchors.margins: Theme.gap
                visible: root.controller.lines.length > 0
                wide: root.width > root.height
                lines: root.controller.lines
                at: root.controller.at
                onChosen: line => root.controller.at = line
                onTyped: code => root.controller.key(code)
                onErased: root.controller.eraseLast()
            }
            ScanTrial {
                anchors.fill: parent
                visible: root.step === FirstRunController.Scanner
                inviting: false
                controller: root.scanTrial
                scanner: root.scanner
            }
            CheckList {
                anchors.fill: parent
                visible: root.step === FirstRunController.Fixtures
                controller: root.preflight
            }
        }
        Strip {
            Layout.fillWidth: true
            visible: root.controller.said.length > 0
            text: root.controller.detail.length > 0 ? root.controller.said + "\n" + root.controller.detail : root.controller.said
            fill: root.passed ? Theme.pass : Theme.contrast
            ink: root.passed ? Theme.verdictInk : Theme.contrastInk
            alert: true
        }
    }
}
