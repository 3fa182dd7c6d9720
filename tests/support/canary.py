# SPDX-License-Identifier: Apache-2.0
"""Looks for keys where none may be: in every file of a station and in what its programs have shown."""

import base64


def forms(secret):
    """As bytes, base64 (also with its ends cut off) and hex."""
    text = base64.b64encode(secret)
    return [secret, text, text[4:40], secret.hex().encode(), secret.hex().upper().encode()]


def expect_none(secrets, place, content):
    for secret in secrets:
        assert not any(form in content for form in forms(secret)), f"a key is in {place}"


def expect_in_no_file(station, secrets):
    files = [path for path in station.folder.rglob("*") if path.is_file()]
    assert len(files) > 8
    for path in files:
        expect_none(secrets, path, path.read_bytes())


def expect_no_key(station, devices, shown):
    """Of none of these devices its derived key, in no file and not in what was shown."""
    keys = [base64.b64decode(station.command("sas", "derive", device, "--slot", "primary").stdout) for device in devices]
    assert keys and all(len(key) == 32 for key in keys)
    expect_in_no_file(station, keys)
    expect_none(keys, "what was shown", shown.encode())
