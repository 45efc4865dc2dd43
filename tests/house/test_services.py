"""A missing service is a skip that says so, and a failure where everything should be there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from project import ROOT
from services import needs_chromium

PROGRAM = """
from services import needs_chromium

@needs_chromium
def test_of_a_page() -> None:
    pass
"""


def run_without_services(folder: Path, **environment: str) -> str:
    test = folder / "test_page.py"
    test.write_text(PROGRAM)
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "CHROMIUM"}}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider",
         "-c", str(ROOT / "pyproject.toml"), str(test)],
        cwd=folder,
        env={**kept, "PATH": "", "PYTHONPATH": str(ROOT / "tests"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.mark.slow
def test_service_when_it_is_missing_skips_and_says_so(tmp_path: Path) -> None:
    output = run_without_services(tmp_path)
    assert "1 skipped" in output
    assert "missing service: chromium" in output


@pytest.mark.slow
def test_service_when_it_is_missing_in_ci_fails(tmp_path: Path) -> None:
    output = run_without_services(tmp_path, CI="true")
    assert "1 failed" in output or "1 error" in output
    assert "missing service: chromium" in output


@pytest.mark.slow
@needs_chromium
def test_browser_shows_a_page(request: pytest.FixtureRequest) -> None:
    browser = request.getfixturevalue("browser")
    page = browser.new_page()
    page.set_content("<p>Grüße</p>")
    assert page.inner_text("p") == "Grüße"
    page.close()
