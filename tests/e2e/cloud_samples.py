#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A batch of 20 units with a sample of 2 in 5 against the stand-in: tried, then refused and paused, then offline; and what the cloud says of it in the end."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from cloud import SCOPE, Cloud, group_keys, with_cloud  # noqa: E402
from station import Station  # noqa: E402


def samples(station):
    return station.journal("select u.id, s.outcome, s.detail from sample s join unit u on u.number = s.unit order by u.number")


def run(station, scans):
    """Exit code and what was said of scans that became no unit."""
    path = station.folder / "some.scans"
    path.write_text("".join(f"sn-{n}\n" for n in scans))
    done = station.command("run", "b", "--scans", path, "--fixture", "F1", "--json", check=False)
    told = json.loads(done.stdout)
    assert (told["paused"] is None) == ("Put that right, then: keystamp batch resume b" not in done.stderr), done.stderr
    return done.returncode, told


def main():
    with Station(fixtures=1, feed=40) as station, Cloud(station.folder) as cloud, station.own_signer():
        with_cloud(station, cloud)
        cloud.portal("POST", "groups", {"name": "keys", "kind": "sas", **group_keys(station)})
        station.start_boards()
        with_cloud(station, cloud)
        station.command("batch", "create", "b", "--mode", "sas", "--scope-id", SCOPE, "--pattern", "b-{seq:02}", "--count", "20", "--sample", "2/5")

        code, _ = run(station, range(1, 6))
        assert code == 0
        assert [row[:2] for row in samples(station)] == [("b-01", "unassigned"), ("b-02", "unassigned")], samples(station)
        assert {each["id"] for each in cloud.portal("GET", "devices")} == {"b-01", "b-02"}, "the cloud met others than the sample"
        for device in ("b-01", "b-02"):
            cloud.portal("PATCH", f"devices/{device}", {"template": "t", "approved": True})

        # the sixth is refused: the batch stops behind it, and its own PASS stands
        cloud.portal("PATCH", "groups/keys", {"disabled": True})
        code, told = run(station, range(6, 11))
        assert code != 0 and "b-06" in told["paused"], told
        assert station.journal("select count(*) from unit where state = 'RECORDED'") == [(6,)], told
        assert samples(station)[-1][:2] == ("b-06", "refused"), samples(station)
        shown = json.loads(station.command("batch", "show", "b", "--json").stdout)
        assert shown["state"] == "paused" and "b-06" in shown["stopped"] and "disabled" in shown["stopped"], shown
        assert "keystamp batch resume b" in station.command("batch", "show", "b").stdout
        refused = [unit for unit in told["units"] if unit.get("error")]
        assert len(refused) == 4 and all(unit["error"]["code"] == "batch-not-open" and "b-06" in unit["error"]["detail"] for unit in refused), refused

        # put right; then somebody else answers in the cloud's place, and the line goes on
        cloud.portal("PATCH", "groups/keys", {"disabled": False})
        station.command("batch", "resume", "b")
        for n, page in ((7, {"status": 403, "type": "json", "body": '{"error": "log in first", "errorCode": 403}'}), (11, {"status": 200, "type": "html", "body": "<html>Welcome</html>"})):
            cloud.portal("POST", "faults", {"inItsPlace": page})
            code, told = run(station, range(n, n + 4 if n == 7 else n + 1))
            assert code == 0 and told["paused"] is None, told
            assert samples(station)[-1][:2] == (f"b-{n:02}", "offline"), samples(station)
            assert "not DPS's, but a proxy's, a network's login page or another service's" in samples(station)[-1][2], samples(station)
        cloud.portal("POST", "faults", {"inItsPlace": None})

        # then there is no network, and the line goes on
        with_cloud(station, cloud, endpoint="localhost:1")
        code, told = run(station, range(12, 21))
        assert code == 0, told
        assert station.journal("select count(*) from unit where state = 'RECORDED'") == [(20,)]
        assert [(row[0], row[1]) for row in samples(station)[3:]] == [(f"b-{n:02}", "offline") for n in (7, 11, 12, 16, 17)], samples(station)
        assert all("not tried: offline" in row[2] for row in samples(station)[3:])
        shown = json.loads(station.command("cloud", "show", "b", "--json").stdout)["samples"]
        assert shown == {"of": 2, "every": 5, "unassigned": 2, "refused": 1, "offline": 5}, shown

        # what the cloud exports of it: the three that it met are there, the others are not imported yet
        export = station.folder / "export.csv"
        export.write_text(cloud.portal("GET", "export"))
        done = station.command("cloud", "reconcile", export, check=False)
        assert done.returncode == 2 and "17 of the units here would become missing by lists that name 3" in done.stderr, done.stderr
        done = station.command("cloud", "reconcile", export, "--whole", "--json", check=False)
        told = json.loads(done.stdout)
        assert done.returncode == 1 and {one["what"] for one in told["findings"]} == {"missing"}, told
        there = {each["id"] for each in cloud.portal("GET", "devices")}
        assert {one["id"] for one in told["findings"]} == {f"b-{n:02}" for n in range(1, 21)} - there, told
        export.write_text("IOTC_DEVICEID,IOTC_DEVICENAME\n" + "".join(f"b-{n:02},b-{n:02}\n" for n in range(1, 21) if f"b-{n:02}" not in there))
        cloud.portal("POST", "import?template=t", export.read_text())
        export.write_text(cloud.portal("GET", "export"))
        station.command("cloud", "reconcile", export)
        for path in (station.folder / "data").glob("journal.db*"):
            assert b"SharedAccessSignature" not in path.read_bytes()
        station.command("journal", "check")
    print("2 of 5 were tried; a refusal paused the batch behind one PASS; offline, it went on; reconciled")


if __name__ == "__main__":
    main()
