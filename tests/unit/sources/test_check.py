from __future__ import annotations

from pathlib import Path

from ecliptic import sources
from ecliptic.model.codes import SOURCES
from ecliptic.sources.check import examine

TEXT = """\
[planet]
name = "P"
[[feed]]
url = "https://a.example/feed"
name = "Ada"
[[feed]]
url = "http://www.a.example/feed/"
name = "ada"
[[feed]]
url = "https://me:secret@b.example/feed"
insecure = true
[[feed]]
url = "https://www.b.example/feed"
[[feed]]
url = "http://me:secret@c.example/feed/"
[[feed]]
url = "http://d.example/feed/"
insecure = true
paused = true
"""


def check(folder: Path, text: str) -> list[tuple[str, str, int]]:
    path = folder / "planet.toml"
    path.write_text(text, "utf-8")
    found = examine(path, sources.load)
    assert all(finding.code in SOURCES for finding in found)
    assert all(finding.where == str(path) for finding in found)
    return [(finding.severity, finding.code, finding.line) for finding in found]


def test_check_when_settings_are_unwise_warns_in_the_order_of_lines(tmp_path: Path) -> None:
    assert check(tmp_path, TEXT) == [
        ("warning", "sources.no_link", 0),
        ("warning", "sources.same_name", 6),
        ("warning", "sources.near_duplicate", 6),
        ("warning", "sources.insecure", 6),
        ("warning", "sources.unchecked", 9),
        ("warning", "sources.near_duplicate", 12),
        ("warning", "sources.overheard", 14),
    ]


def test_check_when_posts_should_have_pages_without_an_archive_warns(tmp_path: Path) -> None:
    text = '[planet]\nname = "P"\nentry_pages = "full"\n'
    codes = [code for _, code, _ in check(tmp_path, text + "archive = false\n")]
    assert "sources.no_archive" in codes
    assert "sources.no_archive" not in [code for _, code, _ in check(tmp_path, text)]


def test_check_when_a_hub_has_no_feeds_to_be_told_of_warns(tmp_path: Path) -> None:
    text = '[planet]\nname = "P"\nhub = "https://hub.example/"\n'
    codes = [code for _, code, _ in check(tmp_path, text)]
    assert "sources.no_topic" in codes
    codes = [code for _, code, _ in check(tmp_path, text + 'link = "https://p.example/"\n')]
    assert "sources.no_topic" not in codes


def test_check_when_all_is_well_says_nothing(tmp_path: Path) -> None:
    text = sources.starter("P", "https://p.example/", "https://a.example/feed")
    assert check(tmp_path, text) == []


def test_check_when_settings_are_bad_returns_all_errors(tmp_path: Path) -> None:
    text = '[planet]\nname = ""\n[[feed]]\nurl = "x"\n'
    assert check(tmp_path, text) == [
        ("error", "sources.bad_value", 2),
        ("error", "sources.bad_address", 4),
    ]


def test_check_when_there_is_no_file_returns_an_error(tmp_path: Path) -> None:
    (found,) = examine(tmp_path / "planet.toml", sources.load)
    assert (found.severity, found.code) == ("error", "sources.missing_file")


def test_check_when_it_never_shows_a_password(tmp_path: Path) -> None:
    path = tmp_path / "planet.toml"
    path.write_text(TEXT, "utf-8")
    assert not [found for found in examine(path, sources.load) if "secret" in found.message]
