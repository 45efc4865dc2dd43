"""The demo's planet, built once for all tests that look at it."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from project import ROOT


@cache
def demo_site() -> Path:
    """Build the demo as `make demo` does, and return the folder of its pages."""
    folder = Path(mkdtemp(prefix="demo-"))
    command = [sys.executable, str(ROOT / "demo" / "run.py"), "--output", str(folder / "demo")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "demo" / "site"
