"""A planet as a ``planet.toml``, driven by the tables of the settings.

A setting is written where it is not its default, with its words as a comment: once, for
those of feeds. What the file could not hold is a comment too, and named in the report.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

import msgspec

from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.model.pipeline import PluginUse
from ecliptic.model.reading_list import ReadingList
from ecliptic.model.site import FROM_NAME, Site, Subscription
from ecliptic.model.template import Copied, OldTemplate
from ecliptic.sources import address, kinds, templates
from ecliptic.sources.feed_settings import FEED
from ecliptic.sources.fetch_settings import FETCH
from ecliptic.sources.kinds import Refused
from ecliptic.sources.page_settings import PAGE
from ecliptic.sources.references import References
from ecliptic.sources.setting import Setting
from ecliptic.sources.settings import LISTS, OLD, PLANET, TOPICS
from ecliptic.sources.starter import keyed, literal

_HEAD: Final = (
    "# The settings of a planet. What is not here has its default; docs/reference/settings.md",
    "# lists all of them. Paths are seen from the folder of this file.",
)
_PLAIN: Final = frozenset({"url", "name", "link", "extra"})
"""Settings of a feed that need no words."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A settings file as text, and what in it the operator must look at.

    ``secrets`` are the variables of the environment that it asks for.
    """

    text: str
    settings: int
    feeds: int
    look: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


def written(site: Site, path: Path, head: Iterable[str] = _HEAD) -> Written:
    """Return the settings file of a planet that is to stand at ``path``."""
    writer = _Writer(site, path)
    blocks = ["\n".join(head), *writer.blocks()]
    return Written(
        text="\n\n".join(blocks) + "\n",
        settings=writer.settings,
        feeds=writer.feeds,
        look=tuple(writer.look),
        secrets=writer.references.names(),
    )


class _Writer:
    def __init__(self, site: Site, path: Path) -> None:
        self.look: list[str] = []
        self.references = References()
        self.settings = self.feeds = 0
        self._site = site
        self._path = path
        self._uses = _named_uses(site)
        self._explained = set(_PLAIN)

    def blocks(self) -> Iterator[str]:
        yield self._table("[planet]", PLANET, self._planet())
        fetch = _fields(self._site.fetch)
        fetch["proxy"] = self.references.proxy(self._site.fetch.proxy)
        for name, settings, values in (
            ("[fetch]", FETCH, fetch),
            ("[topics]", TOPICS, _fields(self._site.topics)),
        ):
            table = self._table(name, settings, values)
            if table != name:
                yield table
        yield from self._plugins()
        for channel in self._site.channels:
            yield self._table("[[page]]", PAGE, _fields(channel))
        for template in self._site.templates:
            yield self._table("[[template]]", OLD["template"], self._template(template))
        for copied in self._site.copies:
            yield self._table("[[copy]]", OLD["copy"], self._copied(copied))
        for each in self._site.lists:
            yield self._list(each)
        for feed in self._site.subscriptions:
            if not feed.listed_in:
                yield self._feed(feed)

    def _planet(self) -> dict[str, Any]:
        site = self._site
        values = {**_fields(site.rules), **_fields(site.pages), **_fields(site)}
        values["plugins"] = tuple(self._uses[_key(use)] for use in site.plugins)
        for key in ("output", "state", "theme"):
            path = getattr(site, key)
            values[key] = path if path in SHIPPED_THEMES else self._seen(path)
        for key in ("social_image", "social_font"):
            path = getattr(site, key)
            values[key] = path if path == FROM_NAME else self._seen(path)
        if values["state"] == f"{self._path.stem}.sqlite":
            values["state"] = None
        if values["theme"] == "theme" or not values["theme"]:
            if not values["theme"] and (self._path.parent / "theme").is_dir():
                self.look.append(
                    f"The folder {self._path.parent / 'theme'} will be used as the planet's theme,"
                    " because it has that name; rename it if it is another's."
                )
            values["theme"] = None
        return values

    def _template(self, template: OldTemplate) -> dict[str, Any]:
        """Return the settings of a template; what is as in ``[planet]`` is left to it."""
        values = _fields(template)
        planet = templates.inherited({**_fields(self._site), **_fields(self._site.pages)})
        values |= {key: None for key, value in planet.items() if values[key] == value}
        path = "" if template.path == templates.page_of(template.file) else template.path
        return values | {"file": self._seen(template.file), "path": path}

    def _copied(self, copied: Copied) -> dict[str, Any]:
        path = "" if copied.path == Path(copied.file).name else copied.path
        return {"file": self._seen(copied.file), "path": path}

    def _list(self, wanted: ReadingList) -> str:
        values = _fields(wanted) | {"url": self._file_seen(wanted.url)}
        if wanted.access is not None and wanted.access.has_secrets:
            self.look.append(f"The list {wanted.url} loses the name and password in its address.")
        return self._table("[[list]]", LISTS["list"], values)

    def _plugins(self) -> Iterator[str]:
        """Yield the tables of those plugins that need one."""
        for (plugin, _), use in zip(self._uses, _distinct(self._site), strict=True):
            name = self._uses[_key(use)]
            own: dict[str, Any] = {"use": plugin} if plugin != name else {}
            lines = [
                f"{keyed(key)} = {literal(part)}" for key, part in {**own, **use.params}.items()
            ]
            if lines:
                yield "\n".join([f"[plugin.{keyed(name)}]", *lines])

    def _feed(self, feed: Subscription) -> str:
        values = _fields(feed) | (_fields(feed.rules) if feed.rules else {})
        if feed.plugins is not None:
            values["plugins"] = tuple(self._uses[_key(use)] for use in feed.plugins)
        if feed.access is not None:
            values |= self.references.access(feed.access)
        values["url"] = self._file_seen(feed.url)
        if address.is_file(feed.face):
            values["face"] = self._seen(unquote(urlsplit(feed.face).path))
        if why := address.feed_fault(values["url"]):
            return self._left_out(feed, why)
        self.feeds += 1
        return self._table("[[feed]]", FEED, values, once=self._explained)

    def _left_out(self, feed: Subscription, why: str) -> str:
        """Return a feed as a comment: a planet.toml takes no address that cannot be asked."""
        self.look.append(f"The feed {feed.url} is left out, as a comment: {why}.")
        lines = ["[[feed]]", f"url = {literal(feed.url)}", f"name = {literal(feed.name)}"]
        return "\n".join([f"# This is no address of a feed: {why}.", *(f"# {x}" for x in lines)])

    def _table(
        self,
        header: str,
        settings: tuple[Setting, ...],
        values: Mapping[str, Any],
        once: set[str] | None = None,
    ) -> str:
        lines = [header]
        for setting in settings:
            value = values.get(setting.key)
            if value is None or value in (setting.default, {}):
                continue
            line, is_usable = self._line(header, setting, value)
            self.settings += is_usable and once is None
            if once is None or setting.key not in once:
                lines.append(f"# {setting.words[0].upper()}{setting.words[1:]}.")
            if once is not None:
                once.add(setting.key)
            lines.append(line)
        return "\n".join(lines)

    def _line(self, header: str, setting: Setting, value: Any) -> tuple[str, bool]:
        """Return a setting as it is written, and whether it can be used so."""
        if isinstance(value, str) and setting.kind.fill is None:
            value = value if setting.kind is kinds.FILTER else kinds.one_line(value)
        line = f"{setting.key} = {literal(value)}"
        try:
            if setting.kind.fill is None:  # a secret is read from where it will stand
                setting.kind.read(list(value) if isinstance(value, tuple) else value)
        except Refused as refused:
            why = f" ({refused})" if str(refused) else ""
            self.look.append(
                f"{setting.key} = {literal(value)} in {header} is left out, as a comment{why};"
                f" allowed: {setting.kind.allowed}."
            )
            return f"# {line}", False
        return line, True

    def _seen(self, place: str) -> str:
        """Return a path as seen from the new file: relative where it stands by it."""
        if not place:
            return ""
        relative = os.path.relpath(place, self._path.parent)
        return place if relative.startswith("../../") else relative

    def _file_seen(self, url: str) -> str:
        if not address.is_file(url):
            return url
        return f"file:{quote(self._seen(unquote(urlsplit(url).path)))}"


def _fields(record: msgspec.Struct) -> dict[str, Any]:
    return {key: getattr(record, key) for key in record.__struct_fields__}


def _key(use: PluginUse) -> tuple[str, tuple[tuple[str, Any], ...]]:
    return use.plugin, (("", use.name), *sorted(use.params.items()))


def _distinct(site: Site) -> list[PluginUse]:
    uses = [*site.plugins, *(use for feed in site.subscriptions for use in feed.plugins or ())]
    return list({_key(use): use for use in uses}.values())


def _named_uses(site: Site) -> dict[Any, str]:
    """Return a name for each plugin with its parameters: its own, or that with a number."""
    names: dict[Any, str] = {}
    taken: set[str] = set()
    for use in _distinct(site):
        name, number = use.name, 1
        while name in taken:
            number += 1
            name = f"{use.name}-{number}"
        taken.add(name)
        names[_key(use)] = name
    return names
