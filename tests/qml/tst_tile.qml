// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Keystamp.Ui
import Keystamp.ViewModel

Item {
    id: stage

    width: 1200
    height: 800

    Component {
        id: component

        FixtureTile {
            fixture: "F1"
            look: TilesModel.Empty
            judged: false
            word: ""
            unit: ""
            board: ""
            steps: 0
            elapsed: ""
            cause: ""
            next: ""
            detail: ""
            selected: false
            open: false
            halted: false
            label: false
        }
    }
    SignalSpy {
        id: acknowledged
        signalName: "acknowledged"
    }
    SignalSpy {
        id: takenUp
        signalName: "takenUp"
    }

    SignalSpy {
        id: labelSkipped
        signalName: "labelSkipped"
    }

    TestCase {
        name: "FixtureTile"
        when: windowShown

        function make(properties) {
            return createTemporaryObject(component, stage, properties);
        }
        // every text that stands on the screen, and every button
        function shown(item, has) {
            let found = [];
            if (!item.visible)
                return found;
            if (item[has] !== undefined)
                found.push(item);
            for (let n = 0; n < item.children.length; ++n)
                found = found.concat(shown(item.children[n], has));
            return found;
        }
        function words(item) {
            return shown(item, "text").map(t => t.text);
        }

        function test_aVerdictFillsItsTileWithItsColourAndWord_data() {
            return [{
                    tag: "PASS",
                    look: TilesModel.Pass,
                    colour: "#009e73"
                }, {
                    tag: "FAIL",
                    look: TilesModel.Fail,
                    colour: "#d55e00"
                }, {
                    tag: "ERROR",
                    look: TilesModel.Error,
                    colour: "#f0e442"
                }];
        }
        function test_aVerdictFillsItsTileWithItsColourAndWord(data) {
            // one tile alone, four, sixteen, and sixteen on a small dense screen
            for (const size of [[1200, 600], [620, 290], [305, 145], [200, 80]]) {
                const tile = make({
                    width: size[0],
                    height: size[1],
                    look: data.look,
                    judged: true,
                    word: data.tag,
                    unit: "acme-000123",
                    cause: "The board could not prove its credential",
                    next: "Set the board aside as bad.",
                    open: data.look !== TilesModel.Pass
                });
                compare(tile.color, data.colour);
                const word = shown(tile, "text").find(t => t.text === data.tag);
                verify(word !== undefined, "the word is there at " + size);
                verify(word.height >= Theme.body, "the word is no smaller than other text at " + size + ": " + word.height);
                // rows are laid out before the next frame
                tryVerify(() => {
                    const left = word.mapToItem(tile, 0, 0).x;
                    return left >= 0 && left + word.width <= tile.width + 1;
                }, 5000, "the word is whole at " + size);
            }
        }
        function test_workIsGreyAndShowsNoVerdict() {
            const tile = make({
                width: 620,
                height: 290,
                look: TilesModel.Working,
                word: "Writing to the board",
                unit: "acme-000123",
                steps: 3
            });
            compare(tile.color, Theme.surface);
            const all = words(tile);
            verify(all.includes("Writing to the board"));
            verify(all.includes("acme-000123"));
            verify(!all.includes("PASS"));
        }
        function test_whatIsScannedIsTextAndNoMarkup() {
            const scanned = "<h1><font color=\"#009e73\">PASS</font></h1>";
            for (const look of [TilesModel.Working, TilesModel.Fail]) {
                const tile = make({
                    width: 1200,
                    height: 600,
                    look: look,
                    judged: look === TilesModel.Fail,
                    word: "FAIL",
                    unit: scanned,
                    detail: scanned
                });
                const all = shown(tile, "text");
                verify(all.some(t => t.text === scanned), "the scan is there as it came");
                for (const text of all.filter(t => t.textFormat !== undefined))
                    compare(text.textFormat, Text.PlainText, text.text);
            }
        }
        function sizes() {
            return [{
                    tag: "large",
                    width: 1200,
                    height: 600
                }, {
                    tag: "medium",
                    width: 300,
                    height: 280
                }, {
                    tag: "small",
                    width: 305,
                    height: 145
                }, {
                    tag: "tiny",
                    width: 200,
                    height: 80
                }];
        }
        function test_aFailIsAcknowledgedByAButtonThatAGlovedHandHits_data() {
            return sizes();
        }
        function test_aFailIsAcknowledgedByAButtonThatAGlovedHandHits(data) {
            const tile = make({
                width: data.width,
                height: data.height,
                look: TilesModel.Fail,
                judged: true,
                word: "FAIL",
                open: true
            });
            const buttons = shown(tile, "down");
            compare(buttons.length, 1);
            verify(buttons[0].width >= Theme.primaryTarget);
            verify(buttons[0].height >= Math.min(Theme.primaryTarget, 0.8 * tile.height));
            acknowledged.target = tile;
            acknowledged.clear();
            mouseClick(buttons[0]);
            compare(acknowledged.count, 1);
            tile.open = false;
            compare(shown(tile, "down").length, 0);
            verify(words(tile).includes("FAIL"), "the verdict stays");
        }
        function test_aPassWhoseLabelIsAwaitedHasAButtonThatSkipsItAndNothingElse_data() {
            return sizes();
        }
        function test_aPassWhoseLabelIsAwaitedHasAButtonThatSkipsItAndNothingElse(data) {
            const tile = make({
                width: data.width,
                height: data.height,
                look: TilesModel.Pass,
                judged: true,
                word: "PASS",
                cause: "Put the label on and scan it",
                label: true
            });
            labelSkipped.target = tile;
            labelSkipped.clear();
            acknowledged.target = tile;
            acknowledged.clear();
            const buttons = shown(tile, "down");
            compare(buttons.length, 1);
            verify(buttons[0].width >= Theme.primaryTarget);
            mouseClick(buttons[0]);
            compare([labelSkipped.count, acknowledged.count], [1, 0]);
            tile.label = false;
            compare(shown(tile, "down").length, 0);
        }
        function test_aStoppedFixtureIsTakenUpAgainOnceItsLastBoardWasSeen_data() {
            return sizes();
        }
        function test_aStoppedFixtureIsTakenUpAgainOnceItsLastBoardWasSeen(data) {
            const tile = make({
                width: data.width,
                height: data.height,
                look: TilesModel.Fail,
                judged: true,
                word: "FAIL",
                open: true,
                halted: true
            });
            takenUp.target = tile;
            takenUp.clear();
            acknowledged.target = tile;
            acknowledged.clear();
            mouseClick(shown(tile, "down")[0]);
            compare([acknowledged.count, takenUp.count], [1, 0]);
            tile.open = false;
            const buttons = shown(tile, "down");
            compare(buttons.length, 1);
            verify(buttons[0].width >= Theme.primaryTarget);
            mouseClick(buttons[0]);
            compare([acknowledged.count, takenUp.count], [1, 1]);
            tile.halted = false;
            compare(shown(tile, "down").length, 0);
        }
    }
}
