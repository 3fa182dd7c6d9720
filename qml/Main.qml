// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
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
                for (let i = 0; i < places.count; ++i) {
                    const place = places.itemAt(i);
                    if (place) {
                        place.width = pages.width;
                        place.height = pages.height;
                    }
                }
            }
            onWidthChanged: pages.sizePages()
            onHeightChanged: pages.sizePages()
            Layout.fillWidth: true
            Layout.fillHeight: true
            // what is left, whatever a page would like that is not shown
            Layout.minimumHeight: 0
            currentIndex: root.kiosk.page

            Repeater {
                id: places
                // in the order of KioskController's pages
                model: [
                    "StartPlace", "PinPlace", "BatchesPlace", "LinePlace", "PreflightPlace", "UnitPlace", "FiguresPlace",
                    "BatchPlace", "MenuPlace", "AuditPlace", "LockPlace", "ScanPlace", "NewBatchPlace", "CaPlace",
                    "FirstRunPlace"
                ]

                PageLoader {
                    required property int index
                    required property string modelData

                    kiosk: root.kiosk
                    place: modelData
                    shown: root.kiosk.page === index
                }
            }
        }
    }
    // over all but the mark of a demo
    PageLoader {
        anchors.fill: parent
        anchors.topMargin: mark.visible ? mark.height : 0
        visible: root.kiosk.authority.asking
        kiosk: root.kiosk
        place: "AuthorityPlace"
        shown: visible
    }
}
