// SPDX-License-Identifier: Apache-2.0
// Every colour, size and typeface there is. Calm grey; colour is for verdicts. Sizes are in millimetres of the real screen.
pragma Singleton
import QtQuick

QtObject {
    property bool dark: false
    property real mm: 96 / 25.4

    readonly property color background: dark ? "#1d2125" : "#e7eaed"
    readonly property color surface: dark ? "#2b3036" : "#ffffff"
    readonly property color sunken: dark ? "#24292e" : "#dde1e5"
    readonly property color outline: dark ? "#4a525a" : "#bcc4cb"
    readonly property color ink: dark ? "#f2f4f6" : "#16191d"
    readonly property color muted: dark ? "#b3bbc3" : "#505962"
    readonly property color pressed: dark ? "#3d444b" : "#cfd5da"
    /// The reverse of the page: strips and refusals that must be seen and are no verdict.
    readonly property color contrast: dark ? "#f2f4f6" : "#16191d"
    readonly property color contrastInk: dark ? "#16191d" : "#ffffff"
    readonly property color selected: dark ? "#56b4e9" : "#0072b2"

    // Verdicts, the same in light and dark: told apart by people who see no red or green too (Okabe and Ito), 5.4:1 and
    // more under black text.
    readonly property color pass: "#009e73"
    readonly property color fail: "#d55e00"
    readonly property color error: "#f0e442"
    readonly property color stopped: "#b4bac0"
    readonly property color verdictInk: "#000000"

    readonly property real gap: 3 * mm
    readonly property real radius: 2 * mm
    /// What a gloved hand hits at once, and what it hits at all.
    readonly property real primaryTarget: 20 * mm
    readonly property real smallestTarget: 10 * mm

    /// The least that can be read; what gives way to a long word in a small tile.
    readonly property real least: 2.4 * mm
    readonly property real small: 3.7 * mm
    readonly property real body: 4.8 * mm
    readonly property real title: 7 * mm
    readonly property real display: 11 * mm
    readonly property string family: "DejaVu Sans"
    readonly property string mono: "DejaVu Sans Mono"
    readonly property int quick: 150
}
