// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Keystamp.Ui

TestCase {
    name: "Theme"

    function channel(c: real): real {
        return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    // WCAG 2 contrast
    function luminance(c: color): real {
        return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
    }
    function contrast(a: color, b: color): real {
        const x = luminance(a);
        const y = luminance(b);
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    }

    function test_textsCanBeReadOnTheirGrounds_data() {
        return [{
                tag: "light",
                dark: false
            }, {
                tag: "dark",
                dark: true
            }];
    }
    function test_textsCanBeReadOnTheirGrounds(data) {
        Theme.dark = data.dark;
        for (const ground of [Theme.background, Theme.surface, Theme.sunken, Theme.pressed])
            verify(contrast(Theme.ink, ground) >= 7, "ink on " + ground);
        for (const ground of [Theme.background, Theme.surface, Theme.sunken])
            verify(contrast(Theme.muted, ground) >= 4.5, "muted on " + ground);
        verify(contrast(Theme.contrastInk, Theme.contrast) >= 7);
        for (const ground of [Theme.pass, Theme.fail, Theme.error, Theme.stopped])
            verify(contrast(Theme.verdictInk, ground) >= 4.5, "a verdict on " + ground);
        Theme.dark = false;
    }
    function test_targetsAreWhatAGlovedHandHits() {
        compare(Theme.primaryTarget, 20 * Theme.mm);
        verify(Theme.smallestTarget >= 10 * Theme.mm);
    }
}
