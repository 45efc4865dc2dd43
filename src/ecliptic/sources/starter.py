"""The first ``planet.toml`` of a planet, which teaches its settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from ecliptic.errors import UsageError
from ecliptic.sources.feed_settings import FEED
from ecliptic.sources.fetch_settings import FETCH
from ecliptic.sources.kinds import Refused
from ecliptic.sources.page_settings import PAGE
from ecliptic.sources.setting import Setting
from ecliptic.sources.settings import PLANET, TOPICS

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONG = 10_000
"""From five digits on a number is easier to read in groups of three."""


def starter(name: str, link: str, feed_url: str) -> str:
    """Return a commented settings file: what must be set is set, all else is explained.

    Raises ``UsageError`` when one of the values could not be read back.
    """
    given: dict[str, object] = {"name": name}
    if link:
        given["link"] = link
    blocks = [
        "# The settings of a planet. A line that begins with # is not read: remove the #",
        "# to use the setting on it. Paths are seen from the folder of this file.",
        "",
        "[planet]",
        *_lines("planet", PLANET, given),
        "[fetch]",
        *_lines("fetch", FETCH, {}),
        "# What becomes of entries by their topic, once `ecliptic topics train` has learned it.",
        "[topics]",
        *_lines("topics", TOPICS, {}),
        "# One [[page]] for each page of the entries that a filter takes, with feeds of its own.",
        "# [[page]]",
        *_lines("page", PAGE, {}),
        "# One [[feed]] for each blog. Pages list sources by name, not in this order.",
        "[[feed]]",
        *_lines("feed", FEED, {"url": feed_url}),
    ]
    return "\n".join(blocks).rstrip("\n") + "\n"


def literal(value: object) -> str:
    """Return a value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{keyed(key)} = {literal(part)}" for key, part in value.items())
        return f"{{ {pairs} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(part) for part in value)}]"
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= _LONG else str(value)
    if isinstance(value, float):
        short = f"{value:g}"
        return short if float(short) == value else repr(value)
    return quoted(str(value))


def keyed(name: str) -> str:
    """Return a key as TOML."""
    return name if _BARE.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    """Return a basic string; JSON escapes a subset of what TOML allows (TOML 1.0, "String")."""
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")


def _lines(table: str, settings: tuple[Setting, ...], given: dict[str, object]) -> Iterator[str]:
    for setting in settings:
        yield f"# {setting.words[0].upper()}{setting.words[1:]}."
        if setting.key in given:
            yield f"{setting.key} = {literal(_checked(table, setting, given[setting.key]))}"
        else:
            value = setting.default if setting.example is None else setting.example
            yield f"# {setting.key} = {literal(value)}"
        yield ""


def _checked(table: str, setting: Setting, value: object) -> object:
    try:
        return setting.kind.read(value)
    except Refused as refused:
        why = f" ({refused})" if str(refused) else ""
        raise UsageError(
            "sources.bad_value",
            f'{table}.{setting.key} would be "{value}"{why}; allowed: {setting.kind.allowed}',
        ) from refused
