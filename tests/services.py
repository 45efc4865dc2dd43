"""What tests need from the system beside Python, and how they ask for it.

A test marked with one of these is skipped, saying so, where the service is
missing; under ``CI=true`` it fails instead (see ``conftest.py``).
"""

from __future__ import annotations

import os
import shutil

import pytest

needs_chromium = pytest.mark.service("chromium")


def chromium() -> str | None:
    """Return the path of Chromium, or ``None``; ``CHROMIUM`` names another one."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


FINDERS = {"chromium": chromium}


def is_missing(service: str) -> bool:
    """Return whether a service that a test asked for is not on this machine."""
    return FINDERS[service]() is None
