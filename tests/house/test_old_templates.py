"""The page on old templates lists what they see, all of it and nothing else."""

from __future__ import annotations

import re

import pytest

from ecliptic.model.feed import FetchState
from ecliptic.model.page import Shown
from ecliptic.model.parsed import Enclosure
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.render.htmltmpl.scan import KINDS
from ecliptic.render.variables import Variables
from making import NOON
from project import DOCS
from rendering import make_feed, make_shown

TEXT = (DOCS / "reference" / "old-templates.md").read_text("utf-8")
DATED = {"date", "updated", "published", "last_updated"}


def full() -> Shown:
    feed = make_feed(fetch=FetchState(changed_at=NOON))
    file = Enclosure(url="https://a.example/a.mp3")
    return make_shown(1, feed, updated=NOON, enclosures=(file,))


def seen(level: str) -> set[str]:
    """Return the names that a template sees at a level."""
    shown = full()
    site = Site(name="P")
    template = OldTemplate(file="/t/a.html.tmpl", path="a.html", folder="/t")
    page = Variables(site, template, [shown.feed], {1: "404"}).page([shown], NOON)
    if level == "At the top":
        return set(page)
    scopes = page["Items" if level == "In `Items`" else "Channels"]
    assert not isinstance(scopes, (str, int))
    return {name for name in scopes[0] if not name.startswith("channel_")}


def listed(level: str) -> set[str]:
    """Return the names in the section of a level."""
    section = re.split(r"^#+ ", TEXT.split(f"### {level}\n")[1], flags=re.MULTILINE)[0]
    names = set(re.findall(r"`([A-Za-z_0-9]+)`", section)) - {"_iso", "_822"}
    dated = {f"{name}{form}" for name in names & DATED for form in ("", "_iso", "_822")}
    named_elsewhere = {"In `Channels`": {"DEFAULT"}, "In `Items`": {"Channels", "channel_"}}
    return (names | dated) - named_elsewhere.get(level, set())


@pytest.mark.parametrize("level", ["At the top", "In `Channels`", "In `Items`"])
def test_page_on_old_templates_lists_every_variable(level: str) -> None:
    assert listed(level) == seen(level)


def test_page_on_old_templates_lists_every_statement() -> None:
    assert {match[1] for match in re.finditer(r"TMPL_([A-Z]+)", TEXT)} == KINDS
