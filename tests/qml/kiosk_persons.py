#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who is at the kiosk, in a real window: a wrong badge, an operator's board in the operator's name, nobody after a while without a touch,
an auditor who looks on, a supervisor by badge and passphrase who reworks the unit.

Real token, signer, virtual boards and journal; badges, labels and passphrases are typed by xdotool. --pictures DIR keeps the pictures."""

import contextlib
import json
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from kiosk_shift import BATCH, FIND, HEIGHT, MENU, PASS, begin, main_of, until  # noqa: E402
from support.station import BIN, Station  # noqa: E402

OPERATOR, SUPERVISOR, AUDITOR = "BADGE-0001", "BADGE-0002", "BADGE-0003"
PERSON = (700, 44)      # the bar of who is logged in, below the mark of the demo token
LOG_OUT = (1240, 44)
BAR = 38                # and so much lower is all else
BACK = (64, 64 + BAR)
REWORK = (1090, 64 + BAR)
INK = "16191D"


def persons(pictures):
    with Station(fixtures=2) as station, contextlib.ExitStack() as end:
        station.start_boards()
        station.create_batch(BATCH, "x509", 20)
        station.config.write_text(station.config.read_text().replace('data = "data"\n', 'data = "data"\nlogout_minutes = 1\n'))
        passphrase = (station.folder / "supervisor.pass").read_text().strip()
        for name, role, badge in (("erika", "operator", OPERATOR), ("demo", "supervisor", SUPERVISOR), ("aurelia", "auditor", AUDITOR)):
            subprocess.run([BIN / "keystamp", "--config", station.config, "person", "add", name, "--role", role], input=badge + "\n",
                           text=True, check=True, capture_output=True)

        kiosk = begin(end, station, pictures, lambda: (
            station.journal("SELECT number, scan, id, state, who FROM unit"), station.journal("SELECT scan, verdict, reason, detail, who FROM job"),
            station.ledger("SELECT supervisor, act, about FROM act")))

        logged_in = lambda: kiosk.colour_at(*PERSON) == "DDE1E5"
        refused = lambda: kiosk.colour_at(20, HEIGHT - 12) == INK
        units = lambda: station.journal("SELECT scan, state, who FROM unit ORDER BY number")
        acts = lambda: [act for act, in station.ledger("SELECT act FROM act WHERE act NOT LIKE 'person-add' ORDER BY rowid")]
        rows = lambda kind: [json.loads(line) for line, in station.journal("SELECT line FROM audit WHERE line LIKE ?", f'%"kind":"{kind}"%')]

        def try_to_run(scan):
            """As an operator begins a board; nothing may come of it."""
            for text in (BATCH, "F1", scan):
                kiosk.scan(text)
                time.sleep(1)

        # ---- nobody is logged in: badges are taken and nothing else
        def unknown():
            kiosk.scan("NO-BADGE")
            time.sleep(1)
            return refused()
        until("an unknown badge is refused", unknown)
        kiosk.look("20-locked")
        try_to_run("SN-0001")
        assert not units() and not logged_in()

        # ---- an operator
        kiosk.scan(OPERATOR)
        until("the operator is logged in", logged_in)

        def chosen():
            kiosk.scan(BATCH)
            time.sleep(1)
            kiosk.scan("F1")
            time.sleep(0.5)
            return kiosk.share("#0072B2") > 0.001
        until("the batch and F1 are chosen", chosen)
        kiosk.scan("SN-0001")
        until("the unit is recorded", lambda: units() == [("SN-0001", "RECORDED", "erika")])
        until("the tile is green", lambda: kiosk.share(PASS, "21-operators-pass") > 0.2)
        assert [row["who"] for row in rows("issue") + rows("record")] == ["erika", "erika"]
        assert station.journal("SELECT verdict, who FROM job") == [("PASS", "erika")]

        # ---- a minute without a touch or scan, and nobody is logged in any more
        until("the operator is logged out", lambda: not logged_in(), seconds=100)
        kiosk.look("22-logged-out")
        assert kiosk.share(PASS) == 0
        try_to_run("SN-0002")
        assert len(units()) == 1

        # ---- an auditor looks on
        kiosk.scan(AUDITOR)
        until("the auditor is logged in", logged_in)
        try_to_run("SN-0002")
        kiosk.look("23-auditor")
        assert len(units()) == 1

        # ---- a supervisor's badge takes over once the passphrase is right
        kiosk.scan(SUPERVISOR)
        until("the passphrase is asked for", lambda: not logged_in())
        kiosk.scan("not the passphrase")
        until("the wrong one is counted", lambda: station.ledger("SELECT failures FROM supervisor WHERE name = 'demo'") == [(1,)])
        time.sleep(1)
        kiosk.look("24-passphrase-wrong")
        assert "person-login" not in acts() and not logged_in()
        kiosk.scan(passphrase)
        until("the supervisor is logged in", logged_in)
        assert acts()[-1] == "person-login"

        # ---- who reworks the unit
        kiosk.look("25-supervisor")
        kiosk.touch(*BACK)
        until("the line is left", lambda: kiosk.share(PASS) == 0)
        kiosk.go(MENU[0], MENU[1] + BAR)
        kiosk.go(FIND[0], FIND[1] + BAR)
        kiosk.scan("SN-0001")
        until("the device is shown", lambda: kiosk.share(PASS, "26-device") > 0.001)
        kiosk.touch(*REWORK)
        until("a reason is asked for", lambda: kiosk.share(PASS, "27-reason") == 0)
        kiosk.scan("flash replaced, RMA 118")
        until("the passphrase is asked for", lambda: not logged_in())
        kiosk.look("28-passphrase")
        kiosk.scan(passphrase)
        until("the unit is void", lambda: units() == [("SN-0001", "VOID", "erika")])
        assert station.journal("SELECT void_for, void_reason FROM unit") == [("rework", "flash replaced, RMA 118")]
        assert [(row["who"], row["for"]) for row in rows("void")] == [("demo", "rework")]
        assert acts()[-1] == "unit-rework"
        until("its page is back", logged_in)
        kiosk.look("29-reworked")

        # ---- and leaves
        kiosk.touch(*LOG_OUT)
        until("nobody is logged in", lambda: not logged_in())
        kiosk.look("30-left")
        kiosk.close()

        # ---- all of it stands in the log, and the refused badge's code does not
        assert [(row["person"], row.get("from")) for row in rows("person-login")] == [("erika", None), ("aurelia", None), ("demo", "aurelia")], rows("person-login")
        assert [(row["person"], row["why"]) for row in rows("person-logout")] == [("erika", "idle"), ("demo", "button")], rows("person-logout")
        assert rows("badge-refused") and not station.journal("SELECT 1 FROM audit WHERE line LIKE '%NO-BADGE%'")
        station.command("preflight")


if __name__ == "__main__":
    main_of(__doc__, "kiosk: an unknown badge, an operator's board, logged out after a while, an auditor, a supervisor's rework",
            persons)
