#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of the cloud's stand-in, in a real browser."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from cloud import Cloud, install  # noqa: E402
from station import ROOT  # noqa: E402


def main():
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert browser, "no Chromium: installer/packages test brings it"
    folder = install(ROOT / "tests/e2e/cloud-page", "cloud-page")
    with tempfile.TemporaryDirectory() as made, Cloud(made) as cloud:
        csv = pathlib.Path(made) / "iotc-import.csv"
        csv.write_text("\ufeffIOTC_DeviceID,IOTC_DeviceName\r\nacme-000001,Door\r\nacme-000002,<b>Window</b>\r\n")
        picture = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else made) / "page.png"
        done = subprocess.run(["node", "browse.js", browser, str(cloud.ports["https"]), csv, picture], cwd=folder, capture_output=True, text=True,
                              timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        print(done.stdout, end="")
        assert cloud.device("acme-000001")["approved"] and not cloud.device("acme-000001")["blocked"]
        lines = cloud.portal("GET", "export").splitlines()
        assert lines[0].startswith("IOTC_DEVICEID,IOTC_DEVICENAME,IOTC_SASKEY_PRIMARY") and lines[2].startswith("acme-000002,<b>Window</b>,"), lines


if __name__ == "__main__":
    main()
