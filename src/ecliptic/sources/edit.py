"""Changing the feeds of a ``planet.toml`` without touching anything else in it.

Lines are put in and taken out as text, for every comment and blank line is
the operator's. What comes out is read back before it is written: it must say
what was there before, and the one change.
"""

from __future__ import annotations

import copy
import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from ecliptic.model.access import without_password
from ecliptic.sources import address, files, kinds, toml_text
from ecliptic.sources.access import identity
from ecliptic.sources.detect import detect
from ecliptic.sources.findings import single
from ecliptic.sources.lines import Statement, line_of, places, statements
from ecliptic.sources.starter import literal, quoted

_Lines: TypeAlias = list[str]
_STRING = re.compile(r"""(=\s*)(?:"(?:[^"\\]|\\.)*"|'[^']*')""")
_TRUTH = re.compile(r"(=\s*)(true|false)")


def add_feed(
    path: str | Path,
    url: str,
    *,
    name: str = "",
    link: str = "",
    source: str = "",
    access: Mapping[str, object] | None = None,
) -> None:
    """Put a feed at the end of the file; raises ``ConfigError`` if it is there already.

    ``access`` has the settings that let it be read.
    """
    path = Path(path)
    for part in filter(None, (url, link)):
        _require_address(path, part)
    text, before = _open(path)
    index = _find(path, before, url)
    if index is not None:
        line = line_of(places(text), ("feed", index))
        shown = without_password(url)
        message = f"the feed {shown} is already listed on line {line}"
        raise single(path, "sources.duplicate_feed", message, line=line)
    given = {"url": url, "name": kinds.one_line(name), "link": link, "source": source}
    feed: dict[str, object] = {key: value for key, value in given.items() if value}
    feed |= access or {}
    block = ["[[feed]]", *(f"{key} = {literal(value)}" for key, value in feed.items())]
    after = copy.deepcopy(before)
    _feeds(path, after).append(feed)
    blank = [""] if text.strip() else []
    _write(path, [*text.rstrip("\r\n").split("\n"), *blank, *block], after)


def remove_feed(path: str | Path, url: str) -> None:
    """Take a feed out of the file, with the comments inside its table."""
    path = Path(path)
    text, before = _open(path)
    index = _require(path, before, url)
    after = copy.deepcopy(before)
    del _feeds(path, after)[index]
    if not after["feed"]:
        del after["feed"]
    _write(path, _without(text, index), after)


def set_paused(
    path: str | Path,
    url: str,
    paused: bool,  # noqa: FBT001 - the value set
    why: str = "",
) -> None:
    """Pause a feed or resume it; ``why`` is written behind it as a comment."""
    path = Path(path)
    text, before = _open(path)
    index = _require(path, before, url)
    after = copy.deepcopy(before)
    feed = _feeds(path, after)[index]
    if feed.get("paused", False) == paused:
        return
    change = _set_value if "paused" in feed else _insert
    feed["paused"] = paused
    _write(path, change(text, index, paused, kinds.one_line(why)), after)


def set_url(path: str | Path, url: str, new: str) -> None:
    """Give a feed another address; raises ``ConfigError`` if that one is in the file already."""
    path = Path(path)
    _require_address(path, new)
    text, before = _open(path)
    index = _require(path, before, url)
    other = _find(path, before, new)
    if other not in {None, index}:
        line = line_of(places(text), ("feed", other or 0))
        message = f"the feed {new} is already listed on line {line}"
        raise single(path, "sources.duplicate_feed", message, line=line)
    after = copy.deepcopy(before)
    _feeds(path, after)[index]["url"] = new
    _write(path, _with_url(text, index, new), after)


def _open(path: Path) -> tuple[str, dict[str, Any]]:
    kind = detect(path)
    if kind != "toml":
        message = f"feeds can be changed in a planet.toml only; this is {kind.upper()}"
        raise single(path, "sources.not_editable", message)
    return toml_text.document(path)


def _without(text: str, index: int) -> _Lines:
    """Return the lines without those of a feed, and without a blank one too many."""
    lines = text.split("\n")
    for block in reversed(_blocks(text, index)):
        first, last = block[0].first - 1, block[-1].last
        if first and not lines[first - 1].strip() and not "".join(lines[last : last + 1]).strip():
            first -= 1
        del lines[first:last]
    return lines


def _set_value(text: str, index: int, paused: bool, why: str) -> _Lines:  # noqa: FBT001 - the value set
    """Return the lines with another truth in the feed's ``paused``, its comment kept."""
    lines = text.split("\n")
    for statement in _feed_statements(text, index):
        if statement.path == ("feed", index, "paused"):
            at = statement.first - 1
            lines[at] = _TRUTH.sub(rf"\g<1>{str(paused).lower()}", lines[at], count=1)
            if why and "#" not in lines[at]:
                lines[at] = f"{lines[at].rstrip()}  # {why}"
    return lines


def _with_url(text: str, index: int, new: str) -> _Lines:
    """Return the lines with another string in the feed's ``url``, its comment kept."""
    lines = text.split("\n")
    for statement in _feed_statements(text, index):
        if statement.path == ("feed", index, "url"):
            at = statement.first - 1
            lines[at] = _STRING.sub(lambda found: found[1] + quoted(new), lines[at], count=1)
    return lines


def _insert(text: str, index: int, paused: bool, why: str) -> _Lines:  # noqa: FBT001 - the value set
    """Return the lines with ``paused`` after the feed's own keys, indented as they are."""
    lines = text.split("\n")
    own = [each for block in _blocks(text, index)[:1] for each in block]
    if not own:
        return lines
    last = own[0]
    for statement in own[1:]:
        if statement.kind == "table":
            break
        last = statement
    start = lines[last.first - 1]
    indent = start[: len(start) - len(start.lstrip())]
    comment = f"  # {why}" if why else ""
    lines.insert(last.last, f"{indent}paused = {str(paused).lower()}{comment}")
    return lines


def _feed_statements(text: str, index: int) -> list[Statement]:
    return [each for each in statements(text) if each.path[:2] == ("feed", index)]


def _blocks(text: str, index: int) -> list[list[Statement]]:
    """Return the runs of statements of a feed; other tables may stand between them."""
    blocks: list[list[Statement]] = []
    follows = False
    for statement in statements(text):
        belongs = statement.path[:2] == ("feed", index)
        if belongs and follows:
            blocks[-1].append(statement)
        elif belongs:
            blocks.append([statement])
        follows = belongs
    return blocks


def _write(path: Path, lines: _Lines, expected: dict[str, Any]) -> None:
    newline = "\r\n" if lines[0].endswith("\r") else "\n"
    text = newline.join(line.rstrip("\r") for line in lines)
    text += "" if text.endswith("\n") else newline
    try:
        is_right = tomllib.loads(text) == expected
    except ValueError:
        is_right = False
    if not is_right:
        raise single(
            path,
            "sources.not_editable",
            "the feeds are not written as tables of their own; write each as [[feed]] first",
        )
    files.replace(path, text)


def _feeds(path: Path, document: dict[str, Any]) -> list[dict[str, Any]]:
    feeds = document.setdefault("feed", [])
    if not isinstance(feeds, list) or not all(isinstance(feed, dict) for feed in feeds):
        raise single(path, "sources.wrong_type", "feed is not a list; allowed: tables [[feed]]")
    return feeds


def _find(path: Path, document: dict[str, Any], url: str) -> int | None:
    wanted = identity(url, path)
    for index, known in enumerate(_urls(document)):
        if known and identity(known, path) == wanted:
            return index
    return None


def _require(path: Path, document: dict[str, Any], url: str) -> int:
    index = _find(path, document, url)
    if index is None:
        url = without_password(url)
        known = [without_password(each) for each in _urls(document)]
        close = difflib.get_close_matches(url, known, n=3, cutoff=0.6)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise single(path, "sources.unknown_feed", f"there is no feed {url} in this file{hint}")
    return index


def _urls(document: dict[str, Any]) -> list[str]:
    feeds = document.get("feed", [])
    found = [feed.get("url") if isinstance(feed, dict) else "" for feed in feeds]
    return [url if isinstance(url, str) else "" for url in found]


def _require_address(path: Path, text: str) -> None:
    fault = address.fault(text)
    if fault:
        shown = without_password(text)
        message = f'"{shown}" cannot be used ({fault}); allowed: {address.ALLOWED}'
        raise single(path, "sources.bad_address", message)
