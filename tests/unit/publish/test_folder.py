from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ecliptic.errors import PublishError
from ecliptic.model.page import Artifact
from ecliptic.publish import open_site
from publishing import contents, home, identity, make_page, names, publish

SITE = {"index.html": "front", "feeds/a.html": "a", "assets/site.css": "css"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder in which the operator keeps a file."""
    folder = tmp_path / "htdocs"
    folder.mkdir()
    (folder / "robots.txt").write_text("mine")
    return folder


def test_commit_when_the_folder_is_shared_then_adds_our_pages(output: Path) -> None:
    done = publish(output, SITE)
    assert (done.written, done.removed) == (3, 0)
    assert contents(output) == {
        "robots.txt": b"mine",
        **{path: body.encode() for path, body in SITE.items()},
    }
    assert not output.is_symlink()
    assert names(home(output)) == ["manifest.json"]


def test_commit_when_nothing_changed_then_touches_nothing(output: Path) -> None:
    publish(output, SITE)
    before = identity(output)
    assert publish(output, SITE).written == 0
    done = open_site(str(output)).commit([make_page("index.html", "front", stamp="x")], list(SITE))
    assert done.written == 0
    assert identity(output) == before
    assert open_site(str(output)).stamps()["index.html"] == "x"


def test_commit_when_one_page_changed_then_the_others_keep_inode_and_time(output: Path) -> None:
    publish(output, SITE)
    before = identity(output)
    publish(output, {**SITE, "index.html": "new"})
    after = identity(output)
    for path in ("feeds", "feeds/a.html", "assets/site.css", "robots.txt"):
        assert after[path] == before[path]
    assert after["index.html"] != before["index.html"]


def test_commit_when_pages_are_dropped_then_removes_ours_alone(output: Path) -> None:
    publish(output, SITE)
    (output / "feeds/theirs.html").write_text("theirs")
    done = publish(output, {"index.html": "front"})
    assert done.removed == 2
    assert contents(output) == {
        "index.html": b"front",
        "robots.txt": b"mine",
        "feeds/theirs.html": b"theirs",
    }
    assert not (output / "assets").exists()


def test_commit_when_the_manifest_is_lost_then_strangers_are_still_safe(output: Path) -> None:
    publish(output, SITE)
    (home(output) / "manifest.json").unlink()
    assert open_site(str(output)).stamps() == {}
    done = publish(output, {"index.html": "new"})
    assert (done.written, done.removed) == (1, 0)
    assert (output / "robots.txt").read_text() == "mine"
    assert (output / "index.html").read_text() == "new"


def test_commit_when_only_the_clock_moved_then_counts_it_as_unchanged(output: Path) -> None:
    publish(output, [make_page("status.json", "noon", stamp="s", follows_clock=True)])
    done = publish(output, [make_page("status.json", "one", stamp="s", follows_clock=True)])
    assert (done.written, done.unchanged) == (0, 1)
    assert (output / "status.json").read_text() == "one"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"a": "file"}, {"a/b.html": "b"}),
        ({"a/b.html": "b"}, {"a": "file"}),
        ({"a/b/c.html": "c", "a/d.html": "d"}, {"a": "file"}),
        ({"a": "file"}, {"a/b/c/d.html": "d"}),
    ],
)
def test_commit_when_a_page_and_a_folder_change_places_then_the_new_site_stands(
    output: Path, first: dict[str, str], second: dict[str, str]
) -> None:
    publish(output, first)
    publish(output, second)
    (output / "robots.txt").unlink()
    assert contents(output) == {path: body.encode() for path, body in second.items()}


def test_commit_when_a_folder_is_a_link_then_nothing_leaves_the_site(
    output: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (output / "feeds").symlink_to(outside)
    with pytest.raises(PublishError) as raised:
        publish(output, SITE)
    assert raised.value.code == "publish.link_in_the_way"
    assert str(output / "feeds") in raised.value.message
    assert names(outside) == []
    assert contents(output).keys() == {"robots.txt"}


def test_commit_when_our_folder_became_a_link_then_nothing_is_removed_through_it(
    output: Path, tmp_path: Path
) -> None:
    publish(output, SITE)
    (output / "feeds").rename(tmp_path / "moved")
    (output / "feeds").symlink_to(tmp_path / "moved")
    assert "feeds/a.html" not in open_site(str(output)).stamps()
    publish(output, {"index.html": "front"})
    assert (tmp_path / "moved/a.html").read_text() == "a"


def test_commit_when_a_page_is_a_link_then_the_link_is_replaced_and_not_followed(
    output: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text("precious")
    (output / "index.html").symlink_to(outside)
    publish(output, SITE)
    assert outside.read_text() == "precious"
    assert not (output / "index.html").is_symlink()
    assert (output / "index.html").read_text() == "front"


@pytest.mark.parametrize("stranger", ["feeds", "index.html/theirs.txt"])
def test_commit_when_a_stranger_stands_in_the_way_then_nothing_is_replaced(
    output: Path, stranger: str
) -> None:
    publish(output, {"a.html": "old"})
    (output / stranger).parent.mkdir(exist_ok=True)
    (output / stranger).write_text("theirs")
    before = contents(output)
    with pytest.raises(PublishError) as raised:
        publish(output, {**SITE, "a.html": "new"})
    assert raised.value.code == "publish.in_the_way"
    assert contents(output) == before


def test_commit_when_only_empty_folders_stand_in_the_way_then_replaces_them(output: Path) -> None:
    (output / "a/b/c").mkdir(parents=True)
    publish(output, {"a": "file"})
    assert (output / "a").read_text() == "file"


def test_commit_when_rendering_stops_halfway_then_nothing_is_left(output: Path) -> None:
    publish(output, SITE)
    before = contents(output)

    def pages() -> Iterator[Artifact]:
        yield make_page("index.html", "new")
        raise RuntimeError("theme")

    with pytest.raises(RuntimeError, match="theme"):
        open_site(str(output)).commit(pages(), list(SITE))
    assert contents(output) == before


def test_commit_when_nothing_can_stand_beside_then_the_manifest_is_inside(output: Path) -> None:
    home(output).write_text("not a folder")
    assert publish(output, SITE).written == 3
    assert (output / ".ecliptic/manifest.json").is_file()
    before = identity(output)
    assert publish(output, SITE).written == 0
    assert identity(output) == before
    home(output).unlink()
    assert publish(output, SITE).written == 0


def test_commit_when_a_stopped_run_left_files_waiting_then_they_go(output: Path) -> None:
    publish(output, SITE)
    (output / ".ecliptic/staging").mkdir(parents=True)
    (output / ".ecliptic/staging/1").write_text("half")
    publish(output, SITE)
    assert not (output / ".ecliptic").exists()


def test_commit_when_output_is_the_operators_link_then_its_folder_is_written(
    output: Path, tmp_path: Path
) -> None:
    link = tmp_path / "current"
    link.symlink_to(output)
    publish(link, SITE)
    assert link.is_symlink()
    assert (output / "index.html").read_text() == "front"
