# SPDX-License-Identifier: Apache-2.0
"""An X server of a test's own, without a window manager and without a graphics card."""

import os
import subprocess


class Screen:
    """`env` is what a Qt program is started with there."""

    def __init__(self, width, height):
        read, write = os.pipe()
        # -noreset: else it begins anew, and refuses whoever comes meanwhile, when its first client leaves before the others came
        self._server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
                                        pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        self.env = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}
        self.env.pop("WAYLAND_DISPLAY", None)

    def close(self):
        self._server.terminate()
        self._server.wait()
