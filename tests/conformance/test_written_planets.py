"""Real planets' configurations, written as planet.toml, are the same planets."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic import legacy
from ecliptic.engine import load_site
from ecliptic.legacy import writing
from ecliptic.model.site import Site
from ecliptic.sources import address, toml
from ecliptic.sources.writing import written
from planets_on_disk import without_places
from shared_data import DATA, needs_shared_data

pytestmark = needs_shared_data

PLANETS = DATA / "planets"


def configurations() -> list[str]:
    suffixes = {".ini", ".opml", ".xml"}
    found = (
        path for path in PLANETS.rglob("*") if path.suffix in suffixes or path.name == "perlanetrc"
    )
    return sorted(str(path.relative_to(PLANETS)) for path in found)


def without_faults(site: Site) -> Site:
    """Return a planet without the feeds that nobody can ask, which are comments."""
    feeds = tuple(
        feed
        for feed in site.subscriptions
        if address.is_file(feed.url) or not address.fault(feed.url)
    )
    return replace(site, subscriptions=feeds)


@pytest.mark.parametrize("name", configurations())
def test_written_when_a_configuration_is_real_is_the_same_planet(name: str, tmp_path: Path) -> None:
    old = PLANETS / name
    site = load_site(old)
    made = written(site, tmp_path / "planet.toml")
    again = toml.read(tmp_path / "planet.toml", made.text)
    assert without_places(again) == without_places(without_faults(site))
    assert len(made.look) == len(site.subscriptions) - len(again.subscriptions)
    assert (
        written(again, tmp_path / "planet.toml").text.partition("[planet]")[2]
        == (written(without_faults(site), tmp_path / "planet.toml").text.partition("[planet]")[2])
    )


@pytest.mark.parametrize("name", configurations())
def test_export_when_a_configuration_is_real_venus_reads_the_same_feeds(
    name: str, tmp_path: Path
) -> None:
    site = without_faults(load_site(PLANETS / name))
    made = writing.written(site, tmp_path / "config.ini")
    (tmp_path / "config.ini").write_text(made.text, "utf-8")
    again = legacy.load(tmp_path / "config.ini")
    assert (again.dialect, again.name) == ("venus", site.name)
    lost = [sentence for sentence in made.look if sentence.startswith("filter:")]
    for before, after in zip(site.subscriptions, again.subscriptions, strict=True):
        kept = before if not lost else replace(before, filter=after.filter)
        assert after == replace(kept, line=after.line)
