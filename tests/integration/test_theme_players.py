"""Cleaning and the default theme agree on what may be shown."""

from __future__ import annotations

import re

from ecliptic.clean.embeds import _PLAYERS
from rendering import SITE, render_page


def test_policy_when_written_allows_the_players_that_cleaning_keeps_and_no_other() -> None:
    page = render_page("index.html", site=SITE).decode()
    policy = re.search(r"frame-src ([^;]*);", page)
    assert policy is not None
    assert policy[1].split() == [f"https://{host}" for host in _PLAYERS]
