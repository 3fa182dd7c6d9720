#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The emulated ROM loader is one to Espressif's own tool too: esptool-js, as npm has it, writes to every chip and verifies.

  esptool_js.py FOLDER     FOLDER keeps the npm package between runs
"""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import npm_package  # noqa: E402
from station import BIN  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent / "esptool-js"
CHIPS = {"esp32": "ESP32", "esp32s2": "ESP32-S2", "esp32s3": "ESP32-S3", "esp32c2": "ESP32-C2", "esp32c3": "ESP32-C3",
         "esp32c6": "ESP32-C6", "esp32h2": "ESP32-H2"}


def install(folder):
    npm_package.install(HERE, folder)


def check(folder, driver, name, image):
    board = subprocess.Popen([BIN / "keystamp-board", "--driver", driver, "--listen", "rfc2217:127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        _, host, port = board.stdout.readline().split()[1].split(":")
        done = subprocess.run(["node", "write_and_verify.js", host, port, name, image, str(0x190000)], cwd=folder,
                              capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0 and "Hash of data verified." in done.stdout, f"{name}:\n{done.stdout}{done.stderr}"
        mac = next(line for line in done.stdout.splitlines() if line.startswith("MAC"))
        print(f"{name}: {mac}, {len(image.read_bytes())} bytes written and verified")
    finally:
        board.terminate()
        board.wait()


def main():
    folder = pathlib.Path(sys.argv[1])
    install(folder)
    with tempfile.TemporaryDirectory() as made:
        image = pathlib.Path(made) / "image"
        image.write_bytes(bytes([0xC0, 0xDB, 0xFF, 0x00]) * 256 + os.urandom(3000))
        for driver, name in CHIPS.items():
            check(folder, driver, name, image)


if __name__ == "__main__":
    main()
