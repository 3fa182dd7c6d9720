#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Labels at the kiosk, in a real window: a printer that is off is a banner within 5 seconds that goes by itself; a PASS waits until its printed
label was scanned; a device's label is printed again.

--pictures DIR keeps the pictures."""

import contextlib
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from kiosk_shift import BACK, BATCH, ERROR, FIND, HEIGHT, MENU, PASS, WIDTH, Kiosk, main_of, until  # noqa: E402
from support.label_printer import LabelPrinter  # noqa: E402
from support.station import Station  # noqa: E402


def audited(station, kind):
    return [json.loads(line) for line, in station.journal("SELECT line FROM audit WHERE json_extract(line, '$.kind') = ?", kind)]


def seconds_until(kiosk, banner, name):
    began = time.monotonic()
    until("the banner is " + ("there" if banner else "gone"), lambda: (kiosk.share(ERROR, name) > 0.02) == banner)
    return time.monotonic() - began


def labels(pictures):
    with Station(fixtures=1) as station, contextlib.ExitStack() as end:
        printer = LabelPrinter()
        station.start_boards()
        station.config.write_text(station.config.read_text().replace(
            "[[fixture]]", f'[label]\nprinter = "{printer.address}"\nconfirm = true\n[[fixture]]', 1))
        station.create_batch(BATCH, "x509", 20)
        kiosk = Kiosk(station, pictures)
        end.callback(kiosk.close)
        kiosk.focus()
        unit = lambda scan: [f"{identity} {state}" for identity, state in station.journal("SELECT id, state FROM unit WHERE scan = ?", scan)]

        def chosen():
            kiosk.scan(BATCH)
            time.sleep(1)
            kiosk.scan("F1")
            time.sleep(0.5)
            return kiosk.share("#0072B2") > 0.001  # the chosen fixture's frame

        def recorded(scan):
            kiosk.scan(scan)
            time.sleep(3)
            return unit(scan) and unit(scan)[0].endswith("RECORDED")

        # ---- a board passes, its label comes out; another board is refused until that label was scanned
        until("the batch is chosen", chosen)
        until("the first board is recorded", lambda: recorded("SN-0001"))
        first = unit("SN-0001")[0].split()[0]
        until("its label is printed", lambda: printer.ids(BATCH) == [first])
        until("the tile is green", lambda: kiosk.share(PASS, "1-scan-the-label") > 0.2)
        time.sleep(2)
        kiosk.scan("SN-0002")
        time.sleep(1)
        kiosk.look("2-refused")
        assert unit("SN-0002") == []
        kiosk.scan(first)
        until("the label is confirmed", lambda: [row["id"] for row in audited(station, "label-confirmed")] == [first])
        kiosk.look("3-confirmed")

        # ---- the printer goes off: a banner in 5 seconds, while nothing is printed; boards go on
        assert kiosk.share(ERROR) < 0.001
        printer.turn_off()
        took = seconds_until(kiosk, True, "4-printer-off")
        assert took < 5.5, f"the banner took {took:.1f} s"
        until("the second board is recorded", lambda: recorded("SN-0002"))
        kiosk.look("5-label-waits")
        printer.turn_on()
        seconds_until(kiosk, False, "6-printer-back")
        second = unit("SN-0002")[0].split()[0]
        until("its label came out by itself", lambda: printer.ids(BATCH) == [first, second])

        # ---- no label for this one: a person says so, and it is on record
        kiosk.touch(WIDTH * 0.9, HEIGHT * 0.55)
        until("that is on record", lambda: [row["id"] for row in audited(station, "label-skipped")] == [second])
        kiosk.look("7-skipped")

        # ---- a device's label once more
        for place in (BACK, MENU, FIND):
            kiosk.go(*place)
        kiosk.scan(first)
        until("the device is shown", lambda: kiosk.share(PASS, "8-device") > 0.001)
        time.sleep(1)
        kiosk.look("8-device")
        kiosk.touch(WIDTH * 0.43, HEIGHT * 0.88)
        until("its label came out again", lambda: printer.ids(BATCH) == [first, second, first])
        until("that is on record", lambda: [row["id"] for row in audited(station, "label-reprint")] == [first])
        kiosk.look("9-printed-again")


if __name__ == "__main__":
    main_of(__doc__, "kiosk: a label printed, scanned, waited for, skipped and printed again; a printer that was off and came back",
            labels)
