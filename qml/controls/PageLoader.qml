// SPDX-License-Identifier: Apache-2.0
// A page in a StackLayout that is made with its first showing and kept from then on: a start makes only what it shows.
import QtQuick
import QtQuick.Layouts

Loader {
    id: root

    readonly property bool shown: StackLayout.isCurrentItem

    active: false
    onShownChanged: root.active = true
}
