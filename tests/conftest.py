"""What holds for every test: Hypothesis profiles, services, and which package is tested."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from services import chromium as find_chromium
from services import is_missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from ecliptic.testing import FeedServer

FIGURE = "figure"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# Deadlines measure the machine, not the code; CI must give the same answer twice.
settings.register_profile("default", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
# For the fast tier: enough to see that a property still means something; `make test` asks it all.
settings.register_profile("quick", parent=settings.get_profile("ci"), max_examples=10)
settings.load_profile("ci" if IN_CI else "default")


def pytest_report_header() -> str:
    """Say which copy of the package is tested."""
    found = importlib.util.find_spec("ecliptic")
    return f"ecliptic: {found.origin if found else 'not installed'}"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose service is missing; fail it where everything should be there."""
    for mark in item.iter_markers("service"):
        if is_missing(mark.args[0]):
            stop = pytest.fail if IN_CI else pytest.skip
            stop(f"missing service: {mark.args[0]}")


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """A function that says a figure at the end of the run, whichever process counted it."""
    return lambda line: record_property(FIGURE, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the figures that tests told."""
    reports = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
    ]
    told = {value for report in reports for name, value in report.user_properties if name == FIGURE}
    if told:
        terminalreporter.section("figures")
        for line in sorted(map(str, told)):
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium; ask for it in a test marked ``needs_chromium``."""
    path = find_chromium()
    assert path, "mark the test with services.needs_chromium"
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium; ask for it in a test marked ``needs_chromium``.

    It keeps an event loop running in this thread, so it ends with its module.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only browser tests pay for it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """Serve feeds on loopback while the test runs."""
    from ecliptic.testing import FeedServer  # noqa: PLC0415 - most tests need no server

    with FeedServer() as running:
        yield running
