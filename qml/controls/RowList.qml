// SPDX-License-Identifier: Apache-2.0
// A list to look through, with rows but no current one: Qt would fit a highlight to that with each change of the list's size, and never be done,
// so that the page was painted anew sixty times a second.
import QtQuick

ListView {
    currentIndex: -1
}
