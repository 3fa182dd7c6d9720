#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Devices that the station made register: scenario x client x mode, what must come of it and what came. The clients are ours and Azure's
own device SDK over HTTPS, MQTT and AMQP, with credentials read out of the boards' flash; the cloud is the stand-in."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from cloud import SCOPE, Cloud, group_keys, install, nvs_strings, with_cloud  # noqa: E402
from esp_rom import Rom  # noqa: E402
from station import BIN, ROOT, Station  # noqa: E402

NVS = (0x190000, 0x6000)  # of the emulated boards
BOARDS = 2
OURS = {"keystamp": (), "keystamp mqtt": ("--mqtt",)}


class Table:
    def __init__(self):
        self.rows, self.wrong = [], 0

    def holds(self, scenario, client, mode, expected, seen):
        self.wrong += seen != expected
        self.rows.append((scenario, client, mode, expected, seen, "" if seen == expected else "  <<<"))

    def print(self):
        print(f"{'scenario':<30} {'client':<14} {'mode':<15} {'expected':<12} seen")
        for row in self.rows:
            print("{:<30} {:<14} {:<15} {:<12} {}{}".format(*row))


class Proxy:
    """Hands CONNECT on, and keeps what was asked."""

    def __enter__(self):
        self.asked = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                client = self.listener.accept()[0]
                request = b""
                while b"\r\n\r\n" not in request:
                    request += client.recv(4096)
                self.asked.add(request.split(b" HTTP")[0].decode())
                server = socket.create_connection(request.split()[1].decode().split(":"))
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=self.carry, args=pair, daemon=True).start()

    @staticmethod
    def carry(source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


def ours(station, device, *options):
    """`keystamp cloud register`: its answer, or the error's name."""
    done = station.command("cloud", "register", device, "--json", *options, check=False)
    said = json.loads(done.stdout or done.stderr)
    assert (done.returncode == 0) == (said.get("answer") == "assigned"), done
    return said.get("answer") or said["error"]["code"]


def azure(cloud, transport, device, credential):
    said = cloud.azure(transport, device, credential)
    if said["status"]:
        return said["status"]
    # DPS over MQTT and AMQP refuses the connection itself, over HTTPS the request
    # (401 last: the tracking ID of another error may have it, too)
    words = {"404201": "not found", "ThrottlingError": "throttled", "Not authorized": "refused", "401": "refused"}
    return next((word for sign, word in words.items() if sign in said["error"]), said["error"])


def made(station, batch, mode, *options):
    """A batch on fresh boards; what each holds: {device ID: texts of its flash}."""
    station.uid = os.urandom(8).hex()
    station.start_boards()
    station.command("batch", "create", batch, "--mode", mode, "--scope-id", SCOPE, "--pattern", batch + "-{seq:03}", "--first", "1",
                    "--count", str(BOARDS), *options)
    station.command("run", batch, "--scans", station.write_scans(batch, BOARDS))
    held = [nvs_strings(Rom(link).read(*NVS)) for link in station.links]
    station.stop_boards()
    assert all(texts["scope_id"] == SCOPE for texts in held), held
    return {texts["device_id"]: texts for texts in held}


def enrol(station, cloud):
    """Both group keys and both CAs, each proven by the code that the cloud gave for it."""
    keys = {}
    for slot in ("primary", "secondary"):
        proof = station.folder / f"{slot}.pem"
        cloud_group = f"line-{slot}"
        chain = (station.folder / f"ca/{slot}.pem").read_text()
        first = chain[:chain.index("-----END CERTIFICATE-----")] + "-----END CERTIFICATE-----\n"
        cloud.portal("POST", "groups", {"name": cloud_group, "kind": "x509", "primary": first})
        code = cloud.portal("POST", f"groups/{cloud_group}/primary/code")["code"]
        station.command("ca", "prove", code, "--slot", slot, "--out", proof)
        keys[slot] = (cloud_group, proof)
    return keys


def check_samples(station, cloud, device, secrets):
    """`unit show --sample`: Node's runs and is assigned, Python's compiles; in none of them is a secret."""
    for language in ("c", "python", "node", "java", "dotnet"):
        text = station.command("unit", "show", device, "--sample", language).stdout
        assert device in text and SCOPE in text and not re.search(r"@\w+@", text), text
        for place, secret in secrets.items():
            assert secret not in text and place in text, f"{language}: {place}"
        if language == "python":
            compile(text, "sample.py", "exec")
    # MQTT has a port of its own
    text = station.command("unit", "show", device, "--sample", "node").stdout.replace(cloud.endpoint, f"localhost:{cloud.ports['mqtts']}")
    for place, secret in secrets.items():
        text = text.replace(place, secret)
    folder = install(ROOT / "tests/e2e/cloud", "azure-device")
    done = subprocess.run(["node", "-"], input=text, cwd=folder, capture_output=True, text=True, timeout=60, check=False,
                          env={**os.environ, "NODE_EXTRA_CA_CERTS": str(cloud.trust)})
    assert done.stdout == f"HostName=hub.stand-in.example;DeviceId={device}\n", done.stdout + done.stderr


def check_sas(station, cloud, table):
    cloud.portal("POST", "groups", {"name": "keys", "kind": "sas", **group_keys(station)})
    held = made(station, "sas", "sas")
    device, other = sorted(held)
    keys = [json.loads(station.command("sas", "derive", device, "--slot", slot, "--json").stdout)["key"] for slot in ("primary", "secondary")]
    assert held[device]["sas_key"] == keys[0], "the board holds another key than the HSM derives"
    cloud.portal("POST", "devices", {"id": device, "template": "t"})

    def each(scenario, expected, refused, primary, secondary):
        for mode, key, slot in (("SAS primary", primary, "primary"), ("SAS secondary", secondary, "secondary")):
            for transport in ("http", "mqtt"):
                table.holds(scenario, f"azure {transport}", mode, refused or expected, azure(cloud, transport, device, {"key": key}))
            for client, option in OURS.items():
                table.holds(scenario, client, mode, "cloud-refused" if refused else expected, ours(station, device, "--slot", slot, *option))

    def amqp(scenario, expected, key=keys[0]):
        table.holds(scenario, "azure amqp", "SAS primary", expected, azure(cloud, "amqp", device, {"key": key}))

    each("good", "assigned", None, *keys)
    amqp("good", "assigned")
    check_samples(station, cloud, device, {"<the SAS key, base64>": keys[0]})
    cloud.portal("PATCH", f"devices/{device}", {"blocked": True})
    each("blocked", "disabled", None, *keys)
    amqp("blocked", "disabled")
    cloud.portal("PATCH", f"devices/{device}", {"blocked": False, "template": None})
    each("nobody has associated it", "unassigned", None, *keys)
    cloud.portal("PATCH", f"devices/{device}", {"template": "t"})
    each("good again", "assigned", None, *keys)
    for client, option in OURS.items():
        cloud.portal("POST", "faults", {"throttle": 1})
        table.holds("throttled", client, "SAS primary", "assigned", ours(station, device, *option))
    cloud.portal("POST", "faults", {"throttle": 1})
    table.holds("throttled", "azure http", "SAS primary", "throttled", azure(cloud, "http", device, {"key": keys[0]}))
    cloud.portal("POST", "faults", {"throttle": 2})  # the connection, which learns so by its first request; that one is sent again
    amqp("throttled", "assigned")
    cloud.portal("POST", "faults", {"device": device, "failure": 400207})
    each("no hub takes it", "failed", None, *keys)
    amqp("no hub takes it", "failed")
    said = json.loads(station.command("cloud", "register", device, "--json", check=False).stdout)
    assert said["errorCode"] == 400207 and said["message"].startswith("Custom allocation failed") and "allocation of its enrolment group" in said["next"], said
    cloud.portal("POST", "faults", {"device": device, "failure": None})
    cloud.portal("POST", "faults", {"device": device, "errorCode": 404201})
    amqp("no enrolment", "not found")
    for client, option in OURS.items():
        table.holds("no enrolment", client, "SAS primary", "cloud-refused", ours(station, device, *option))
    cloud.portal("POST", "faults", {"device": device, "errorCode": None})
    for transport in ("http", "mqtt"):
        table.holds("another device's key", f"azure {transport}", "SAS primary", "refused", azure(cloud, transport, device, {"key": held[other]["sas_key"]}))
    amqp("another device's key", "refused", held[other]["sas_key"])
    table.holds("switched on before imported", "keystamp", "SAS primary", "unassigned", ours(station, other))
    assert cloud.device(other)["status"] == "Unassociated", cloud.device(other)
    cloud.portal("POST", "faults", {"device": device, "errorCode": 500000})
    table.holds("in trouble until the limit", "keystamp", "SAS primary", "cloud-refused", ours(station, device, "--limit", "2"))
    cloud.portal("POST", "faults", {"device": device, "errorCode": None})
    with Proxy() as proxy:
        with_cloud(station, cloud, proxy=f"http://127.0.0.1:{proxy.port}")
        table.holds("by a proxy", "keystamp", "SAS primary", "assigned", ours(station, device))
        assert proxy.asked == {f"CONNECT {cloud.endpoint}"}, proxy.asked
    with_cloud(station, cloud, endpoint=cloud.endpoint.replace("localhost", "127.0.0.1"))
    for client, option in OURS.items():
        table.holds("by its address", client, "SAS primary", "assigned", ours(station, device, *option))
    with_cloud(station, cloud, ca_file="ca/root.pem")
    for client, option in OURS.items():
        table.holds("another's TLS", client, "SAS primary", "cloud-unreachable", ours(station, device, *option))
    with_cloud(station, cloud, endpoint="localhost:1", mqtt_port=1)
    for client, option in OURS.items():
        table.holds("no network", client, "SAS primary", "cloud-unreachable", ours(station, device, *option))
    with_cloud(station, cloud)
    text = station.command("cloud", "connection-string", device).stdout
    assert text == f"HostName=hub.stand-in.example;DeviceId={device};SharedAccessKey={keys[0]}\n", text


def main():
    table = Table()
    with Station(fixtures=BOARDS, feed=1, driver="esp32") as station, Cloud(station.folder) as cloud, station.own_signer():
        with_cloud(station, cloud)
        check_sas(station, cloud, table)
        check_x509(station, cloud, table)
        check_records(station)
    table.print()
    assert table.wrong == 0, f"{table.wrong} of {len(table.rows)} are not as expected"
    print(f"{len(table.rows)} registrations, each as expected")


def made_expired(folder, device):
    """A CA of the test's own, and a certificate of it that ended yesterday."""
    folder.mkdir()

    def openssl(*words):
        return Station.call(["openssl", *words], cwd=folder).stdout

    (folder / "ca.cnf").write_text("[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=p\nunique_subject=no\n"
                                   "[p]\ncommonName=supplied\n")
    (folder / "index").touch()
    (folder / "serial").write_text("01")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=old CA", "-days", "30")

    def issue(name, first, last):
        openssl("req", "-new", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in", f"{name}.csr", "-out", f"{name}.pem",
                "-startdate", first, "-enddate", last)
        return (folder / f"{name}.pem").read_text()

    ca = (folder / "ca.pem").read_text()
    leaf = issue(device, "20200101000000Z", "20200201000000Z")
    return {"cert": leaf + ca, "privateKey": (folder / f"{device}.key").read_text(), "ca": ca,
            "prove": lambda code: issue(code, "20200101000000Z", "20991231235959Z")}


def check_x509(station, cloud, table):
    proofs = enrol(station, cloud)
    held = made(station, "cert", "x509", "--slot", "primary") | made(station, "spare", "x509", "--slot", "secondary")
    device, spare = "cert-001", "spare-001"
    for each in (device, spare):
        cloud.portal("POST", "devices", {"id": each, "template": "t"})

    def credential(name, key=None, chain=None):
        return {"cert": chain or held[name]["cert"], "privateKey": (key or held[name])["key"] if not isinstance(key, str) else key}

    def key_file(name):
        path = station.folder / f"{name}.key"
        path.touch(mode=0o600)
        path.write_text(held[name]["key"])
        return path

    def each(scenario, name, mode, expected, refused=False):
        for transport in ("http", "mqtt"):
            table.holds(scenario, f"azure {transport}", mode, "refused" if refused else expected, azure(cloud, transport, name, credential(name)))
        for client, option in OURS.items():
            table.holds(scenario, client, mode, "cloud-refused" if refused else expected, ours(station, name, "--key", key_file(name), *option))

    each("its CA is not verified", device, "x509 primary", None, refused=True)
    for group, proof in proofs.values():
        cloud.portal("POST", f"groups/{group}/primary/verify", proof.read_text())
    each("good", device, "x509 primary", "assigned")
    table.holds("good", "azure amqp", "x509 primary", "assigned", azure(cloud, "amqp", device, credential(device)))
    each("good", spare, "x509 secondary", "assigned")
    (station.folder / "chain.pem").write_text(held[device]["cert"])
    check_samples(station, cloud, device, {"<file of the certificate and all above it, PEM>": str(station.folder / "chain.pem"),
                                           "<file of the private key, PEM>": str(key_file(device))})
    cloud.portal("PATCH", "groups/line-primary", {"disabled": True})
    each("its group is disabled", device, "x509 primary", "disabled")
    cloud.portal("PATCH", "groups/line-primary", {"disabled": False})
    cloud.portal("PATCH", f"devices/{device}", {"blocked": True})
    each("blocked", device, "x509 primary", "disabled")
    cloud.portal("PATCH", f"devices/{device}", {"blocked": False})
    leaf = held[device]["cert"].split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
    bad = {"missing intermediate": (device, credential(device, chain=leaf)),
           "another device's certificate": (device, credential("cert-002"))}
    for scenario, (name, shown) in bad.items():
        for transport in ("http", "mqtt", "amqp"):
            table.holds(scenario, f"azure {transport}", "x509 primary", "refused", azure(cloud, transport, name, shown))
    expired = made_expired(station.folder / "expired", device)
    cloud.portal("POST", "groups", {"name": "old", "kind": "x509", "primary": expired.pop("ca")})
    code = cloud.portal("POST", "groups/old/primary/code")["code"]
    cloud.portal("POST", "groups/old/primary/verify", expired.pop("prove")(code))
    for transport in ("http", "mqtt"):
        table.holds("expired", f"azure {transport}", "x509", "refused", azure(cloud, transport, device, expired))
    for client, option in OURS.items():
        table.holds("another device's key", client, "x509 primary", "bad-usage", ours(station, device, "--key", key_file("cert-002"), *option))
    table.holds("no key at hand", "keystamp", "x509 primary", "bad-usage", ours(station, device))
    # from now on the secondary serves new batches
    station.command("ca", "roll", "--slot", "secondary")
    rolled = made(station, "rolled", "x509")
    held.update(rolled)
    cloud.portal("POST", "devices", {"id": "rolled-001", "template": "t"})
    each("good", "rolled-001", "x509 rolled", "assigned")


def check_records(station):
    rows = [json.loads(line) for (line,) in station.journal("select line from audit")]
    rows = [row for row in rows if row["kind"] == "cloud-register"]
    assert {row["answer"] for row in rows} == {"assigned", "disabled", "unassigned", "failed", "refused"}, rows
    for name in ("journal.db", "journal.db-wal"):
        path = station.folder / "data" / name
        for secret in (b"SharedAccessSignature", b"PRIVATE KEY"):
            assert not path.exists() or secret not in path.read_bytes(), f"{secret} in {name}"


if __name__ == "__main__":
    main()
