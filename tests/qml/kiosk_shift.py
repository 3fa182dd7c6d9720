#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A short shift at the kiosk, in a real window: a PASS, a FAIL that has to be acknowledged, a PASS after it, a device's life, the preflight.

Real token, signer, virtual boards and journal; the scanner is xdotool, the eyes are pictures of the screen and the journal's rows.
--pictures DIR keeps the pictures (before, during, after a PASS and a FAIL)."""

import argparse
import contextlib
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.screen import Screen  # noqa: E402
from support.station import BIN, Station  # noqa: E402

PASS, FAIL, ERROR = "#009E73", "#D55E00", "#F0E442"
BATCH = "shift-x509"
WIDTH, HEIGHT = 1280, 800
BACK = (64, 64)  # from the line and from every page beside it
MENU, MORE, NEW = (1230, 64), (1222, 141), (826, 64)  # on the page of batches; MORE is the first batch's
FIND, PREFLIGHT, FIGURES, AUDIT, CAS, LANGUAGE = (320, 166), (957, 166), (320, 283), (320, 400), (957, 400), (320, 517)  # on the menu
OPEN_IT = (1220, 64)  # on the page of a new batch
VERIFY, AUDIT_KEEP_HERE = (1049, 64), (1064, 367)  # on the page of the audit log
# on a batch's page; GO_ON is where PAUSE was, CLOSE_IT on the row that asks once more
PAUSE, CLOSE, CLOSE_IT, KEEP_HERE = (795, 64), (946, 64), (1046, 139), (960, 340)
EXTEND = (1112, 64)
GO_ON = PAUSE


class Kiosk:
    """keystamp-station in a window on a screen of its own."""

    def __init__(self, station, pictures, *words, preload=None):
        self.pictures = pictures
        self.screen = Screen(WIDTH, HEIGHT)
        self.env = self.screen.env
        self.errors = open(station.folder / "kiosk.log", "w+")
        self.program = subprocess.Popen([BIN / "keystamp-station", "--config", station.config, "--windowed", *map(str, words)],
                                        env=self.env | ({"LD_PRELOAD": str(preload)} if preload else {}), stderr=self.errors, pass_fds=[word for word in words if isinstance(word, int)])

    def focus(self):
        """Keys go to the window once it is mapped; there is no window manager that would see to it."""
        window = until("the window is there", lambda: self.call("xdotool", "search", "--onlyvisible", "--name", "^Keystamp", check=False).split())
        until("it has the keys", lambda: subprocess.run(["xdotool", "windowfocus", "--sync", window[-1]], env=self.env,
                                                        stderr=subprocess.DEVNULL, timeout=30).returncode == 0)

    def call(self, *words, check=True):
        assert self.program.poll() is None, f"the kiosk ended with {self.program.returncode}"
        return subprocess.run(words, env=self.env, check=check, capture_output=True, text=True).stdout

    def scan(self, text):
        """As a scanner does: characters, then Enter."""
        self.call("xdotool", "type", "--delay", "5", text)
        self.call("xdotool", "key", "Return")

    def touch(self, x, y):
        self.call("xdotool", "mousemove", str(x), str(y), "click", "1")

    def go(self, x, y):
        """A touch that leads to another page, which is there when this returns."""
        def seen():
            return self.call("convert", str(self.look("look")), "-format", "%#", "info:")
        before = seen()
        self.touch(x, y)
        until(f"something comes of the touch at {x:.0f}, {y:.0f}", lambda: seen() != before)
        until("the page stands still", lambda: seen() == seen())

    def look(self, name):
        """A picture of the whole screen; kept where pictures are wanted."""
        file = self.pictures / f"{name}.png"
        self.call("import", "-window", "root", str(file))
        return file

    def share(self, colour, name="look"):
        """How much of the screen has exactly this colour."""
        file = self.look(name)
        return float(self.call("convert", str(file), "-fill", "black", "+opaque", colour, "-fill", "white", "-opaque", colour,
                               "-colorspace", "gray", "-format", "%[fx:mean]", "info:"))

    def colour_at(self, x, y):
        return self.call("convert", str(self.look("look")), "-depth", "8", "-format", f"%[hex:p{{{x},{y}}}]", "info:").strip()[:6]

    def close(self, ask=None):
        """`ask` asks it to end, where Ctrl+Q does not."""
        try:
            if self.program.poll() is None:
                ask() if ask else self.call("xdotool", "key", "ctrl+q", check=False)
            code = self.program.wait(timeout=60)
        finally:
            self.program.kill()
            self.screen.close()
        self.errors.seek(0)
        said = [line for line in self.errors if "qml" in line.lower() or "qt quick" in line.lower()]
        assert code == 0, f"the kiosk ended with {code}"
        assert not said, f"QML complained: {said}"


def signed(station):
    """The last checkpoint reaches to all but its own row."""
    ((size,),) = station.journal("SELECT max(size) FROM checkpoint")
    return size is not None and station.journal("SELECT max(number) FROM audit") == [(size + 1,)]


def until(what, look, seconds=90):
    end = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        assert time.monotonic() < end, f"it never came that {what}"
        time.sleep(0.1)


def begin(end, station, pictures, rows, *words, window=Kiosk, preload=None):
    """A kiosk that has the keys and is closed at the end. On a failure the screen is kept, and what `rows` reads is shown."""
    kiosk = window(station, pictures, *words, preload=preload)
    end.callback(kiosk.close)
    kiosk.focus()

    def explain(kind, *_):
        if kind:
            with contextlib.suppress(Exception):
                kiosk.look("failed")
            print(*rows(), file=sys.stderr)
    end.push(explain)
    return kiosk


def shift(pictures):
    # On F1 a slow good board, one that cannot prove what it holds, then good ones; F2 stays in peace.
    faults = ["--fault", "slow:commit@1.1,ms=1500", "--fault", "wrong-proof@1.2"]
    with Station(fixtures=2, board_options=faults) as station, contextlib.ExitStack() as end:
        station.start_boards()
        station.create_batch(BATCH, "x509", 20)
        states = lambda scan: [state for state, in station.journal("SELECT state FROM unit WHERE scan = ?", scan)]
        verdicts = lambda scan: [verdict for verdict, in station.journal("SELECT verdict FROM job WHERE scan = ?", scan)]

        kiosk = begin(end, station, pictures, lambda: (
            station.journal("SELECT number, scan, id, fixture, state FROM unit"),
            station.journal("SELECT fixture, scan, verdict, reason, detail FROM job")))

        # ---- choose the batch by scanning its name; before that the station opens by itself
        def chosen():
            kiosk.scan(BATCH)
            time.sleep(1)
            kiosk.scan("F1")  # a fixture's label, which is no batch
            time.sleep(0.5)
            return kiosk.share("#0072B2") > 0.001  # the chosen fixture's frame
        kiosk.look("1-batches")
        until("the batch and F1 are chosen", chosen)
        kiosk.look("2-before-pass")

        # ---- a PASS
        kiosk.scan("SN-0001")
        until("the first unit is at work", lambda: states("SN-0001") in (["ISSUED"], ["RECORDED"]))
        kiosk.look("3-during-pass")
        until("the first unit is recorded", lambda: states("SN-0001") == ["RECORDED"])
        until("the tile is green", lambda: kiosk.share(PASS, "4-after-pass") > 0.2)
        assert verdicts("SN-0001") == ["PASS"]
        assert kiosk.share(FAIL) == 0 and kiosk.share(ERROR) == 0

        # ---- the same board's label again: refused, nothing issued. The bad board lies on the fixture by now
        kiosk.scan("F1")
        kiosk.scan("SN-0001")
        until("the scan is refused", lambda: kiosk.share(PASS, "5-refused") < 0.01)
        assert states("SN-0001") == ["RECORDED"]

        # ---- a FAIL
        time.sleep(2)
        kiosk.look("6-before-fail")
        until("the bad board fails", lambda: verdicts("SN-0002") or retry(kiosk, "F1", "SN-0002"))
        assert verdicts("SN-0002")[0] == "FAIL", verdicts("SN-0002")
        until("the tile is vermilion", lambda: kiosk.share(FAIL, "7-after-fail") > 0.2)
        assert kiosk.share(PASS) == 0

        # ---- the next scan is refused until a person has pressed Seen
        jobs = len(station.journal("SELECT 1 FROM job"))
        kiosk.scan("F1")
        kiosk.scan("SN-0003")
        time.sleep(1)
        kiosk.look("8-not-acknowledged")
        assert states("SN-0003") == [] and len(station.journal("SELECT 1 FROM job")) == jobs
        kiosk.touch(WIDTH * 0.25, HEIGHT * 0.83)
        until("a good board passes after it",
              lambda: states("SN-0003") == ["RECORDED"] or retry(kiosk, "F1", "SN-0003", seconds=5))
        until("the tile is green again", lambda: kiosk.share(PASS, "9-pass-after-fail") > 0.2)
        assert station.journal("SELECT count(*) FROM unit WHERE state = 'RECORDED'") == [(2,)]

        # ---- back to the batches: what the line has done stands under a signature; closing has nothing more to sign
        assert not signed(station)
        kiosk.touch(*BACK)
        until("the line is signed for", lambda: signed(station))
        kiosk.look("10-batches-again")

        # ---- beside the line: the life of a device, found by its label, the preflight of a station that stands open, the line's figures
        def menu(where):
            kiosk.touch(*MENU)
            time.sleep(0.5)
            kiosk.touch(*where)
        menu(FIND)
        kiosk.scan("SN-0001")
        until("its PASS is shown", lambda: kiosk.share(PASS, "11-device") > 0.001)
        kiosk.touch(*BACK)
        menu(PREFLIGHT)
        until("the station is ready", lambda: kiosk.share(PASS, "12-preflight") > 0.03)
        kiosk.touch(*BACK)
        until("the batches are there once more", lambda: kiosk.share(PASS) == 0)
        menu(FIGURES)
        until("the hour's bar is there", lambda: kiosk.share(PASS, "13-figures") > 0.01 and kiosk.share(FAIL) > 0.001)
        kiosk.touch(*BACK)

        # ---- the batch as a whole: paused, taken up again, closed, handed over
        state = lambda: station.journal("SELECT state FROM batch")[0][0]
        kiosk.touch(*MORE)
        until("the counts agree", lambda: kiosk.share(PASS, "14-batch") > 0.0005)
        kiosk.touch(*PAUSE)
        until("it is paused", lambda: state() == "paused")
        until("the page says so", lambda: kiosk.touch(*GO_ON) or time.sleep(0.5) or state() == "open")
        kiosk.touch(*CLOSE)
        time.sleep(0.5)
        kiosk.look("15-close-asks")
        assert state() == "open", "it asks before it closes"
        kiosk.touch(*CLOSE_IT)
        until("it is closed", lambda: state() == "closed")
        manifest = station.folder / "data" / "manifests" / BATCH
        until("the manifest is written", lambda: kiosk.touch(*KEEP_HERE) or time.sleep(1) or (manifest / "manifest.sig").exists())
        time.sleep(1)
        kiosk.look("16-handed-over")
        station.command("manifest", "verify", manifest, "--key", station.folder / "audit.pub.pem")

        kiosk.touch(*BACK)

        # ---- the audit log: verified, and a copy taken away
        menu(AUDIT)
        time.sleep(1)
        kiosk.touch(*VERIFY)
        until("it is verified", lambda: kiosk.share(PASS, "17-audit") > 0.01)
        copies = lambda: list((station.folder / "data" / "manifests").glob("audit-*.jsonl"))
        kiosk.touch(*AUDIT_KEEP_HERE)
        until("a copy is there", lambda: copies() and copies()[0].with_name(copies()[0].name + ".checkpoint").exists())
        station.command("audit", "verify", copies()[0], "--key", station.folder / "audit.pub.pem")
        time.sleep(1)
        kiosk.look("18-audit-copied")

        kiosk.touch(*BACK)

        # ---- a new batch: its lines scanned or typed, the passphrase of the supervisor, who is nobody else's here
        kiosk.touch(*NEW)
        time.sleep(1)
        kiosk.look("19-new-batch")
        for line in ("order-2", "0ne00TEST01", "order-2-{seq:04}", "1", "12"):
            kiosk.scan(line)
        kiosk.look("20-new-batch-written")
        kiosk.touch(*OPEN_IT)
        time.sleep(1)
        kiosk.look("21-passphrase")
        kiosk.scan((station.folder / "supervisor.pass").read_text().strip())
        until("it is open", lambda: station.journal("SELECT count, spare, created_by FROM batch WHERE name = 'order-2'") == [(12, 5, "demo")])
        time.sleep(1)
        kiosk.look("22-batches-with-it")

        menu(LANGUAGE)
        kiosk.look("23-german")
        kiosk.close()


def pin(pictures):
    """A token whose PIN nobody wrote down: the kiosk asks, says that a wrong one was wrong, and works after the right one."""
    with Station(fixtures=1) as station, contextlib.ExitStack() as end:
        station.start_boards()
        station.create_batch(BATCH, "x509", 20)
        station.wait_for_signer_to_leave()
        right = (station.folder / "pin").read_text().strip()
        station.config.write_text(station.config.read_text().replace('pin_file = "pin"\n', ""))
        recorded = lambda: station.journal("SELECT id FROM unit WHERE state = 'RECORDED'")

        kiosk = Kiosk(station, pictures)
        end.callback(kiosk.close)
        kiosk.focus()
        # the OK key is black once there is something to send, and only this page has it there
        ok_key = lambda: kiosk.colour_at(1175, 540) == "16191D"
        def entered(text):
            kiosk.call("xdotool", "type", "--delay", "5", text)
            time.sleep(0.5)
            return ok_key()
        until("the PIN page takes keys", lambda: entered("0"))
        kiosk.look("24-pin")
        kiosk.call("xdotool", "key", "Return")
        until("the entry is empty again", lambda: not ok_key())
        until("it asks again", lambda: entered(right[0]))
        kiosk.look("25-pin-wrong")
        assert not recorded()
        kiosk.scan(right[1:])
        def chosen():
            kiosk.scan(BATCH)
            time.sleep(1)
            kiosk.scan("SN-PIN-1")
            time.sleep(2)
            return recorded()
        until("a unit is recorded after the right PIN", chosen)
        kiosk.look("26-after-pin")

        # ---- ended from outside, in the middle of a line
        assert not signed(station)
        kiosk.close(kiosk.program.terminate)
        assert signed(station)


def retry(kiosk, label, payload, seconds=3):
    """A board that is not there yet, or the same scan within two seconds: an operator scans again."""
    kiosk.scan(label)
    kiosk.scan(payload)
    time.sleep(seconds)
    return False


def main_of(about, done, *tests):
    """Runs each with the folder that --pictures names, or one that goes; `done` says what held."""
    arguments = argparse.ArgumentParser(description=about)
    arguments.add_argument("--pictures", type=pathlib.Path)
    wanted = arguments.parse_args().pictures
    with tempfile.TemporaryDirectory(prefix="keystamp-kiosk-") as scratch:
        pictures = wanted or pathlib.Path(scratch)
        pictures.mkdir(parents=True, exist_ok=True)
        for test in tests:
            test(pictures)
    print(done)


if __name__ == "__main__":
    main_of(__doc__, "kiosk: PASS, refusal, FAIL, acknowledgement, PASS; a batch closed and handed over; a wrong PIN and the right one; each shift ends under a signature",
            shift, pin)
