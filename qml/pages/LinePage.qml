// SPDX-License-Identifier: Apache-2.0
// Where boards are made: one tile a fixture, 1 to 16.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Keystamp.Ui
import Keystamp.ViewModel

ColumnLayout {
    id: root

    required property LineController controller
    required property ScanFilter scanner

    spacing: 0
    Accessible.role: Accessible.Pane
    //: for screen readers: the page of the fixtures
    Accessible.name: qsTr("Fixtures")

    LineHeader {
        Layout.fillWidth: true
        controller: root.controller
    }
    Item {
        id: grid

        readonly property int count: root.controller.tiles.count
        readonly property int columns: grid.best()
        readonly property int rows: Math.ceil(grid.count / grid.columns)
        readonly property real cellWidth: (grid.width - Theme.gap) / grid.columns
        readonly property real cellHeight: (grid.height - Theme.gap) / grid.rows

        /// The number of columns that makes the largest tiles of about three to two, with few places left empty.
        function best(): int {
            let columns = 1;
            let most = 0;
            for (let c = 1; c <= grid.count; ++c) {
                const r = Math.ceil(grid.count / c);
                const size = Math.min(grid.width / c / 1.5, grid.height / r) * grid.count / (c * r);
                if (size > most) {
                    most = size;
                    columns = c;
                }
            }
            return columns;
        }

        Layout.fillWidth: true
        Layout.fillHeight: true

        Repeater {
            model: root.controller.tiles

            FixtureTile {
                id: tile

                required property int index

                x: Theme.gap + (tile.index % grid.columns) * grid.cellWidth
                y: Theme.gap + Math.floor(tile.index / grid.columns) * grid.cellHeight
                width: grid.cellWidth - Theme.gap
                height: grid.cellHeight - Theme.gap
                onAcknowledged: root.controller.acknowledge(tile.fixture)
                onTakenUp: root.controller.takeUpAgain(tile.fixture)
                onLabelSkipped: root.controller.skipLabel(tile.fixture)
            }
        }
    }
    AnswerBar {
        Layout.fillWidth: true
        controller: root.controller
        scanner: root.scanner
    }
}
