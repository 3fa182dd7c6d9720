# SPDX-License-Identifier: Apache-2.0
"""The portal's side of verifying a CA, with what was carried there: a group for the certificate, its code, the proof."""

import base64
import pathlib


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
