#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The cloud's whole story: fifty boards are made with no network, the CAs proven to the portal, a manifest imported, the boards switched on with what
their flash holds, found un-associated, approved, provisioned, one blocked and unblocked, all told by the cloud's own export and reconciled."""

import concurrent.futures
import csv
import hashlib
import io
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from ca_portal import guided, verify  # noqa: E402
from cloud import SCOPE, Cloud, group_keys, nvs_strings, with_cloud  # noqa: E402
from esp_rom import Rom  # noqa: E402
from station import BIN, Station  # noqa: E402

NVS = (0x190000, 0x6000)  # of the emulated boards
GANG, OF_EACH = 8, 25
TEMPLATE = "Keystamp board"


class Story:
    """Says how long each part took."""

    def __init__(self):
        self.begun = self.last = time.monotonic()

    def told(self, what):
        now = time.monotonic()
        print(f"{now - self.last:6.1f} s  {what}", flush=True)
        self.last = now


def made(station, batch, mode):
    """A batch of fresh boards, a gang at a time; what each board's flash holds: {device: texts}."""
    station.command("batch", "create", batch, "--mode", mode, "--scope-id", SCOPE, "--pattern", batch + "-{seq:03}", "--first", "1", "--count", str(OF_EACH))
    held = {}
    for start in range(0, OF_EACH, GANG):
        size = min(GANG, OF_EACH - start)
        station.uid = os.urandom(8).hex()
        station.start_boards()
        station.command("run", batch, "--scans", station.write_scans(batch, size, start))
        with concurrent.futures.ThreadPoolExecutor(GANG) as readers:
            for texts in readers.map(lambda link: nvs_strings(Rom(link).read(*NVS)), station.links[:size]):
                held[texts["device_id"]] = texts
        station.stop_boards()
    assert len(held) == OF_EACH and all(texts["scope_id"] == SCOPE for texts in held.values()), sorted(held)
    station.command("batch", "close", batch)
    station.command("manifest", "export", batch, "--out", station.folder / batch)
    station.command("manifest", "verify", station.folder / batch, "--key", station.folder / "audit.pub.pem")
    return held


def credential(texts):
    return {"key": texts["sas_key"]} if "sas_key" in texts else {"cert": texts["cert"], "privateKey": texts["key"]}


def switch_on(cloud, boards, expected):
    """Each board registers by Azure's SDK; what it is answered is as expected: {device: status}."""
    said = {device: answer["status"] for device, answer in cloud.azure_all("http", {device: credential(texts) for device, texts in boards.items()}).items()}
    assert said == expected, {device: (answer, expected[device]) for device, answer in said.items() if answer != expected[device]}


def statuses(cloud):
    return {each["id"]: each["status"] for each in cloud.portal("GET", "devices")}


def all_of(devices, status):
    return dict.fromkeys(devices, status)


def enrolled_each_for_itself(station, cloud, x509):
    """DPS is told of each certificate: its boards then register although their CA's group is disabled."""
    group = "line-primary"
    cloud.portal("PATCH", f"groups/{group}", {"disabled": True})
    switch_on(cloud, x509, all_of(x509, "disabled"))
    with_cloud(station, cloud, push={"service": "dps", "host": cloud.endpoint})
    token = cloud.portal("POST", "tokens")["token"]
    done = station.call([BIN / "keystamp", "--config", station.config, "cloud", "push", "certified", "--apply"], input=token + "\n")
    assert f"{len(x509)} created" in done.stdout, done.stdout
    switch_on(cloud, x509, all_of(x509, "assigned"))
    cloud.portal("PATCH", f"groups/{group}", {"disabled": False})


def told_by_the_cloud(station, cloud, sas, x509):
    """Its export: fifty rows, the keys that the boards hold, the thumbprints that the station recorded. Where it lies."""
    path = station.folder / "export.csv"
    path.write_text(cloud.portal("GET", "export"))
    rows = {row["IOTC_DEVICEID"]: row for row in csv.DictReader(io.StringIO(path.read_text()))}
    assert sorted(rows) == sorted([*sas, *x509])
    assert all(rows[device]["IOTC_SASKEY_PRIMARY"] == texts["sas_key"] for device, texts in sas.items())
    recorded = dict(station.journal("select id, certificate from unit where state = 'RECORDED' and certificate is not null"))
    assert {device: rows[device]["IOTC_X509THUMBPRINT_PRIMARY"] for device in x509} == \
        {device: hashlib.sha1(certificate).hexdigest().upper() for device, certificate in recorded.items()}
    return path


def reconciled(station, cloud, changes=()):
    """The station's side of it, by the list of IoT Central's REST API: states and counts of all recorded units."""
    path = station.folder / "devices.json"
    path.write_text(cloud.api_devices())
    told = json.loads(station.command("cloud", "reconcile", path, "--json").stdout)
    assert not told["findings"] and [(one["id"], one["from"], one["to"]) for one in told["changes"]] == list(changes), told
    return {state: row["recorded"] for state, row in told["states"].items() if row["recorded"]}


def main():
    story = Story()
    with Station(fixtures=GANG, feed=1, driver="esp32") as station, station.own_signer():
        keys = group_keys(station)
        sas, x509 = made(station, "keyed", "sas"), made(station, "certified", "x509")
        boards = sas | x509
        story.told(f"{len(boards)} boards made, two manifests exported and verified; no cloud was there")
        with Cloud(station.folder) as cloud:
            with_cloud(station, cloud)
            cloud.portal("POST", "groups", {"name": "keys", "kind": "sas", **keys})
            guided(station, cloud, station.folder / "stick")
            assert all(verify(cloud, slot, station.folder / f"stick/keystamp-{slot}-proof.cer") for slot in ("primary", "secondary"))
            story.told("both CAs proven by the guided flow")

            imported = cloud.portal("POST", f"import?template={TEMPLATE.replace(' ', '%20')}", (station.folder / "certified/iotc-import.csv").read_bytes())
            assert imported["imported"] == OF_EACH, imported
            switch_on(cloud, boards, all_of(x509, "assigned") | all_of(sas, "unassigned"))
            assert statuses(cloud) == all_of(x509, "Provisioned") | all_of(sas, "Unassociated"), statuses(cloud)
            story.told("one manifest imported; all switched on; those of the other are un-associated")

            for device in sas:
                cloud.portal("PATCH", f"devices/{device}", {"template": TEMPLATE, "approved": True})
            blocked = sorted(sas)[7]
            cloud.portal("PATCH", f"devices/{blocked}", {"blocked": True})
            switch_on(cloud, sas, all_of(sas, "assigned") | {blocked: "disabled"})
            assert statuses(cloud) == all_of(boards, "Provisioned") | {blocked: "Blocked"}, statuses(cloud)
            assert station.command("cloud", "register", blocked, check=False).returncode == 1
            assert reconciled(station, cloud, [(blocked, None, "blocked")]) == {"provisioned": len(boards) - 1, "blocked": 1}
            assert "in the cloud blocked" in station.command("unit", "show", blocked).stdout
            story.told("associated and approved; one is blocked, told so by the station, and refused to Azure's client and ours")

            cloud.portal("PATCH", f"devices/{blocked}", {"blocked": False})
            switch_on(cloud, {blocked: sas[blocked]}, {blocked: "assigned"})
            assert "assigned" in station.command("cloud", "register", blocked).stdout
            assert statuses(cloud) == all_of(boards, "Provisioned")
            enrolled_each_for_itself(station, cloud, x509)
            story.told("unblocked; each certificate enrolled for itself")

            export = told_by_the_cloud(station, cloud, sas, x509)
            station.command("cloud", "reconcile", export)
            assert reconciled(station, cloud, [(blocked, "blocked", "provisioned")]) == {"provisioned": len(boards)}
            story.told("the cloud's export has each of them, with what its board holds; reconciled")
    print(f"{time.monotonic() - story.begun:6.1f} s  in all")


if __name__ == "__main__":
    main()
