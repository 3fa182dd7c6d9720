# SPDX-License-Identifier: Apache-2.0
"""What a job costs beyond the wire: rows wire-DRIVER-BAUD and gang-16 of tests/bench/run, whose page says what they are."""

import contextlib
import os
import pathlib
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "support"), os.path.join(HERE, "..", "e2e")]
import esptool_js  # noqa: E402
import loader_line  # noqa: E402
from esp_rom import Rom  # noqa: E402
from micropython_line import MicropythonFixture  # noqa: E402
from relays import Relays, span  # noqa: E402
from station import BIN, Station  # noqa: E402

UNITS, RUNS = 10, 3
CONSOLES = ("az3166", "wio-terminal", "nrf91", "zephyr-cred")
SAS_ONLY = CONSOLES[:2]
ROM_BAUD = 115200
NVS = (0x190000, 0x6000)  # of the emulated boards: where they keep their identity


def run_batch(station, batch, boards, baud, mode="x509", units=UNITS):
    """So many jobs on each of the boards, through relays; what the relays counted."""
    station.fixtures = len(boards)
    count = len(boards) * units
    with Relays(boards, baud) as relays:
        station.use_links(relays.links)
        station.create_batch(batch, mode, count)
        station.command("run", batch, "--scans", station.write_scans(batch, count))
    recorded = station.journal("select count(*) from unit where batch = ? and state = 'RECORDED'", batch)[0][0]
    assert recorded == count, f"{recorded} of {count} recorded"
    return relays.accounts


@contextlib.contextmanager
def bench(driver, baud, fixtures, feed):
    """A station with its signer up, and the links of its boards."""
    options = {"baud": baud} if driver in esptool_js.CHIPS and baud != ROM_BAUD else dict(loader_line.FAMILIES.get(driver, [{}])[0])
    with tempfile.TemporaryDirectory() as elsewhere, Station(fixtures=fixtures, feed=feed, driver=driver, driver_options=options) as station:
        loader_line.give_password(station, pathlib.Path(elsewhere) / "password")
        station.start_boards()
        boards = list(station.links)
        with station.own_signer():
            yield station, boards


def peer_seconds(boards, baud, folder, chip):
    """How long esptool-js takes to write what the last board holds and to verify it, over the same relay."""
    image = folder / "image"
    image.write_bytes(Rom(boards[0]).read(*NVS).rstrip(b"\xff"))
    tool = BIN.parent / "tests/esptool-js"
    esptool_js.install(tool)
    with Relays(boards[:1], ROM_BAUD) as relays:
        _, host, port = relays.links[0].split(":")
        done = Station.call(["node", "write_and_verify.js", host, port, chip, image, NVS[0], baud], cwd=tool).stdout
    assert "Hash of data verified." in done, done
    return span(relays.accounts)


def wire_row(name, wall, wire):
    return {"name": name, "ours": wall * 1000, "ceiling": wire * 1000, "unit": "ms/unit", "ratio": wall / wire, "aim": "<= 1.10 x wire", "holds": wall / wire <= 1.10}


def measure_wire(name, driver, baud):
    begins = ROM_BAUD if driver in esptool_js.CHIPS else baud
    with bench(driver, baud, 1, RUNS * UNITS) as (station, boards):
        runs = []
        for n in range(RUNS):
            accounts = run_batch(station, f"wire-{n}", boards, begins, "sas" if driver in SAS_ONLY else "x509")
            runs.append((span(accounts) / UNITS, sum(each["wire"] for each in accounts) / UNITS))
        wall, wire = min(runs)
        row = wire_row(name, wall, wire)
        if driver not in esptool_js.CHIPS:
            return row
        with tempfile.TemporaryDirectory() as made:
            theirs = min(peer_seconds(boards, baud, pathlib.Path(made), esptool_js.CHIPS[driver]) for _ in range(RUNS))
        return row | {"peer": theirs * 1000, "aim": "<= 1.10, <= peer", "holds": row["holds"] and wall <= theirs}


def measure_gang(name, baud):
    with bench("agent", baud, 16, 2 * RUNS * UNITS) as (station, boards):
        alone, together = [], []
        for n in range(RUNS):
            alone.append(span(run_batch(station, f"alone-{n}", boards[:1], baud)))
            together.append(span(run_batch(station, f"together-{n}", boards, baud)))
    one, gang = min(alone), min(together)
    return {"name": name, "ours": gang / UNITS * 1000, "ceiling": one / UNITS * 1000, "unit": "ms/unit", "ratio": gang / one,
            "aim": "<= 1.15 x one's", "holds": gang / one <= 1.15}


def measure_micropython(name, baud):
    """One job a run: between two of them the micro:bit is changed, and its emulator starts anew."""
    with Station(fixtures=1, driver="micropython", driver_options={"uid": "open('serial').read()"}) as station:
        board = MicropythonFixture(station.folder, 1)
        try:
            with station.own_signer():
                runs = []
                for n in range(RUNS):
                    accounts = run_batch(station, f"wire-{n}", [board.link], baud, units=1)
                    runs.append((span(accounts), sum(each["wire"] for each in accounts)))
                    board.next_board()
        finally:
            board.close()
    return wire_row(name, *min(runs))


ROWS = {f"wire-{driver}-{baud}": (measure_wire, f"wire-{driver}-{baud}", driver, baud)
        for driver in ("agent", "esp32c3") for baud in (115200, 921600)}
ROWS |= {f"wire-{driver}-115200": (measure_wire, f"wire-{driver}-115200", driver, 115200) for driver in (*CONSOLES, *loader_line.FAMILIES)}
ROWS["wire-micropython-115200"] = (measure_micropython, "wire-micropython-115200", 115200)
ROWS["gang-16"] = (measure_gang, "gang-16", 115200)
