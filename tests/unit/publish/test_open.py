from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic.errors import PublishError
from ecliptic.publish import open_site
from publishing import contents, names, publish


def test_open_site_when_output_is_missing_then_becomes_a_link(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "down" / "public"
    publish(output, {"index.html": "x"})
    assert output.is_symlink()


def test_open_site_when_output_is_an_empty_folder_then_becomes_a_link(tmp_path: Path) -> None:
    output = tmp_path / "public"
    output.mkdir()
    publish(output, {"index.html": "x"})
    assert output.is_symlink()
    assert contents(output) == {"index.html": b"x"}


def test_open_site_when_a_folder_is_asked_for_then_there_is_no_link(tmp_path: Path) -> None:
    output = tmp_path / "public"
    publish(output, {"index.html": "x"}, "folder")
    assert not output.is_symlink()
    publish(output, {"index.html": "y"})
    assert not output.is_symlink()
    assert contents(output) == {"index.html": b"y"}


def test_open_site_when_output_is_relative_then_counts_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_site("sub/../public/").commit([], [])
    assert (tmp_path / "public").is_symlink()


def test_open_site_when_links_are_asked_for_and_files_stand_there_then_says_what_to_do(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(PublishError, match="Move it away") as raised:
        open_site(str(tmp_path), "links")
    assert raised.value.code == "publish.no_links"


def test_open_site_when_a_folder_is_asked_for_and_our_link_stands_then_says_what_to_do(
    tmp_path: Path,
) -> None:
    publish(tmp_path / "public", {"index.html": "x"})
    with pytest.raises(PublishError, match="Remove the link") as raised:
        open_site(str(tmp_path / "public"), "folder")
    assert raised.value.code == "publish.is_links"


def test_open_site_when_output_is_the_folder_one_stands_in_then_it_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "public"
    output.mkdir()
    monkeypatch.chdir(output)
    publish(Path(), {"index.html": "x"})
    assert not output.is_symlink()
    assert Path("index.html").read_text() == "x"


def test_open_site_when_a_file_stands_there_then_says_so(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("file")
    with pytest.raises(PublishError) as raised:
        open_site(str(tmp_path / "public"))
    assert raised.value.code == "publish.in_the_way"


def test_open_site_when_a_parent_is_a_file_then_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("file")
    with pytest.raises(PublishError) as raised:
        open_site(str(tmp_path / "file" / "public"))
    assert raised.value.code == "publish.in_the_way"
    assert str(tmp_path / "file") in raised.value.message


def test_open_site_when_output_is_the_root_then_refuses() -> None:
    with pytest.raises(PublishError, match="root"):
        open_site("/")


def test_open_site_when_the_file_system_has_no_room_for_links_then_uses_a_folder(
    tmp_path: Path,
) -> None:
    # Where the folder of generations cannot be made, links cannot be made either.
    (tmp_path / ".public.generations").write_text("in the way")
    publish(tmp_path / "public", {"index.html": "x"})
    assert not (tmp_path / "public").is_symlink()
    assert (tmp_path / "public/index.html").read_text() == "x"
    assert names(tmp_path / "public/.ecliptic") == ["manifest.json"]
