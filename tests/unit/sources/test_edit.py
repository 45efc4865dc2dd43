from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecliptic import sources
from ecliptic.errors import ConfigError
from ecliptic.sources import edit, toml_text

TEXT = """\
# Our planet
[planet]
name = "P"   # the name

# Ada writes about engines
[[feed]]
url = "https://ada.example/feed"   # her own
name = "Ada"

# Bob came in 2019
[[feed]]
  url = "https://bob.example/feed"
  # he asked for this face
  [feed.extra]
  face = "bob.png"

[fetch]
timeout = 20

# Eve, last
[[feed]]
url = "https://eve.example/feed"
paused = true  # until May
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "planet.toml"
    path.write_text(TEXT, "utf-8")
    path.chmod(0o640)
    return path


def urls(path: Path) -> list[str]:
    return [feed.url for feed in sources.load(path).subscriptions]


def test_add_feed_when_it_is_new_puts_it_at_the_end_and_changes_nothing_else(config: Path) -> None:
    edit.add_feed(
        config, "https://new.example/feed", name='N "x" \\ ü', link="https://new.example/"
    )
    assert config.read_text("utf-8") == TEXT + (
        '\n[[feed]]\nurl = "https://new.example/feed"\n'
        'name = "N \\"x\\" \\\\ ü"\nlink = "https://new.example/"\n'
    )
    assert sources.load(config).subscriptions[-1].name == 'N "x" \\ ü'


def test_add_feed_when_there_is_no_feed_yet_makes_the_first(tmp_path: Path) -> None:
    path = tmp_path / "planet.toml"
    path.write_text('[planet]\nname = "P"', "utf-8")
    edit.add_feed(path, "https://a.example/feed")
    assert path.read_text("utf-8") == (
        '[planet]\nname = "P"\n\n[[feed]]\nurl = "https://a.example/feed"\n'
    )


def test_add_feed_when_it_is_there_refuses_and_names_the_line(config: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        edit.add_feed(config, "https://BOB.example/feed")
    assert caught.value.code == "sources.duplicate_feed"
    assert caught.value.params["line"] == 11
    assert config.read_text("utf-8") == TEXT


@pytest.mark.parametrize("url", ["", "ada.example", "file:///etc/passwd", "https://a b/"])
def test_add_feed_when_the_address_is_bad_refuses(config: Path, url: str) -> None:
    with pytest.raises(ConfigError):
        edit.add_feed(config, url or " ")
    assert config.read_text("utf-8") == TEXT


@pytest.mark.parametrize(
    ("name", "kept"), [("a\x1b[1m b", "a [1m b"), ("\x00", ""), ("\udcffa\u2028", "a")]
)
def test_add_feed_when_a_name_holds_what_settings_cannot_then_it_is_left_out(
    config: Path, name: str, kept: str
) -> None:
    edit.add_feed(config, "https://new.example/feed", name=name)
    assert sources.load(config).subscriptions[-1].name == kept


def test_remove_feed_when_comments_stand_around_keeps_them(config: Path) -> None:
    edit.remove_feed(config, "https://ada.example/feed")
    assert config.read_text("utf-8") == TEXT.replace(
        '[[feed]]\nurl = "https://ada.example/feed"   # her own\nname = "Ada"\n', ""
    )


def test_remove_feed_when_it_has_tables_of_its_own_takes_them_too(config: Path) -> None:
    edit.remove_feed(config, "https://bob.example/feed")
    assert urls(config) == ["https://ada.example/feed", "https://eve.example/feed"]
    assert "bob" not in config.read_text("utf-8")
    assert "# Bob came in 2019" in config.read_text("utf-8")


def test_remove_feed_when_it_is_the_last_leaves_a_planet_without_feeds(config: Path) -> None:
    for url in urls(config):
        edit.remove_feed(config, url)
    assert urls(config) == []
    assert "timeout = 20" in config.read_text("utf-8")


def test_remove_feed_when_it_is_unknown_suggests_the_nearest(config: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        edit.remove_feed(config, "https://bob.example/fed")
    assert caught.value.code == "sources.unknown_feed"
    assert "https://bob.example/feed" in str(caught.value)


def test_set_paused_when_a_comment_follows_keeps_it(config: Path) -> None:
    edit.set_paused(config, "https://eve.example/feed", paused=False)
    assert config.read_text("utf-8") == TEXT.replace("paused = true  #", "paused = false  #")


def test_set_paused_when_there_is_no_such_key_adds_it_to_the_feed_itself(config: Path) -> None:
    edit.set_paused(config, "https://bob.example/feed", paused=True)
    line = '  url = "https://bob.example/feed"\n'
    assert config.read_text("utf-8") == TEXT.replace(line, f"{line}  paused = true\n")
    assert sources.load(config).subscriptions[1].extra == {"face": "bob.png"}


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://bob.example/feed", "  paused = true  # dead since May; gone"),
        ("https://eve.example/feed", "paused = true  # until May"),
    ],
)
def test_set_paused_when_a_reason_is_given_then_it_is_a_comment_unless_there_is_one(
    config: Path, url: str, line: str
) -> None:
    edit.set_paused(config, "https://eve.example/feed", paused=False)
    edit.set_paused(config, url, paused=True, why="dead since May;\ngone")
    assert line in config.read_text("utf-8").splitlines()


def test_set_paused_when_it_was_false_then_the_reason_goes_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "planet.toml"
    path.write_text('[planet]\nname = "P"\n[[feed]]\nurl = "https://a.example/"\npaused = false\n')
    edit.set_paused(path, "https://a.example/", paused=True, why="dead")
    assert path.read_text("utf-8").endswith("paused = true  # dead\n")


def test_set_paused_when_nothing_changes_does_not_write(config: Path) -> None:
    before = config.stat()
    edit.set_paused(config, "https://ada.example/feed", paused=False)
    after = config.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_set_url_when_a_comment_follows_keeps_it_and_all_else(config: Path) -> None:
    new = 'https://ada.example/a"b\\c'.replace('"', "%22").replace("\\", "%5C")
    edit.set_url(config, "https://ada.example/feed", new)
    assert config.read_text("utf-8") == TEXT.replace("https://ada.example/feed", new)
    assert urls(config)[0] == new


@pytest.mark.parametrize(
    "line",
    [
        "url='https://a.example/feed'# mine",
        '"url" =  "https://a.example/feed"',
        'url = "https:\\u002F/a.example/feed"',
        'url = "https://a.example/feed"\r',
    ],
)
def test_set_url_when_it_is_written_in_another_way_then_it_is_found(
    tmp_path: Path, line: str
) -> None:
    path = tmp_path / "planet.toml"
    path.write_bytes(f'[planet]\nname = "P"\n[[feed]]\nname = "A = 1"\n{line}\n'.encode())
    edit.set_url(path, "https://a.example/feed", "https://b.example/feed")
    assert urls(path) == ["https://b.example/feed"]
    assert ("# mine" in path.read_text("utf-8")) is ("# mine" in line)


def test_set_url_when_it_spans_lines_then_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "planet.toml"
    text = '[planet]\nname = "P"\n[[feed]]\nurl = """\\\nhttps://a.example/feed"""\n'
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="tables of their own"):
        edit.set_url(path, "https://a.example/feed", "https://b.example/feed")
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("url", "new", "message"),
    [
        ("https://ada.example/feed", "https://BOB.example/feed", "already listed on line 11"),
        ("https://ada.example/feed", "ftp://ada.example/", "cannot be used"),
        ("https://nobody.example/feed", "https://new.example/", "there is no feed"),
    ],
)
def test_set_url_when_it_cannot_be_then_nothing_is_written(
    config: Path, url: str, new: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        edit.set_url(config, url, new)
    assert config.read_text("utf-8") == TEXT


def test_edit_when_it_writes_keeps_the_mode_and_leaves_no_other_file(config: Path) -> None:
    edit.add_feed(config, "https://new.example/feed")
    assert config.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in config.parent.iterdir()] == ["planet.toml"]


def test_edit_when_the_file_is_a_link_writes_to_its_target(config: Path) -> None:
    link = config.with_name("link.toml")
    link.symlink_to(config)
    edit.add_feed(link, "https://new.example/feed")
    assert link.is_symlink()
    assert "https://new.example/feed" in urls(config)


def test_edit_when_lines_end_as_on_windows_goes_on_so(config: Path) -> None:
    config.write_bytes(TEXT.replace("\n", "\r\n").encode())
    edit.add_feed(config, "https://new.example/feed")
    edit.set_paused(config, "https://ada.example/feed", paused=True)
    edit.remove_feed(config, "https://bob.example/feed")
    data = config.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert len(urls(config)) == 3


def test_edit_when_feeds_are_written_inline_refuses_without_harm(tmp_path: Path) -> None:
    path = tmp_path / "planet.toml"
    text = 'feed = [{ url = "https://a.example/" }]\n[planet]\nname = "P"\n'
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="tables of their own"):
        edit.add_feed(path, "https://b.example/")
    with pytest.raises(ConfigError, match="tables of their own"):
        edit.remove_feed(path, "https://a.example/")
    with pytest.raises(ConfigError, match="tables of their own"):
        edit.set_paused(path, "https://a.example/", paused=True)
    assert path.read_text("utf-8") == text


def test_edit_when_it_is_a_file_of_another_engine_refuses(tmp_path: Path) -> None:
    path = tmp_path / "config.ini"
    path.write_text("[Planet]\nname = P\n", "utf-8")
    with pytest.raises(ConfigError, match="this is INI"):
        edit.add_feed(path, "https://b.example/")


def test_edit_when_there_is_no_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        edit.add_feed(tmp_path / "planet.toml", "https://new.example/feed")
    assert caught.value.code == "sources.missing_file"


NAME = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(max_examples=25, deadline=None)  # each example writes files and waits for the disk
@given(st.lists(NAME, min_size=1, max_size=5), st.data())
def test_edit_when_feeds_come_and_go_returns_to_the_same_feeds(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("edit") / "planet.toml"
    path.write_text(TEXT, "utf-8")
    before = toml_text.document(path)[1]
    added = [f"https://n{number}.example/" for number in range(len(names))]
    for url, name in zip(added, names, strict=True):
        edit.add_feed(path, url, name=name)
    for url in data.draw(st.permutations(added)):
        edit.set_paused(path, url, paused=True)
        edit.remove_feed(path, url)
    assert toml_text.document(path)[1] == before
