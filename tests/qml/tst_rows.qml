// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Keystamp.Ui

TestCase {
    id: test
    name: "Rows"
    when: windowShown
    width: 200
    height: 200
    visible: true

    component Row: Rectangle {
        width: 10
        height: 10
    }
    RowList {
        id: rows
        width: 100
        height: 100
        model: 3
        delegate: Row {}
    }
    ListView {
        id: qts
        width: 100
        height: 100
        model: 3
        delegate: Row {}
    }

    // what fits a highlight never ends, once it has begun, and paints the page anew all the time
    function test_aListHasNoHighlightToFitToAChangedSize() {
        rows.width = qts.width = 150;
        tryCompare(rows, "count", 3);
        tryVerify(() => qts.highlightItem !== null, 5000, "Qt's own list has one");
        compare(rows.currentIndex, -1);
        compare(rows.highlightItem, null);
    }
}
