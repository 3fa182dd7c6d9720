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
            id: mark
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
        PersonBar {
            Layout.fillWidth: true
            visible: root.kiosk.person.name.length > 0
            person: root.kiosk.person
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
            id: pages
            // A page that was never shown has no size, and one that gets it with the first look at it is laid out for what it had before.
            function sizePages(): void {
                for (let i = 0; i < pages.count; ++i) {
                    pages.children[i].width = pages.width;
                    pages.children[i].height = pages.height;
                }
            }
            onWidthChanged: pages.sizePages()
            onHeightChanged: pages.sizePages()
            Layout.fillWidth: true
            Layout.fillHeight: true
            // what is left, whatever a page would like that is not shown
            Layout.minimumHeight: 0
            // in the order of KioskController's pages
            currentIndex: root.kiosk.page

            // Not bound components, although `root` is this file's: Qt 6.4 takes them in the first engine of a process alone, and the self-test
            // has two.
            // qmllint disable unqualified
            PageLoader {
                sourceComponent: StartPage {
                    station: root.kiosk.station
                    onPreflightWanted: root.kiosk.openPreflight()
                }
            }
            PageLoader {
                sourceComponent: PinPage {
                    station: root.kiosk.station
                    pin: root.kiosk.pin
                }
            }
            PageLoader {
                sourceComponent: BatchesPage {
                    station: root.kiosk.station
                    controller: root.kiosk.batches
                    scanner: root.kiosk.scanner
                    person: root.kiosk.person
                    mayOpen: root.kiosk.newBatch.mayOpen
                    onMenuWanted: root.kiosk.openMenu()
                    onNewWanted: root.kiosk.openNewBatch()
                }
            }
            PageLoader {
                sourceComponent: LinePage {
                    controller: root.kiosk.line
                    scanner: root.kiosk.scanner
                }
            }
            PageLoader {
                sourceComponent: PreflightPage {
                    controller: root.kiosk.preflight
                    stationName: root.kiosk.station.name
                    onReturned: root.kiosk.back()
                }
            }
            PageLoader {
                sourceComponent: UnitPage {
                    controller: root.kiosk.unit
                    act: root.kiosk.unitAct
                    scanner: root.kiosk.scanner
                    onReturned: root.kiosk.back()
                }
            }
            PageLoader {
                sourceComponent: FiguresPage {
                    controller: root.kiosk.figures
                    stationName: root.kiosk.station.name
                    onReturned: root.kiosk.back()
                }
            }
            PageLoader {
                sourceComponent: BatchPage {
                    controller: root.kiosk.batch
                    media: root.kiosk.media
                    extension: root.kiosk.extension
                    onFiguresWanted: root.kiosk.openBatchFigures()
                    onReturned: root.kiosk.back()
                }
            }
            PageLoader {
                sourceComponent: MenuPage {
                    stationName: root.kiosk.station.name
                    language: root.kiosk.language
                    onReturned: root.kiosk.back()
                    onPreflightWanted: root.kiosk.openPreflight()
                    onUnitWanted: root.kiosk.openUnit()
                    onFiguresWanted: root.kiosk.openFigures()
                    onAuditWanted: root.kiosk.openAudit()
                    onScanWanted: root.kiosk.openScan()
                    mayCa: root.kiosk.ca.mayOpen
                    onCaWanted: root.kiosk.openCa()
                }
            }
            PageLoader {
                sourceComponent: AuditPage {
                    controller: root.kiosk.audit
                    media: root.kiosk.media
                    scanner: root.kiosk.scanner
                    onReturned: root.kiosk.back()
                }
            }
            PageLoader {
                sourceComponent: LockPage {
                    person: root.kiosk.person
                    language: root.kiosk.language
                    stationName: root.kiosk.station.name
                }
            }
            PageLoader {
                sourceComponent: ScanPage {
                    controller: root.kiosk.scanTrial
                    scanner: root.kiosk.scanner
                    onReturned: root.kiosk.back()
                }
            }
            PageLoader {
                sourceComponent: NewBatchPage {
                    controller: root.kiosk.newBatch
                    media: root.kiosk.media
                    scanner: root.kiosk.scanner
                    onReturned: root.kiosk.back()
                }
            }
            PageLoader {
                sourceComponent: CaPage {
                    controller: root.kiosk.ca
                    media: root.kiosk.media
                    scanner: root.kiosk.scanner
                    onReturned: root.kiosk.back()
                }
            }
            PageLoader {
                sourceComponent: FirstRunPage {
                    controller: root.kiosk.firstRun
                    scanTrial: root.kiosk.scanTrial
                    preflight: root.kiosk.preflight
                    language: root.kiosk.language
                    scanner: root.kiosk.scanner
                }
            }
            // qmllint enable unqualified
        }
    }
    // over all but the mark of a demo
    AuthorityPad {
        anchors.fill: parent
        anchors.topMargin: mark.visible ? mark.height : 0
        visible: root.kiosk.authority.asking
        authority: root.kiosk.authority
    }
}
