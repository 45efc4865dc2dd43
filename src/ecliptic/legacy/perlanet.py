"""Perlanet: a ``perlanetrc`` in YAML, read by PyYAML from the extra ``yaml``.

Only the tree is asked of it, and every scalar is taken as it is written: for YAML a
title of ``On`` would be true, and an alias could stand for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

from ecliptic.legacy import notices
from ecliptic.legacy.filters import Translator
from ecliptic.legacy.ini import Section, Value
from ecliptic.legacy.subscriptions import Subscriptions, extra
from ecliptic.legacy.values import Values, one_line
from ecliptic.model.site import FetchSettings, PageSettings, Site, Subscription
from ecliptic.sources import files, paths
from ecliptic.sources.findings import single


class _Node(Protocol):
    """What we use of PyYAML's nodes; ``id`` is scalar, sequence or mapping."""

    id: str
    value: Any
    start_mark: Any


_SITE_KEYS: Final = frozenset({
    "title", "description", "url", "entries", "entries_per_feed", "cutoff_duration", "agent",
    "page", "feed", "feeds", "author", "cache_dir", "opml", "opml_file", "spam_filter",
})  # fmt: skip
_FEED_KEYS: Final = ("url", "title", "web", "max_entries", "spam_filter", "format")
_DAYS: Final = {"years": 365.0, "months": 30.0, "weeks": 7.0, "days": 1.0, "hours": 1 / 24}
_LONGEST: Final = 36_500


def load(path: Path) -> Site:
    """Return the planet that a Perlanet configuration describes; raises ``ConfigError``."""
    root = _root(path, files.read(path))
    parts = dict(_pairs(root))
    values = Values(path)
    top = _section("", root)
    author, page = _section("author", parts.get("author")), _section("page", parts.get("page"))
    output = _output(values, page)
    days = _days(values, _section("cutoff_duration", parts.get("cutoff_duration")))
    subscriptions = _subscriptions(values, parts.get("feeds"))
    _note_rest(values, root, page)
    site = Site(
        archive=False,
        search=False,
        browse=(),
        faces=False,
        name=one_line(top.text("title")) or path.stem,
        description=one_line(top.text("description")),
        link=values.link(top, "url"),
        owner_name=one_line(author.text("name")),
        owner_email=one_line(author.text("email")),
        pages=PageSettings(
            items_per_page=values.whole(top, "entries"),
            feed_items=values.whole(top, "entries_per_feed"),
            days_per_page=days,
        ),
        fetch=FetchSettings(user_agent=one_line(top.text("agent"))),
        subscriptions=subscriptions,
        config=str(path),
        state=paths.beside(path, f"{path.stem}.sqlite"),
        output=output,
        dialect="perlanet",
        extra=extra(top, _SITE_KEYS),
        notices=tuple(values.notices),
    )
    if values.problems:
        raise values.failure()
    return site


def _root(path: Path, data: bytes) -> _Node:
    try:
        import yaml  # noqa: PLC0415 - an extra, and most planets do without
    except ImportError as error:
        message = (
            "this looks like YAML (a perlanetrc?), which needs the extra `yaml`:"
            ' pip install "ecliptic[yaml]"'
        )
        raise single(path, "sources.no_yaml", message) from error
    try:
        root: Any = yaml.compose(data.decode("utf-8-sig", "replace"), yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 0
        message = f"this is not YAML: {problem.problem}"
        raise single(path, "sources.bad_syntax", message, line=line) from problem
    except (yaml.YAMLError, RecursionError) as problem:
        raise single(path, "sources.bad_syntax", "this is not YAML") from problem
    if root is None or root.id != "mapping":
        raise single(path, "sources.not_recognised", "this YAML is no configuration of Perlanet")
    found: _Node = root
    return found


def _pairs(node: _Node | None) -> Iterator[tuple[str, _Node]]:
    if node is not None and node.id == "mapping":
        for key, value in node.value:
            if key.id == "scalar":
                yield str(key.value).lower(), value


def _section(title: str, node: _Node | None) -> Section:
    """Return the texts of a mapping, each with its line."""
    return Section(
        title=title,
        line=_line(node) if node else 0,
        keys={
            key: Value(text=str(value.value).strip(), line=_line(value))
            for key, value in _pairs(node)
            if value.id == "scalar" and value.value not in {"~", "null"}
        },
    )


def _line(node: _Node) -> int:
    return int(node.start_mark.line) + 1


def _output(values: Values, page: Section) -> str:
    """Return the folder of the page that Perlanet writes."""
    file = PurePosixPath(one_line(page.text("file")))
    output = paths.beside(values.path, str(file.parent))
    if file.name and file.name != "index.html":
        values.notices.append(
            f"The page {file} (line {page.line_of('file')}) is written as"
            f" {file.parent / 'index.html'}."
        )
    if not file.name or paths.holds(output, str(values.path)):
        output = paths.beside(values.path, "site")
        if file.name:
            values.notices.append(
                f"{file.parent} (line {page.line_of('file')}) holds this configuration; the folder"
                " site beside it is used instead."
            )
    return output


def _days(values: Values, cutoff: Section) -> int:
    days = sum(
        factor * values.whole(cutoff, unit) for unit, factor in _DAYS.items() if cutoff.text(unit)
    )
    if not days:
        return 0
    found = min(max(round(days), 1), _LONGEST)
    values.notices.append(
        f"cutoff_duration (line {cutoff.line}): pages show {found} days, counted back from the"
        " newest entry; Perlanet counted from the time of the run."
    )
    return found


def _subscriptions(values: Values, feeds: _Node | None) -> tuple[Subscription, ...]:
    collected = Subscriptions(values, Translator(values, "pluto"))
    without = []
    listed: list[Any] = feeds.value if feeds is not None and feeds.id == "sequence" else []
    for node in listed:
        section = _section("feed", node)
        url = section.text("url")
        if url:
            section.keys["link"] = Value(text=section.text("web"), line=section.line_of("web"))
            collected.add(section, url, section.text("title"), _FEED_KEYS)
        else:
            without.append(f"line {_line(node)}")
    if without:
        values.notices.append(f"Feeds without a url are left out: {notices.some(without)}.")
    return collected.close()


def _note_rest(values: Values, root: _Node, page: Section) -> None:
    """Say what is not translated."""
    if template := page.text("template"):
        values.notices.append(
            f"The template {template} (line {page.line_of('template')}) is in the language of"
            " Template Toolkit, which is not read; Ecliptic's own theme makes the pages."
        )
    lines = {key: _line(node) for key, node in _pairs(root)}
    for node in (node for key, node in _pairs(root) if key == "feeds" and node.id == "sequence"):
        for feed in node.value:
            for key, value in _pairs(feed):
                if key in {"max_entries", "spam_filter"}:
                    lines.setdefault(key, _line(value))
    for key, words in (
        ("spam_filter", "write filter = … in its place, which hides entries and says why"),
        ("max_entries", "entries_per_feed holds for all feeds alike"),
    ):
        if key in lines:
            values.notices.append(f"No effect: {key} (line {lines[key]}); {words}.")
    idle = [key for key in ("opml", "opml_file", "feed", "cache_dir") if key in lines]
    if idle:
        named = ", ".join(f"{key} (line {lines[key]})" for key in idle)
        values.notices.append(f"No effect: {named}; Ecliptic has its own files for these.")
