"""Links that a run which wrote very much makes for the next ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic.publish import links
from publishing import contents, generations, home, names, publish

SITE = {"index.html": "front", "feeds/a.html": "a", "assets/site.css": "css"}
SPARES = ["spare-1", "spare-2", "spare-3"]


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(links, "_MANY", len(SITE))
    return tmp_path / "public"


def bodies(site: dict[str, str]) -> dict[str, bytes]:
    return {path: body.encode() for path, body in site.items()}


def test_commit_when_it_wrote_many_then_the_next_ones_are_made_of_spares(output: Path) -> None:
    publish(output, SITE)
    assert generations(output) == ["000001", *SPARES]
    for number, spare in enumerate(SPARES, 1):
        made = (home(output) / spare).stat().st_ino
        assert contents(home(output) / spare) == bodies(SITE)
        publish(output, {**SITE, "index.html": f"front {number}"})
        assert output.resolve().stat().st_ino == made
        assert contents(output) == bodies({**SITE, "index.html": f"front {number}"})
    old = (home(output) / "000001").stat().st_ino
    publish(output, {**SITE, "index.html": "front again"})
    assert output.resolve().stat().st_ino == old
    assert generations(output) == ["000002", "000003", "000004", "000005"]


def test_commit_when_it_wrote_few_then_there_are_none(output: Path) -> None:
    publish(output, {"index.html": "front"})
    assert generations(output) == ["000001"]


def test_commit_when_many_are_written_again_then_spares_are_made_anew(output: Path) -> None:
    publish(output, SITE)
    other = {path: f"another {body}" for path, body in SITE.items()}
    publish(output, other)
    for spare in SPARES:
        assert contents(home(output) / spare) == bodies(other)


def test_commit_when_a_run_was_killed_while_it_made_one_then_that_is_gone(output: Path) -> None:
    publish(output, SITE)
    unfinished = home(output) / "spare"
    (unfinished / "feeds").mkdir(parents=True)
    publish(output, {**SITE, "index.html": "2"})
    assert not unfinished.exists()
    assert contents(output)["index.html"] == b"2"


@pytest.mark.parametrize("name", ["spare", "spare-2"])
def test_commit_when_something_is_in_the_way_of_one_then_the_site_is_shown(
    output: Path, name: str
) -> None:
    publish(output, {"index.html": "front"})
    (home(output) / name).write_text("mine")
    publish(output, {**SITE, "index.html": "2"})
    publish(output, dict.fromkeys(SITE, "all"))
    publish(output, dict.fromkeys(SITE, "new"))
    assert set(contents(output).values()) == {b"new"}
    assert (home(output) / name).read_text() == "mine"


def test_commit_when_a_spare_is_a_link_then_where_it_leads_stays(
    output: Path, tmp_path: Path
) -> None:
    publish(output, SITE)
    elsewhere = tmp_path / "elsewhere"
    (home(output) / "spare-1").rename(elsewhere)
    (home(output) / "spare-1").symlink_to(elsewhere)
    publish(output, dict.fromkeys(SITE, "new"))
    assert contents(elsewhere) == bodies(SITE)
    assert set(contents(output).values()) == {b"new"}


def test_commit_when_somebody_meddled_with_a_spare_then_the_site_is_as_asked(output: Path) -> None:
    publish(output, SITE)
    spare = home(output) / "spare-1"
    (spare / "feeds/a.html").unlink()
    (spare / "feeds/a.html").mkdir()
    (spare / "feeds/a.html/x").write_text("theirs")
    (spare / "theirs.txt").write_text("theirs")
    publish(output, {**SITE, "index.html": "2"})
    assert contents(output) == bodies({**SITE, "index.html": "2"})
    assert "theirs.txt" not in names(output)
