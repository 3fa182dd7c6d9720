// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Window
import Keystamp.Ui
import Keystamp.ViewModel

Window {
    id: root

    required property KioskController kiosk
    required property bool dark

    width: 1280
    height: 800
    color: Theme.background
    //: title of the window; %1 is the station's name
    title: qsTr("Keystamp %1").arg(root.kiosk.station.name)

    Binding {
        target: Theme
        property: "dark"
        value: root.dark
    }
    Binding {
        target: Theme
        property: "mm"
        value: root.kiosk.pixelsPerMm
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Strip {
            Layout.fillWidth: true
            visible: root.kiosk.station.demo
            //: permanent mark while the HSM token is a throw-away one
            text: qsTr("DEMO  ·  nothing made here is for sale")
            fill: Theme.contrast
            ink: Theme.contrastInk
        }
        Strip {
            Layout.fillWidth: true
            visible: root.kiosk.station.signerTrouble.length > 0
            text: root.kiosk.station.signerTrouble
            fill: Theme.error
            ink: Theme.verdictInk
            alert: true
        }
        Strip {
            Layout.fillWidth: true
            visible: root.kiosk.labels.trouble.length > 0
            text: root.kiosk.labels.trouble
            fill: Theme.error
            ink: Theme.verdictInk
            alert: true
        }
        Strip {
            Layout.fillWidth: true
            visible: root.kiosk.labels.twice.length > 0
            text: root.kiosk.labels.twice
            fill: Theme.contrast
            ink: Theme.contrastInk
            alert: true
        }
        StackLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            // in the order of KioskController's pages
            currentIndex: root.kiosk.page

            StartPage {
                station: root.kiosk.station
                onPreflightWanted: root.kiosk.openPreflight()
            }
            PinPage {
                station: root.kiosk.station
                pin: root.kiosk.pin
            }
            BatchesPage {
                station: root.kiosk.station
                controller: root.kiosk.batches
                scanner: root.kiosk.scanner
                language: root.kiosk.language
                onPreflightWanted: root.kiosk.openPreflight()
                onUnitWanted: root.kiosk.openUnit()
                onFiguresWanted: root.kiosk.openFigures()
            }
            LinePage {
                controller: root.kiosk.line
                scanner: root.kiosk.scanner
            }
            PreflightPage {
                controller: root.kiosk.preflight
                stationName: root.kiosk.station.name
                onReturned: root.kiosk.back()
            }
            UnitPage {
                controller: root.kiosk.unit
                scanner: root.kiosk.scanner
                onReturned: root.kiosk.back()
            }
            FiguresPage {
                controller: root.kiosk.figures
                stationName: root.kiosk.station.name
                onReturned: root.kiosk.back()
            }
        }
    }
}
