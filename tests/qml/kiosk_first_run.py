#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A new station's first run, in a real window: from a ledger without a supervisor by all steps to a test unit's PASS. A badge that cannot be one
is refused, one that was read wrongly is scanned anew. Afterwards nobody is enrolled as the first one, and the kiosk begins as ever.

Real token, signer, virtual boards and journal; badges, labels and passphrases are typed by xdotool. --pictures DIR keeps the pictures."""

import contextlib
import pathlib
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "support")]
from kiosk_shift import HEIGHT, PASS, Kiosk, begin, main_of, signed, until  # noqa: E402
from signer_line import Line  # noqa: E402
from support.station import Station  # noqa: E402

NAME, PASSPHRASE = "christiane", "an unlikely goose"
MISREAD, BADGE = "BADGE'0001", "BADGE-0001"  # as an Italian or Spanish keyboard gives it, and as it is
TEST_CODE = "KEYSTAMP-yzaqwm/;:_@1"
BAR = 38                 # as high is the bar of who is logged in
GO_ON = (1242, 40)       # at the right of a step's head, above its text
BACK = (64, 64 + BAR)
PERSON = (700, 44)
INK, SURFACE, SELECTED = "16191D", "FFFFFF", "#0072B2"


def make_new(station):
    """As it is before anybody has begun with it: no ledger, and no demo's supervisor in the configuration."""
    text = station.config.read_text()
    station.config.write_text(text.replace('passphrase_file = "supervisor.pass"\n', ""))
    for file in (station.folder / "data").iterdir():
        file.unlink()


class FirstRun(Kiosk):
    def logged_in(self):
        return self.colour_at(*PERSON) == "DDE1E5"

    def below(self):
        return BAR if self.logged_in() else 0

    def may_go_on(self):
        return self.colour_at(GO_ON[0], GO_ON[1] + self.below()) == INK

    def go_on(self):
        self.touch(GO_ON[0], GO_ON[1] + self.below())

    def writes(self):
        """There is a line to be written to."""
        return self.share(SELECTED) > 0.0005

    def strip(self):
        """The colour of what stands at the bottom."""
        return self.colour_at(20, HEIGHT - 4)

    def bar(self):
        """The pixels of the bar of who is logged in."""
        return self.call("convert", str(self.look("look")), "-crop", f"1000x{BAR - 8}+20+30", "-format", "%#", "info:")


def begins_as_ever(end, station, pictures):
    """A kiosk that starts anew: its supervisor logs in by badge and passphrase."""
    kiosk = FirstRun(station, pictures)
    end.callback(kiosk.close)
    kiosk.focus()
    until("the head of a page is there", lambda: kiosk.colour_at(PERSON[0], 40) == SURFACE)
    kiosk.look("54-anew")
    kiosk.scan(BADGE)
    until("the passphrase is asked for", lambda: kiosk.colour_at(PERSON[0], 40) != SURFACE)
    kiosk.scan(PASSPHRASE)
    until("the supervisor is logged in", kiosk.logged_in)


def first_run(pictures):
    with Station(fixtures=1) as station, contextlib.ExitStack() as end:
        station.start_boards()
        make_new(station)
        kiosk = begin(end, station, pictures, lambda: (
            station.journal("SELECT name, role, removed_at FROM person"), station.journal("SELECT scan, verdict, reason, detail, who FROM job"),
            station.ledger("SELECT supervisor, act, about FROM act")), window=FirstRun)

        acts = lambda: [act for act, in station.ledger("SELECT act FROM act WHERE supervisor <> '' ORDER BY n")]
        present = lambda: station.journal("SELECT name, role FROM person WHERE removed_at IS NULL")
        asked = lambda: not kiosk.may_go_on() and not kiosk.logged_in()

        until("the first step is there", kiosk.may_go_on)
        kiosk.look("40-welcome")
        kiosk.go_on()

        # ---- the supervisor: a badge that cannot be one is refused before a passphrase is asked for
        until("a name is wanted", kiosk.writes)
        kiosk.scan(NAME)
        kiosk.scan("BAD")
        kiosk.go_on()
        until("a short badge is refused", lambda: kiosk.strip() == INK)
        kiosk.look("41-refused")
        assert not present() and not acts()
        kiosk.scan(MISREAD)
        until("the trouble is over", lambda: kiosk.strip() != INK)
        kiosk.go_on()
        until("a passphrase is asked for", asked)
        kiosk.look("42-passphrase")
        kiosk.scan(PASSPHRASE)
        kiosk.look("43-once-more")
        kiosk.scan("an unlikely gosse")
        kiosk.look("44-they-differ")
        assert not acts()
        kiosk.scan(PASSPHRASE)
        kiosk.scan(PASSPHRASE)
        until("the supervisor is enrolled and logged in", lambda: present() == [(NAME, "supervisor")] and kiosk.logged_in())
        assert acts() == ["enrol", "person-add", "person-login"], acts()

        # ---- the scanner: the test code is right, but the badge is not the one that was enrolled, and is scanned anew
        until("the scanner's step is there", lambda: kiosk.may_go_on() and not kiosk.writes())
        kiosk.scan(TEST_CODE.swapcase())
        until("Caps Lock is found", lambda: kiosk.strip() == INK)
        kiosk.scan(TEST_CODE)
        until("the test code is right", lambda: kiosk.strip() == SURFACE)
        kiosk.look("45-test-code")
        before = kiosk.bar()
        kiosk.scan(BADGE)
        kiosk.look("46-another-badge")
        assert kiosk.bar() == before
        kiosk.touch(*BACK)
        until("a badge is wanted", kiosk.writes)
        kiosk.scan(BADGE)
        kiosk.look("47-scanned-anew")
        kiosk.go_on()
        until("the passphrase is asked for", asked)
        kiosk.scan(PASSPHRASE)
        until("the badge is another one", lambda: acts()[-2:] == ["person-remove", "person-add"] and kiosk.logged_in() and not kiosk.writes())
        assert present() == [(NAME, "supervisor")]

        def known():
            kiosk.scan(BADGE)
            return kiosk.bar() != before
        until("the bar says who it is", known)
        kiosk.look("48-known")

        # ---- the fixtures, then a unit
        kiosk.go_on()
        until("the fixture is good", lambda: kiosk.share(PASS) > 0.02 and kiosk.may_go_on())
        kiosk.look("49-fixtures")
        kiosk.go_on()
        until("a test unit can be made", lambda: kiosk.writes() and kiosk.may_go_on())
        kiosk.look("50-test-unit")
        kiosk.go_on()
        until("the passphrase is asked for", asked)
        kiosk.scan(PASSPHRASE)
        until("its batch is open", lambda: station.journal("SELECT name, count, created_by, state FROM batch") == [("test-unit", 1, NAME, "open")])

        def passed():
            kiosk.scan("SN-0001")
            time.sleep(0.5)
            return station.journal("SELECT verdict, who FROM job") == [("PASS", NAME)]
        until("the unit has passed", passed)
        until("the tile is green", lambda: kiosk.share(PASS, "51-pass") > 0.2)
        kiosk.touch(*BACK)
        until("the batch is closed", lambda: station.journal("SELECT state FROM batch") == [("closed",)])
        until("it says so", lambda: 0.01 < kiosk.share(PASS, "52-done") < 0.2)
        assert station.journal("SELECT id, state FROM unit") == [("test-line-test-unit-1", "RECORDED")]
        kiosk.go_on()
        until("the kiosk is locked", lambda: not kiosk.logged_in() and kiosk.share(PASS, "53-locked") == 0)

        # ---- no second first one, whoever asks
        with Line(station.folder / "data" / "signer.sock") as line:
            answer = line.ask("enrol-first-supervisor", [b"long enough"], supervisor="mallory")
            assert answer["error"]["code"] == "supervisor-exists", answer
        kiosk.close()
        assert signed(station)

        begins_as_ever(end, station, pictures)


if __name__ == "__main__":
    main_of(__doc__, "kiosk: a first supervisor, a badge scanned anew, the fixtures, a test unit's pass; no second first one", first_run)
