# SPDX-License-Identifier: Apache-2.0
"""The portal's side of verifying a CA, with what was carried there: a group for the certificate, its code, the proof."""

import base64
import pathlib
import subprocess

from station import BIN


def pem(der):
    text = base64.encodebytes(der).decode()
    return f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n"


def add_ca(cloud, slot, certificate):
    """A group with this file as its CA; the code that the portal then shows."""
    cloud.portal("POST", "groups", {"name": f"line-{slot}", "kind": "x509", "primary": pem(pathlib.Path(certificate).read_bytes())})
    return cloud.portal("POST", f"groups/line-{slot}/primary/code")["code"]


def verify(cloud, slot, proof):
    """Whether it is verified, by the portal's own check of the file."""
    group = cloud.portal("POST", f"groups/line-{slot}/primary/verify", pathlib.Path(proof).read_bytes())
    return group["slots"]["primary"]["verified"]


def guided(station, cloud, folder):
    """`keystamp ca verify` for both CAs, each with the code that the portal gives for the very file that it wrote. What it said."""
    process = subprocess.Popen([BIN / "keystamp", "--config", station.config, "ca", "verify", "--out", folder], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    for slot in ("primary", "secondary"):
        asked = ""
        while not asked.endswith(f"Verification code for the {slot} CA (an empty line leaves it out): "):
            part = process.stderr.read(1)
            assert part, f"never asked for the {slot} CA's code: {asked!r}"
            asked += part
        process.stdin.write(add_ca(cloud, slot, pathlib.Path(folder) / f"keystamp-{slot}-ca.cer") + "\n")
        process.stdin.flush()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, f"exit {process.returncode}\n{out}{err}"
    return out
