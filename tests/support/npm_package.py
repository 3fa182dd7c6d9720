# SPDX-License-Identifier: Apache-2.0
"""A Node.js package of this tree, with what npm has for it."""

import json
import shutil
import subprocess


def install(source, folder):
    """`source` and all that it depends on in `folder`, which keeps them between runs; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        shutil.copy(file, folder)
    wanted = json.loads((folder / "package.json").read_text())["dependencies"]
    if not all((folder / "node_modules" / name).is_dir() for name in wanted):
        subprocess.run(["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
    return folder
