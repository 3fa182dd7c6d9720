// SPDX-License-Identifier: Apache-2.0
// A place for one page, which is read and made with its first showing and kept from then on: a start reads and makes only what it shows.
import QtQuick
import Keystamp.ViewModel

Loader {
    id: root

    required property KioskController kiosk
    /// A file of places/, by its name alone: a type that was named here would be read at the start.
    required property string place
    required property bool shown

    function make(): void {
        if (root.shown && root.kiosk && root.status === Loader.Null)
            root.setSource(Qt.resolvedUrl("../places/" + root.place + ".qml"), {
                "kiosk": root.kiosk
            });
    }
    onShownChanged: root.make()
    Component.onCompleted: root.make()
}
