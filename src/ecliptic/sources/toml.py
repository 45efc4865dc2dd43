"""The native settings file, ``planet.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from ecliptic.model.access import without_password
from ecliptic.model.finding import Finding
from ecliptic.model.pipeline import PluginUse
from ecliptic.model.reading_list import ReadingList
from ecliptic.model.rules import EntryRules, OwnRules
from ecliptic.model.site import (
    Channel,
    FetchSettings,
    PageSettings,
    Site,
    Subscription,
    TopicSettings,
)
from ecliptic.sources import access, address, findings, kinds, lines, paths, settings, social
from ecliptic.sources.findings import shown, suggestion
from ecliptic.sources.kinds import Kind, Refused
from ecliptic.sources.setting import Setting
from ecliptic.sources.toml_text import tables_of, text_of

_KNOWN = {
    name: {setting.key: setting for setting in table}
    for name, table in {
        **settings.TABLES,
        **settings.OLD,
        **settings.LISTS,
        "plugin": settings.PLUGIN,
    }.items()
}


def load(path: Path) -> Site:
    """Read and validate a native settings file; all its problems come in one error."""
    return read(path, text_of(path))


def read(path: Path, text: str) -> Site:
    """Validate settings that stand in ``text`` as if they were in the file at ``path``."""
    reader = _Reader(path, tables_of(path, text), text)
    planet = reader.planet()
    fetch = reader.table("fetch")
    topics = reader.topics()
    channels = reader.channels()
    subscriptions = reader.subscriptions()
    plugins = reader.uses(planet.pop("plugins", ()), ("planet", "plugins"))
    old = reader.old_pages(planet)
    lists = reader.lists()
    places, path_findings = paths.resolve(
        path,
        output=planet.pop("output", "site"),
        state=planet.pop("state", ""),
        theme=planet.pop("theme", ""),
        line_of=reader.planet_line,
    )
    social_paths, social_findings = social.resolve(path, planet, reader.planet_line)
    problems = [*reader.problems, *path_findings, *social_findings]
    if problems:
        raise findings.error(path, problems)
    pages = {key: planet.pop(key) for key in PageSettings.__struct_fields__ if key in planet}
    rules = {key: planet.pop(key) for key in EntryRules.__struct_fields__ if key in planet}
    return Site(
        **(planet | social_paths),
        rules=EntryRules(**rules),
        pages=PageSettings(**pages),
        fetch=FetchSettings(**fetch),
        topics=topics,
        plugins=plugins,
        channels=channels,
        subscriptions=subscriptions,
        lists=lists,
        **old,
        config=str(path),
        state=places.state,
        output=places.output,
        theme=places.theme,
        dialect="toml",
        notices=(
            *reader.notices(images=planet.get("images", "")),
            *social.notices(planet, reader.planet_line),
        ),
    )


def subscription(path: Path, feed: dict[str, Any]) -> Subscription:
    """Return the subscription that a ``[[feed]]`` table would make; raises ``ConfigError``."""
    reader = _Reader(path, {"feed": [feed]}, "")
    found = reader.subscriptions()
    if reader.problems:
        raise findings.error(path, reader.problems)
    return found[0]


class _Reader:
    """Walks the tables of one document and notes every problem with its line."""

    def __init__(self, config: Path, document: dict[str, Any], text: str) -> None:
        self.problems: list[Finding] = []
        self._config = config
        self._document = document
        self._text = text
        for key in document:
            if key not in _KNOWN:
                self._unknown((key,), "at the top of the file", _KNOWN)
        self._plugins = self._described()
        self._used: set[str] = set()

    @cached_property
    def _places(self) -> dict[lines.Path, int]:
        """Where all is; most files have no problem, and need only the lines of their feeds."""
        return lines.places(self._text)

    def planet(self) -> dict[str, Any]:
        if "planet" not in self._document:
            self._note("sources.missing", ("planet",), 'there is no [planet] table with a "name"')
            return {}
        return self.table("planet")

    def table(self, name: str) -> dict[str, Any]:
        found = self._document.get(name, {})
        if not isinstance(found, dict):
            self._note(
                "sources.wrong_type",
                (name,),
                f"{name} is {shown(found)}; allowed: a table [{name}]",
            )
            return {}
        return self._values(found, (name,), f"in [{name}]", _KNOWN[name])

    def topics(self) -> TopicSettings:
        found = TopicSettings(**self.table("topics"))
        low, high = found.drop_below, found.review_below
        if low is not None and high is not None and low > high:
            message = f"topics.drop_below is {low:g}; allowed: at most review_below, {high:g}"
            self._note("sources.bad_value", ("topics", "drop_below"), message)
        return found

    def _described(self) -> dict[str, PluginUse]:
        """Return the plugins that have a table of their own."""
        tables = self._document.get("plugin", {})
        described = {}
        for name, table in tables.items() if isinstance(tables, dict) else [("", tables)]:
            path = ("plugin", name) if name else ("plugin",)
            if not isinstance(table, dict):
                message = f"{_dotted(path)} is {shown(table)}; allowed: tables [plugin.NAME]"
                self._note("sources.wrong_type", path, message)
                continue
            parameters = {key: Setting(key=key, kind=kinds.PARAMETER, words="") for key in table}
            values = self._values(table, path, f"in [plugin.{name}]", parameters | _KNOWN["plugin"])
            plugin = values.pop("use", name)
            line = lines.line_of(self._places, path)
            described[name] = PluginUse(name=name, plugin=plugin, params=values, line=line)
        return described

    def uses(self, names: tuple[str, ...], path: lines.Path) -> tuple[PluginUse, ...]:
        """Return the plugins of a list, each with its parameters."""
        if not names:  # to say where something stands, the whole text must be looked through
            return ()
        self._used.update(names)
        line = lines.line_of(self._places, path)
        return tuple(
            self._plugins.get(name) or PluginUse(name=name, plugin=name, line=line)
            for name in names
        )

    def notices(self, *, images: str) -> Iterator[str]:
        if images == "proxy":
            yield (
                'images = "proxy" needs `ecliptic serve`: a folder of files on another server '
                'has no images of entries; there, use images = "store".'
            )
        for name, use in self._plugins.items():
            if name not in self._used:
                yield f"No effect: [plugin.{name}] (line {use.line}); no list of plugins names it."

    def planet_line(self, key: str) -> int:
        return lines.line_of(self._places, ("planet", key))

    def channels(self) -> tuple[Channel, ...]:
        """Return the pages of filters; no two stand in one folder."""
        found: dict[str, Channel] = {}
        for index, table in enumerate(self._rows("page")):
            path = ("page", index)
            values = self._values(table, path, "in [[page]]", _KNOWN["page"])
            if not {"path", "name", "filter"} <= values.keys():
                continue
            channel = Channel(**values, line=lines.line_of(self._places, path))
            earlier = found.setdefault(channel.path, channel)
            if earlier is not channel:
                message = f"the page {channel.path} is already listed on line {earlier.line}"
                self._note("sources.duplicate_page", (*path, "path"), message, found=channel.path)
        return tuple(found.values())

    def subscriptions(self) -> tuple[Subscription, ...]:
        feeds = self._rows("feed")
        starts = lines.headers(self._text, "feed")
        if len(starts) != len(feeds):
            starts = [lines.line_of(self._places, ("feed", n)) for n in range(len(feeds))]
        read = [
            self._subscription(index, feed, line)
            for index, (feed, line) in enumerate(zip(feeds, starts, strict=True))
        ]
        subscriptions = tuple(subscription for subscription in read if subscription)
        self._find_duplicates(subscriptions)
        return subscriptions

    def old_pages(self, planet: dict[str, Any]) -> dict[str, Any]:
        """Return ``templates`` and ``copies``; few files have any."""
        if not self._document.keys() & settings.OLD.keys():
            return {}
        from ecliptic.sources import templates  # noqa: PLC0415 - see above

        return {
            "templates": tuple(
                templates.template(self._config, values, planet)
                for values in self._files("template")
            ),
            "copies": tuple(
                templates.copied(self._config, values) for values in self._files("copy")
            ),
        }

    def lists(self) -> tuple[ReadingList, ...]:
        """Return the lists of feeds that others keep; few files have any."""
        if "list" not in self._document:
            return ()
        from ecliptic.sources.reading_lists import reading_list  # noqa: PLC0415 - see above

        found = []
        for index, row in enumerate(self._rows("list")):
            path = ("list", index)
            values = self._values(row, path, "in [[list]]", _KNOWN["list"])
            if "url" in values:
                line = lines.line_of(self._places, path)
                found.append(reading_list(values, self._config, line))
        return tuple(found)

    def _files(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the values of tables that name a file, each of which must be there."""
        for index, row in enumerate(self._rows(name)):
            path = (name, index)
            values = self._values(row, path, f"in [[{name}]]", _KNOWN[name])
            file = values.get("file")
            if file is None:
                continue
            if Path(paths.beside(self._config, file)).is_file():
                yield values
            else:
                message = f"{name}.file is {shown(file)}; there is no such file"
                self._note("sources.bad_path", (*path, "file"), message, found=file)

    def _rows(self, name: str) -> list[dict[str, Any]]:
        rows = self._document.get(name, [])
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        message = f"{name} is not a list; allowed: tables [[{name}]]"
        self._note("sources.wrong_type", (name,), message)
        return []

    def _subscription(self, index: int, feed: dict[str, Any], line: int) -> Subscription | None:
        path = ("feed", index)
        values = self._values(feed, path, "in [[feed]]", _KNOWN["feed"])
        if "url" not in values:
            return None
        given = {key: values.pop(key) for key in access.KEYS if key in values}
        if "plugins" in values:
            values["plugins"] = self.uses(values["plugins"], (*path, "plugins"))
        if given:
            self._judge_access(values["url"], given, path)
        if "face" in values:
            values["face"] = access.located_face(values["face"], self._config)
        own = {key: values.pop(key) for key in OwnRules.__struct_fields__ if key in values}
        rules = OwnRules(**own) if own else None
        subscription = Subscription(**values, rules=rules, line=line)
        if address.is_file(subscription.url):
            return access.with_file(subscription, self._config)
        return access.with_access(subscription, given)

    def _judge_access(self, url: str, given: dict[str, Any], path: lines.Path) -> None:
        """Note what would be ignored: a second way to be let in, or any for a file."""
        in_headers = {name.lower() for name, _ in given.get("headers", ())}
        ways = {
            "username and password": bool({"username", "password"} & given.keys()),
            "Authorization in headers": "authorization" in in_headers,
            "a name in url": without_password(url) != url,
        }
        found = [way for way, is_given in ways.items() if is_given]
        if address.is_file(url):
            message = f"a file has no {' and no '.join(given)}; allowed: none of them"
            self._note("sources.bad_value", (*path, "url"), message)
        elif len(found) > 1:
            message = f"the feed has {' and '.join(found)}; allowed: one of them"
            self._note("sources.bad_value", (*path, "url"), message)

    def _find_duplicates(self, subscriptions: tuple[Subscription, ...]) -> None:
        first: dict[str, Subscription] = {}
        for subscription in subscriptions:
            earlier = first.setdefault(address.comparable(subscription.url), subscription)
            if earlier is not subscription:
                self._duplicate(subscription, earlier.line)

    def _duplicate(self, subscription: Subscription, line: int) -> None:
        url = subscription.url
        self.problems.append(
            Finding(
                severity="error",
                code="sources.duplicate_feed",
                message=f"the feed {url} is already listed on line {line}",
                line=subscription.line,
                key="feed.url",
                found=url,
            )
        )

    def _values(
        self, table: dict[str, Any], path: lines.Path, where: str, known: dict[str, Setting]
    ) -> dict[str, Any]:
        values = {}
        for key, value in table.items():
            setting = known.get(key)
            if setting is None:
                self._unknown((*path, key), where, known)
                continue
            try:
                values[key] = self._value(setting.kind, value)
            except Refused as refused:
                found = "" if setting.kind.fill else shown(_unsecret(value))
                self._refused((*path, key), found, setting.kind.allowed, str(refused))
        for setting in known.values():
            if setting.required and setting.key not in table:
                self._note("sources.missing", path, f'there is no "{setting.key}" {where}')
        return values

    def _value(self, kind: Kind, value: object) -> object:
        return kind.read(kind.fill(value, self._config) if kind.fill else value)

    def _unknown(self, path: lines.Path, where: str, known: Any) -> None:
        key = str(path[-1])
        hint = suggestion(key, known)
        if not hint:
            hint = f"; allowed: {', '.join(known)}"
            hint += " (your own go into extra = { … })" if "extra" in known else ""
        self._note("sources.unknown_key", path, f'unknown key "{key}" {where}{hint}', found=key)

    def _refused(self, path: lines.Path, found: str, allowed: str, reason: str) -> None:
        why = f" ({reason})" if reason else ""
        verdict = f"is {found}" if found else "cannot be used"
        message = f"{_dotted(path)} {verdict}{why}; allowed: {allowed}"
        code = "sources.bad_address" if path[-1] in {"url", "link", "hub"} else "sources.bad_value"
        self._note(code, path, message, found=found, allowed=allowed)

    def _note(
        self, code: str, path: lines.Path, message: str, *, found: str = "", allowed: str = ""
    ) -> None:
        self.problems.append(
            Finding(
                severity="error",
                code=code,
                message=message,
                line=lines.line_of(self._places, path),
                key=_dotted(path),
                found=found,
                allowed=allowed,
            )
        )


def _dotted(path: lines.Path) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def _unsecret(value: object) -> object:
    return without_password(value) if isinstance(value, str) else value
