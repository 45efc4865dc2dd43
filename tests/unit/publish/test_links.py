from __future__ import annotations

import json
import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecliptic.errors import PublishError
from ecliptic.model.page import Artifact
from ecliptic.publish import Origin, glimpse, open_site
from publishing import (
    believed,
    contents,
    generations,
    home,
    identity,
    make_page,
    names,
    publish,
)

SITE = {"index.html": "front", "feeds/a.html": "a", "assets/site.css": "css"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "srv" / "public"


def test_commit_when_nothing_stands_then_shows_exactly_the_pages(output: Path) -> None:
    done = publish(output, SITE)
    assert contents(output) == {path: body.encode() for path, body in SITE.items()}
    assert (done.written, done.unchanged, done.removed, done.bytes_written) == (3, 0, 0, 9)
    assert str(output.readlink()) == ".public.generations/000001"
    assert names(output.parent) == [".public.generations", "public"]
    assert names(home(output)) == ["000001", "000001.json"]


def test_commit_when_no_page_is_asked_for_then_shows_an_empty_site(output: Path) -> None:
    assert publish(output, {}).written == 0
    assert contents(output) == {}


def test_commit_when_umask_is_usual_then_everybody_may_read(output: Path) -> None:
    before = os.umask(0o022)
    try:
        publish(output, SITE)
    finally:
        os.umask(before)
    assert stat.S_IMODE((output / "feeds/a.html").stat().st_mode) == 0o644
    for folder in (home(output), output.resolve(), output / "feeds"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_commit_when_umask_is_private_then_files_are_private(output: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(output, SITE)
    finally:
        os.umask(before)
    assert stat.S_IMODE((output / "feeds/a.html").stat().st_mode) == 0o600


def test_commit_when_every_page_is_the_same_then_touches_nothing(output: Path) -> None:
    publish(output, SITE)
    before, link = identity(output), os.lstat(output)
    done = publish(output, SITE)
    assert (done.written, done.unchanged, done.bytes_written) == (0, 3, 0)
    assert identity(output) == before
    assert os.lstat(output) == link
    assert generations(output) == ["000001"]


def test_commit_when_nothing_was_rendered_then_keeps_every_page(output: Path) -> None:
    publish(output, SITE)
    before = identity(output)
    done = open_site(str(output)).commit([], list(SITE))
    assert (done.written, done.unchanged, done.removed) == (0, 3, 0)
    assert identity(output) == before


def test_commit_when_only_a_stamp_moved_then_remembers_it_and_touches_no_file(
    output: Path,
) -> None:
    publish(output, SITE)
    before = identity(output)
    done = open_site(str(output)).commit(
        [make_page("index.html", "front", stamp="later")], list(SITE)
    )
    assert (done.written, done.unchanged) == (0, 3)
    assert identity(output) == before
    assert open_site(str(output)).stamps()["index.html"] == "later"


def test_commit_when_one_page_changed_then_the_others_keep_inode_and_time(output: Path) -> None:
    publish(output, SITE)
    first, before = output.resolve(), identity(output)
    done = publish(output, {**SITE, "index.html": "new front"})
    after = identity(output)
    assert (done.written, done.unchanged, done.bytes_written) == (1, 2, 9)
    for path in ("feeds/a.html", "assets/site.css"):
        assert after[path] == before[path]
    assert after["index.html"] != before["index.html"]
    assert (output / "index.html").read_text() == "new front"
    assert (first / "index.html").read_text() == "front"


def test_commit_when_a_page_is_not_asked_for_then_removes_it(output: Path) -> None:
    publish(output, SITE)
    done = open_site(str(output)).commit([], ["index.html"])
    assert (done.written, done.unchanged, done.removed) == (0, 1, 2)
    assert contents(output) == {"index.html": b"front"}


def test_commit_when_a_page_could_not_be_rendered_then_says_so_and_keeps_the_old_one(
    output: Path,
) -> None:
    publish(output, SITE)
    done = open_site(str(output)).commit([], [*SITE, "new.html"])
    assert done.missing == ("new.html",)
    assert done.unchanged == 3
    assert contents(output).keys() == SITE.keys()


def test_commit_when_a_page_comes_twice_then_the_last_one_stands(output: Path) -> None:
    publish(output, SITE)
    pages = [make_page("index.html", "new"), make_page("index.html", "front")]
    assert open_site(str(output)).commit(pages, list(SITE)).written == 0
    pages = [make_page("index.html", "new"), make_page("index.html", "newer")]
    assert open_site(str(output)).commit(pages, list(SITE)).written == 1
    assert (output / "index.html").read_text() == "newer"


def test_commit_when_repeated_then_keeps_two_previous_generations_for_readers(
    output: Path,
) -> None:
    for number in range(8):
        publish(output, {"index.html": str(number)})
    kept = [(home(output) / name / "index.html").read_text() for name in generations(output)]
    assert kept == ["4", "5", "6", "7"]
    assert sorted(re.findall(r"\d+(?=\.json)", " ".join(names(home(output))))) == generations(
        output
    )


def test_commit_when_an_old_generation_is_not_needed_then_the_next_one_is_made_of_it(
    output: Path,
) -> None:
    pages = {f"days/{day}.html": str(day) for day in range(5)}
    publish(output, {**pages, "old/gone.html": "gone"})
    first = output.resolve().stat().st_ino
    for number in range(4):
        untouched = identity(output)["days"] if number else None
        publish(output, {**pages, "index.html": str(number)})
    assert output.resolve().stat().st_ino == first
    assert contents(output).keys() == {*pages, "index.html"}
    assert names(output) == ["days", "index.html"]
    assert untouched
    assert identity(output)["days"][1] <= untouched[1]  # no name in it was written anew


def test_commit_when_somebody_put_things_into_an_old_generation_then_they_are_not_shown(
    output: Path,
) -> None:
    elsewhere = output.parent / "elsewhere"
    elsewhere.mkdir(parents=True)
    (elsewhere / "a.html").write_text("theirs")
    for number in range(4):
        publish(output, {**SITE, "index.html": str(number)})
    oldest = home(output) / generations(output)[0]
    (oldest / "feeds/a.html").unlink()
    (oldest / "feeds").rmdir()
    (oldest / "feeds").symlink_to(elsewhere)
    (oldest / "assets/site.css").unlink()
    (oldest / "assets/site.css/deep").mkdir(parents=True)
    (oldest / "assets/site.css/deep/own.txt").write_text("own")
    (oldest / "more.html").write_text("more")
    before = identity(output)
    publish(output, {**SITE, "index.html": "next"})
    assert contents(output) == {
        "index.html": b"next",
        "feeds/a.html": b"a",
        "assets/site.css": b"css",
    }
    assert identity(output)["feeds/a.html"] == before["feeds/a.html"]
    assert contents(elsewhere) == {"a.html": b"theirs"}


def test_commit_when_an_old_generation_is_somebodys_link_then_what_it_leads_to_stays(
    output: Path,
) -> None:
    elsewhere = output.parent / "elsewhere"
    elsewhere.mkdir(parents=True)
    (elsewhere / "own.txt").write_text("own")
    for number in range(4):
        publish(output, {**SITE, "index.html": str(number)})
    oldest = home(output) / generations(output)[0]
    oldest.rename(output.parent / "moved")
    oldest.symlink_to(elsewhere)
    for number in range(4, 7):
        publish(output, {**SITE, "index.html": str(number)})
        assert contents(elsewhere) == {"own.txt": b"own"}
        assert contents(output)["index.html"] == str(number).encode()
    assert not any(path.is_symlink() for path in home(output).iterdir())


def test_commit_when_the_present_generation_was_removed_then_older_ones_do_no_harm(
    output: Path,
) -> None:
    for number in range(5):
        publish(output, {**SITE, "index.html": str(number)})
    output.resolve().rename(output.parent / "elsewhere")
    assert publish(output, SITE).written == 3
    assert contents(output) == {path: body.encode() for path, body in SITE.items()}


def test_commit_when_only_the_clock_moved_then_replaces_the_file_in_the_same_generation(
    output: Path,
) -> None:
    def clock(body: str, stamp: str = "s") -> Artifact:
        return make_page("status.json", body, stamp=stamp, follows_clock=True)

    publish(output, [make_page("index.html", "front"), clock("noon")])
    publish(output, [make_page("index.html", "later front"), clock("noon")])
    before = identity(output)
    done = publish(output, [make_page("index.html", "later front"), clock("one")])
    assert (done.written, done.unchanged, done.bytes_written) == (0, 2, 0)
    assert generations(output) == ["000001", "000002"]
    assert identity(output)["index.html"] == before["index.html"]
    assert (output / "status.json").read_text() == "one"
    assert (home(output) / "000001/status.json").read_text() == "noon"
    assert publish(output, [make_page("index.html", "later front"), clock("one", "t")]).written == 0
    assert publish(output, [make_page("index.html", "later front"), clock("two", "u")]).written == 1
    assert generations(output) == ["000001", "000002"]


def test_commit_when_a_page_of_the_clock_is_new_then_counts_it(output: Path) -> None:
    publish(output, SITE)
    page = make_page("status.json", "noon", follows_clock=True)
    assert open_site(str(output)).commit([page], [*SITE, "status.json"]).written == 1
    assert generations(output) == ["000001", "000002"]


def test_commit_when_rendering_stops_halfway_then_the_old_site_stays_alone(output: Path) -> None:
    publish(output, SITE)
    before, left = contents(output), names(home(output))

    def pages() -> Iterator[Artifact]:
        yield make_page("index.html", "new")
        raise RuntimeError("theme")

    with pytest.raises(RuntimeError, match="theme"):
        open_site(str(output)).commit(pages(), list(SITE))
    assert contents(output) == before
    assert names(home(output)) == left


def test_commit_when_rendering_cannot_read_a_file_then_it_is_not_called_a_publishing_fault(
    output: Path,
) -> None:
    def pages() -> Iterator[Artifact]:
        yield make_page("index.html", "new")
        (output.parent / "theme.html").read_bytes()

    with pytest.raises(FileNotFoundError):
        open_site(str(output)).commit(pages(), list(SITE))


def test_commit_when_a_page_is_streamed_then_it_is_on_disk_before_the_next_is_made(
    output: Path,
) -> None:
    waiting: list[int] = []

    def pages() -> Iterator[Artifact]:
        for path, body in SITE.items():
            staging = home(output) / "staging"
            waiting.append(len(names(staging)) if staging.exists() else 0)
            yield make_page(path, body)

    open_site(str(output)).commit(pages(), list(SITE))
    assert waiting == [0, 1, 2]


def test_commit_when_a_run_was_stopped_before_then_its_leftovers_go(output: Path) -> None:
    publish(output, SITE)
    for name in ("staging", "000007", "000002/feeds"):
        (home(output) / name).mkdir(parents=True)
        (home(output) / name / "half.html").write_text("ha")
    for name in ("000009.json", "000002.json.new", "probe"):
        (home(output) / name).write_text("{")
    (home(output) / "link").symlink_to("000007")
    publish(output, {**SITE, "index.html": "next"})
    assert names(home(output)) == ["000001", "000001.json", "000002", "000002.json"]
    assert (output / "index.html").read_text() == "next"
    assert len(contents(output)) == 3


@pytest.mark.parametrize(
    "broken",
    [
        None,
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"version":2,"files":{}}',
        b'{"version":1,"files":{},"sections":["tags/"]}',
    ],
)
def test_stamps_when_the_manifest_is_lost_or_broken_then_knows_nothing(
    output: Path, broken: bytes | None
) -> None:
    publish(output, SITE)
    saved = home(output) / "000001.json"
    if broken is None:
        saved.unlink()
    else:
        saved.write_bytes(broken)
    assert open_site(str(output)).stamps() == {}
    done = publish(output, {"index.html": "front"})
    assert (done.written, done.removed) == (1, 0)
    assert contents(output) == {"index.html": b"front"}


@pytest.mark.parametrize(
    "path",
    ["../../victim", "feeds/../../../victim", "{}/victim", "a\\u0000", "a\\ud800", "x" * 300],
)
@pytest.mark.parametrize("mode", ["links", "folder"])
def test_commit_when_the_manifest_names_what_is_outside_then_it_stays(
    output: Path, path: str, mode: str
) -> None:
    victim = output.parent / "victim"
    publish(output, SITE, mode)
    victim.write_text("ok")
    (saved,) = home(output).glob("*.json")
    named = path.format(output.parent)
    mark = '{"stamp":"","fingerprint":"f","size":2}'
    saved.write_text(f'{{"version":1,"files":{{"{named}":{mark}}}}}')
    for pages in ({}, {"index.html": "front"}):
        publish(output, pages, mode)
        assert victim.read_text() == "ok"
    with pytest.raises(PublishError):
        open_site(str(output), mode).commit([], [named])


def test_stamps_when_somebody_removed_or_cut_a_page_then_it_is_made_again(output: Path) -> None:
    publish(output, SITE)
    (output / "index.html").unlink()
    (output / "feeds/a.html").write_text("")
    site = open_site(str(output))
    assert site.stamps().keys() == {"assets/site.css"}
    site.commit([make_page("index.html", "front"), make_page("feeds/a.html", "a")], list(SITE))
    assert contents(output) == {path: body.encode() for path, body in SITE.items()}


def test_stamps_when_no_name_moved_then_files_are_believed_to_stand_until_a_look(
    output: Path,
) -> None:
    publish(output, SITE)
    believed(output)
    (output / "feeds/a.html").write_text("")
    site = open_site(str(output))
    assert site.stamps().keys() == SITE.keys()
    assert site.look()
    assert site.stamps().keys() == SITE.keys() - {"feeds/a.html"}
    assert not site.look()
    site.commit([make_page("feeds/a.html", "a")], list(SITE))
    assert contents(output) == {path: body.encode() for path, body in SITE.items()}


def test_stamps_when_a_name_moved_in_the_moment_of_saving_then_its_folder_is_not_believed(
    output: Path,
) -> None:
    publish(output, SITE)
    moved = (output / "feeds").stat().st_ctime_ns
    os.utime(home(output) / "000001.json", ns=(moved, moved))
    (output / "feeds/a.html").write_text("")
    assert "feeds/a.html" not in open_site(str(output)).stamps()


@pytest.mark.parametrize("path", ["feeds/a.html", "index.html", "feeds/deep/er/b.html"])
def test_stamps_when_a_page_was_removed_or_exchanged_then_it_is_seen_without_a_look(
    output: Path, path: str
) -> None:
    pages = {**SITE, "feeds/deep/er/b.html": "b"}
    publish(output, pages)
    believed(output)
    (output / path).rename(output.parent / "theirs")
    assert open_site(str(output)).stamps().keys() == pages.keys() - {path}
    (output / path).write_text("another")
    assert open_site(str(output)).stamps().keys() == pages.keys() - {path}


def test_stamps_when_the_time_of_a_folder_was_set_back_then_it_is_not_believed(
    output: Path,
) -> None:
    publish(output, SITE)
    believed(output)
    before = (output / "feeds").stat()
    (output / "feeds/a.html").unlink()
    os.utime(output / "feeds", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "feeds/a.html" not in open_site(str(output)).stamps()


@pytest.mark.parametrize("how", ["page", "another page", "folder", "file for folder"])
@pytest.mark.parametrize("moves", ["the clock", "a stamp"])
def test_stamps_when_somebody_meddled_during_a_run_then_the_next_one_sees_it(
    output: Path, how: str, moves: str
) -> None:
    paths = [*SITE, "status.json"]
    clock = make_page("status.json", "noon", follows_clock=True)
    publish(output, [*(make_page(path, body) for path, body in SITE.items()), clock])

    def made() -> Iterator[Artifact]:
        feeds = output / "feeds"
        (feeds / "a.html").unlink()
        if how == "another page":
            (feeds / "theirs").write_text("theirs")
            (feeds / "theirs").rename(feeds / "a.html")
        elif how != "page":
            feeds.rmdir()
        if how == "file for folder":
            feeds.write_text("theirs")
        is_clock = moves == "the clock"
        yield make_page("status.json", "one" if is_clock else "noon", stamp="1", follows_clock=True)

    open_site(str(output)).commit(made(), paths)
    believed(output)
    assert "feeds/a.html" not in open_site(str(output)).stamps()
    publish(output, {**SITE, "index.html": "next", "status.json": "two"})
    assert contents(output) == {
        **{path: body.encode() for path, body in SITE.items()},
        "index.html": b"next",
        "status.json": b"two",
    }


def test_stamps_when_the_clock_moved_then_what_no_one_touched_is_believed_again(
    output: Path,
) -> None:
    clock = make_page("status.json", "noon", follows_clock=True)
    publish(output, [*(make_page(path, body) for path, body in SITE.items()), clock])
    believed(output)
    later = make_page("status.json", "one", follows_clock=True)
    open_site(str(output)).commit([later], [*SITE, "status.json"])
    believed(output)
    (output / "feeds/a.html").write_text("")
    site = open_site(str(output))
    assert site.stamps().keys() == {*SITE, "status.json"}
    assert site.look()


def test_stamps_when_a_folder_became_a_link_then_nothing_below_it_is_believed(
    output: Path,
) -> None:
    pages = {**SITE, "feeds/deep/b.html": "b"}
    publish(output, pages)
    believed(output)
    (output / "feeds").rename(output.parent / "moved")
    (output / "feeds").symlink_to(output.parent / "moved")
    assert open_site(str(output)).stamps().keys() == {"index.html", "assets/site.css"}


def test_stamps_when_the_site_is_a_copy_then_each_file_is_looked_at(output: Path) -> None:
    publish(output, SITE)
    believed(output)
    copy = output.parent.parent / "copy"
    shutil.copytree(output.parent, copy, symlinks=True)
    (copy / "public/feeds/a.html").write_text("")
    site = open_site(str(copy / "public"))
    assert site.stamps().keys() == SITE.keys() - {"feeds/a.html"}
    publish(copy / "public", {**SITE, "index.html": "next"})
    assert contents(copy / "public")["feeds/a.html"] == b"a"


def test_stamps_when_the_manifest_knew_no_folders_then_clock_pages_alone_make_none_believed(
    output: Path,
) -> None:
    pages = [make_page(path, body) for path, body in SITE.items()]
    publish(output, [*pages, make_page("status.json", "1", follows_clock=True)])
    (manifest,) = home(output).glob("*.json")  # as a run leaves it that is stopped in a change
    known = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**known, "folders": {}}), "utf-8")
    paths = [*SITE, "status.json"]
    for text in ("2", "3"):
        open_site(str(output)).commit([make_page("status.json", text, follows_clock=True)], paths)
        believed(output)
    (output / "feeds/a.html").unlink()
    assert open_site(str(output)).stamps().keys() == {*paths} - {"feeds/a.html"}


def test_commit_when_a_page_was_taken_away_since_then_the_next_run_makes_it(
    output: Path,
) -> None:
    publish(output, SITE)
    site = open_site(str(output))
    (output / "feeds/a.html").unlink()
    site.commit([make_page("index.html", "next")], list(SITE))
    assert contents(output).keys() == SITE.keys() - {"feeds/a.html"}
    believed(output)
    assert open_site(str(output)).stamps().keys() == SITE.keys() - {"feeds/a.html"}


@pytest.mark.parametrize("mode", ["links", "folder"])
def test_glimpse_when_a_site_stands_tells_its_size_and_what_it_was_made_from(
    output: Path, mode: str
) -> None:
    assert glimpse(str(output)) == (0, "")
    pages = [make_page(f"{number}.html", "text") for number in range(1_000)]
    paths = [page.path for page in pages]
    open_site(str(output), mode).commit(pages, paths, Origin("birth 1"))
    files, made_from = glimpse(str(output))
    assert 500 < files < 2_000
    assert made_from == "birth 1"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"no manifest",
        b'{"version":2,"made_from":"1"',
        b'{"version":1,"made_from":"' + b"1" * 2_000,
    ],
)
def test_glimpse_when_the_manifest_is_none_of_ours_tells_nothing(output: Path, head: bytes) -> None:
    publish(output, SITE)
    (manifest,) = home(output).glob("*.json")
    manifest.write_bytes(head + b" " * 5_000_000)
    assert glimpse(str(output)) == (0, "")


def test_made_from_when_a_site_is_opened_again_then_is_what_the_last_commit_said(
    output: Path,
) -> None:
    site = open_site(str(output))
    assert site.origin.made_from == ""
    site.commit([make_page("index.html", "front")], ["index.html"], Origin("1"))
    assert open_site(str(output)).origin.made_from == "1"
    page = make_page("index.html", "front", stamp="later")
    open_site(str(output)).commit([page], ["index.html"], Origin("2"))
    assert open_site(str(output)).origin.made_from == "2"


def test_commit_when_the_operator_turned_the_link_back_then_goes_on_from_there(
    output: Path,
) -> None:
    publish(output, {"index.html": "1", "a.html": "a"})
    publish(output, {"index.html": "2", "a.html": "a"})
    output.unlink()
    output.symlink_to(".public.generations/000001")
    assert open_site(str(output)).stamps()["index.html"] == make_page("index.html", "1").stamp
    open_site(str(output)).commit([make_page("index.html", "3")], ["index.html", "a.html"])
    assert contents(output) == {"index.html": b"3", "a.html": b"a"}


def test_commit_when_the_generations_were_removed_then_starts_again(output: Path) -> None:
    publish(output, SITE)
    home(output).rename(output.parent / "elsewhere")
    assert publish(output, SITE).written == 3
    assert contents(output).keys() == SITE.keys()


def test_commit_when_a_page_takes_the_place_of_a_folder_then_it_stands(output: Path) -> None:
    publish(output, {"a/b.html": "b"})
    publish(output, {"a": "file"})
    assert contents(output) == {"a": b"file"}
    publish(output, {"a/b.html": "b"})
    assert contents(output) == {"a/b.html": b"b"}


def test_commit_when_something_stands_on_the_next_generation_then_old_site_stays(
    output: Path,
) -> None:
    publish(output, SITE)
    site = open_site(str(output))
    (home(output) / "000001.json").unlink()
    (home(output) / "000001.json").mkdir()
    with pytest.raises(PublishError) as raised:
        site.commit([make_page("index.html", "front", stamp="later")], list(SITE))
    assert raised.value.code == "publish.in_the_way"
    assert "the old site stays" in raised.value.message
    assert contents(output) == {path: body.encode() for path, body in SITE.items()}
