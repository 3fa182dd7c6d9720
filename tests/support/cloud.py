# SPDX-License-Identifier: Apache-2.0
"""The cloud's stand-in (installer/cloud) as a process, devices as Azure's own SDK makes them, and what an ESP32's flash holds."""

import base64
import json
import os
import pathlib
import ssl
import struct
import subprocess
import urllib.error
import urllib.request

import npm_package
from station import BIN, ROOT

SCOPE = "0ne00TEST01"


def install(source, name):
    """A Node.js package of this tree, where the build keeps it."""
    return npm_package.install(source, BIN.parent / "tests" / name)


class Cloud:
    def __init__(self, folder, *options):
        self.trust = pathlib.Path(folder) / "cloud/tls.pem"
        self.process = subprocess.Popen(
            ["node", "main.js", "--scope", SCOPE, "--dir", self.trust.parent, "--retry-after", "0", *options],
            cwd=install(ROOT / "installer/cloud", "cloud-stand-in"), stdout=subprocess.PIPE, text=True)
        self.ports = {}
        for line in self.process.stdout:
            if line == "ready\n":
                break
            scheme, _, port = line.strip().split(":")
            self.ports[scheme] = int(port)
        self.endpoint = f"localhost:{self.ports['https']}"
        self.context = ssl.create_default_context(cafile=self.trust)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def portal(self, method, path, body=None):
        """What the operator's page asks for; text goes as it is, anything else as JSON."""
        data = body if isinstance(body, (bytes, type(None))) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        request = urllib.request.Request(f"https://{self.endpoint}/portal/{path}", data, method=method, headers={
            "Content-Type": "text/plain" if isinstance(body, (bytes, str)) else "application/json"})
        try:
            with urllib.request.urlopen(request, context=self.context) as reply:
                text = reply.read().decode("utf-8-sig")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.code} {error.read().decode()}") from None
        return json.loads(text) if text[:1] in "[{" else text

    def device(self, device):
        return next(each for each in self.portal("GET", "devices") if each["id"] == device)

    def api_devices(self):
        """The list that IoT Central's REST API gives, as text."""
        request = urllib.request.Request(f"https://{self.endpoint}/api/devices?api-version=2022-07-31", headers={"Authorization": self.portal("POST", "tokens")["token"]})
        with urllib.request.urlopen(request, context=self.context) as reply:
            return reply.read().decode()

    def azure(self, transport, device, credential):
        """Registers by Azure's device SDK; its answer."""
        return self._azure(transport, credential, device)

    def azure_all(self, transport, credentials):
        """{device: credential}, all at once; {device: answer}."""
        return self._azure(transport, credentials)

    def _azure(self, transport, given, *device):
        folder = install(ROOT / "tests/e2e/cloud", "azure-device")
        port = self.ports[transport + "s"]
        done = subprocess.run(["node", "register.js", transport, str(port), SCOPE, *device], cwd=folder, input=json.dumps(given),
                              capture_output=True, text=True, timeout=60, env={**os.environ, "NODE_EXTRA_CA_CERTS": str(self.trust)}, check=False)
        assert done.stdout, done.stderr
        return json.loads(done.stdout)


def with_cloud(station, cloud, push=None, **changed):
    """The station's [cloud], with what is `changed` of it; and its [cloud.push]."""
    table = {"endpoint": cloud.endpoint, "ca_file": "cloud/tls.pem", "mqtt_port": cloud.ports["mqtts"]} | changed
    before, *fixtures = station.config.read_text().split("[[fixture]]")
    text = before.split("[cloud]")[0]
    for name, keys in {"cloud": table, "cloud.push": push}.items():
        text += f"[{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items()) if keys else ""
    station.config.write_text("[[fixture]]".join([text, *fixtures]))


def group_keys(station):
    """As IoT Central makes them and the HSM takes them in: {slot: base64}."""
    keys = {slot: base64.b64encode(os.urandom(64)).decode() for slot in ("primary", "secondary")}
    for slot, key in keys.items():
        subprocess.run([BIN / "keystamp", "--config", station.config, "sas", "import", "--slot", slot, "--replace"], input=key + "\n", text=True,
                       capture_output=True, check=True)
    return keys


def nvs_strings(image):
    """Names and texts of an NVS image (ESP-IDF, "Non-Volatile Storage Library"), as its own pages say; no CRC is looked at."""
    texts = {}
    for page in range(0, len(image), 4096):
        at = 64
        while at + 32 <= 4096:
            entry = image[page + at:page + at + 32]
            namespace, kind, span = entry[0], entry[1], entry[2]
            written = (image[page + 32 + (at - 64) // 32 // 4] >> ((at - 64) // 32 % 4 * 2)) & 3 == 2
            if written and kind == 0x21 and namespace != 0:
                size = struct.unpack_from("<H", entry, 24)[0]
                texts[entry[8:24].split(b"\0")[0].decode()] = image[page + at + 32:page + at + 32 + size - 1].decode()
            at += 32 * (span if written and 0 < span < 127 else 1)
    return texts
