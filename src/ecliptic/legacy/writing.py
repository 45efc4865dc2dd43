"""A planet as an ini file of Venus: what Venus can say as it says it, the rest as comments.

Every value is read back as it is written; one that would come out as another is a comment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import msgspec

from ecliptic.legacy import ini
from ecliptic.legacy.subscriptions import FUTURE_DATES
from ecliptic.legacy.values import REFERENCE, one_line
from ecliptic.model.access import Proxy, without_password
from ecliptic.model.pipeline import PluginUse
from ecliptic.model.reading_list import ReadingList
from ecliptic.model.rules import CORRECTIONS, EntryRules, OwnRules
from ecliptic.model.site import Site, Subscription
from ecliptic.sources import address
from ecliptic.sources.fetch_settings import FETCH
from ecliptic.sources.settings import PLANET, TOPICS

if TYPE_CHECKING:
    from ecliptic.filters import Filter

_ADS: Final = "stripAd/feedburner.sed stripAd/google_ad_map.sed stripAd/yahoo.sed"
_DATES: Final = {ours: venus for venus, ours in FUTURE_DATES.items()} | {"now": "keep"}
_SAID: Final = frozenset({
    "name", "link", "hub", "owner_name", "owner_email", "output", "state", "items_per_page",
    "feed_items", "activity_threshold", "timeout", "date_format", "day_format", "future_dates",
    "excerpt", "strip_ads", "filter", "plugins", "extra", *CORRECTIONS,
})  # fmt: skip
_COMMENT: Final = re.compile(r"(\s);")
_LISTS: Final = {"foaf": "foaf", "csv": "csv", "ini": "config"}
_QUOTES: Final = ('"', "'")
_DEFAULTS: Final = Site(name="")


class WrittenIni(msgspec.Struct, frozen=True, kw_only=True):
    """An ini file as text; ``look`` says what of the planet it does not hold."""

    text: str
    look: tuple[str, ...]


def written(site: Site, path: Path) -> WrittenIni:
    """Return the ini file of a planet that is to stand at ``path``."""
    writer = _Writer(site, path)
    blocks = ["\n".join(writer.planet())]
    blocks += ["\n".join(writer.list(each)) for each in site.lists]
    blocks += ["\n".join(writer.feed(each)) for each in site.subscriptions if not each.listed_in]
    return WrittenIni(text="\n\n".join(blocks) + "\n", look=tuple(writer.look))


class _Writer:
    def __init__(self, site: Site, path: Path) -> None:
        self.look: list[str] = []
        self._site = site
        self._folder = path.absolute().parent
        # Filters of a feed of Venus' take the place of the planet's; ours are asked besides it.
        self._is_own = any(feed.filter for feed in site.subscriptions)

    def planet(self) -> Iterator[str]:
        """Yield the lines of ``[Planet]``."""
        site, pages = self._site, self._site.pages
        yield "[Planet]"
        yield from self._texts("", self._named(site.name), "name")
        yield from self._texts("", site.link, "link")
        yield from self._texts("", site.hub, "pubsubhubbub_hub")
        yield from self._texts("", self._named(site.owner_name), "owner_name")
        yield from self._texts("", site.owner_email, "owner_email")
        yield from self._texts("", self._seen(site.output), "output_dir")
        yield from self._texts("", self._seen(str(Path(site.state).parent)), "cache_directory")
        yield f"items_per_page = {pages.items_per_page}"
        if pages.feed_items:
            yield f"new_feed_items = {pages.feed_items}"
        if site.activity_threshold:
            yield f"activity_threshold = {site.activity_threshold}"
        if site.fetch.timeout != _DEFAULTS.fetch.timeout:
            yield f"feed_timeout = {max(1, round(site.fetch.timeout))}"
        yield from self._texts("", site.date_format, "date_format")
        yield from self._texts("", site.day_format, "new_date_format")
        yield from self._dates(site.rules.future_dates, "")
        yield from self._corrections(site.rules, "")
        yield from self._programs(site.excerpt, "", strip_ads=site.strip_ads)
        if not self._is_own:
            yield from self._sieves((site.filter,), "")
        yield from self._templates()
        yield from self._extra(site.extra, "")
        yield from self._beyond_planet()

    def list(self, wanted: ReadingList) -> Iterator[str]:
        """Yield the lines of a list of feeds."""
        is_file = address.is_file(wanted.url)
        yield f"[{self._seen(unquote(urlsplit(wanted.url).path)) if is_file else wanted.url}]"
        yield f"content_type = {_LISTS.get(wanted.kind, 'opml')}"
        where = f" of {wanted.url}"
        yield from self._texts(where, str(wanted.depth or ""), "depth")
        accounts = "\n".join(f"{page}|{feed}" for page, feed in wanted.accounts.items())
        yield from self._texts(where, accounts, "online_accounts")

    def feed(self, feed: Subscription) -> Iterator[str]:
        """Yield the lines of a feed; one that is paused is a comment."""
        is_asked = not feed.paused and not address.fault(feed.url)
        if address.is_file(feed.url):
            is_asked = not feed.paused
        mark = "" if is_asked else "# "
        if not is_asked:
            self.look.append(f"The feed {feed.url} is paused, and therefore a comment.")
            yield "# paused:"
        url = one_line(feed.url)
        where = f" of {url}"
        yield f"{mark}[{url}]"
        lines = [
            *self._texts(where, self._named(feed.name), "name"),
            *self._texts(where, feed.link, "link"),
            *(["hidden = yes"] if feed.hidden else []),
            *(self._rules(feed.rules, where) if feed.rules else ()),
            *self._programs(feed.excerpt, where, strip_ads=feed.strip_ads),
            *(self._sieves((self._site.filter, feed.filter), where) if self._is_own else ()),
            *self._extra(feed.extra, where),
            *self._beyond_feed(feed, where),
        ]
        yield from (f"{mark}{line}" for line in lines)

    def _texts(self, where: str, text: str, key: str) -> Iterator[str]:
        """Yield a key with its text, or a comment if it would be read as another text."""
        if not text:
            return
        lines = text.split("\n")
        line = f"{key} = {text}" if len(lines) == 1 else "\n  ".join([f"{key} =", *lines])
        document = ini.parse(f"[x]\n{line}\n".encode())
        read = ini.interpolate(document.sections[0], None)
        if len(document.sections) == len(read.keys) == 1 and read.text(key) == text:
            yield line
        else:
            yield self._lost(f"{key} = {' '.join(lines)}", where)

    def _lost(self, said: str, where: str) -> str:
        self.look.append(f"{said}{where} is a comment: Venus has no such thing.")
        return f"# {' '.join(said.split())}"

    def _named(self, name: str) -> str:
        """Return a name with references of HTML where it would be read as another one."""
        if REFERENCE.search(name):
            name = name.replace("&", "&amp;")
        name = _COMMENT.sub(r"\1&#59;", name)
        return f"&#{ord(name[0])};{name[1:]}" if name[:1] in _QUOTES else name

    def _dates(self, rule: str | None, where: str) -> Iterator[str]:
        if rule in _DATES:
            yield f"future_dates = {_DATES[rule]}"
        elif rule:
            yield self._lost(f"future_dates = {rule}", where)

    def _corrections(self, rules: EntryRules | OwnRules, where: str) -> Iterator[str]:
        for key in CORRECTIONS:
            value = getattr(rules, key)
            yield from self._texts(
                where, " ".join(value) if isinstance(value, tuple) else value or "", key
            )

    def _rules(self, rules: OwnRules, where: str) -> Iterator[str]:
        """Yield the rules of a feed that Venus has too."""
        yield from self._dates(rules.future_dates, where)
        yield from self._corrections(rules, where)
        for key in CORRECTIONS:
            if getattr(rules, key) in ((), ""):  # what the planet corrects, and the feed does not
                yield self._lost(f"{key} = nothing", where)
        left = dict.fromkeys(("future_dates", *CORRECTIONS))
        if msgspec.structs.replace(rules, **left) != OwnRules():
            yield self._lost("rules of its own", where)

    def _programs(
        self, excerpt: int | None, where: str, *, strip_ads: bool | None
    ) -> Iterator[str]:
        asked = [_ADS] if strip_ads else []
        asked += [f"excerpt.py?width={excerpt}"] if excerpt else []
        if asked:
            yield f"filters = {' '.join(asked)}"
        if excerpt == 0 and where:
            yield self._lost("excerpt = 0", where)
        if strip_ads is False and where:
            yield self._lost("strip_ads = false", where)

    def _sieves(self, filters: Sequence[str], where: str) -> Iterator[str]:
        """Yield ``filter`` and ``exclude`` if these say what the filters say, else a comment."""
        expressions = [one for one in filters if one]
        if not expressions:
            return
        required, excluded = _sifted(expressions)
        if required or excluded:
            yield from self._texts(where, "\n".join(required), "filter")
            yield from self._texts(where, "\n".join(excluded), "exclude")
        else:
            yield self._lost(f"filter: {' and '.join(f'({one})' for one in expressions)}", where)

    def _templates(self) -> Iterator[str]:
        site = self._site
        known = [
            template
            for template in site.templates
            if template.engine == "venus"
            and template.kind != "jinja"
            and template.path == Path(template.file).stem
        ]
        folders = dict.fromkeys(self._seen(template.folder) for template in known)
        if known:
            yield f"template_directories = {' '.join(folders)}"
            yield f"template_files = {' '.join(Path(each.file).name for each in known)}"
        if any(each.parameters.get("django_autoescape") == "off" for each in known):
            yield "django_autoescape = off"
        for template in site.templates:
            if template not in known:
                yield self._lost(f"the template {template.file} for {template.path}", "")
        for copied in site.copies:
            yield self._lost(f"the file {copied.file} at {copied.path}", "")

    def _extra(self, extra: dict[str, str], where: str) -> Iterator[str]:
        for key, text in extra.items():
            if key == key.lower() and key.isidentifier():
                yield from self._texts(where, text, key)
            else:
                yield self._lost(f"{key} = {text}", where)

    def _beyond_planet(self) -> Iterator[str]:
        """Yield what is set of the planet and was not said.

        What is switched off is not: Venus, which has no such thing, does without it as well.
        """
        site = self._site
        for settings, records in (
            (PLANET, (site, site.pages, site.rules)),
            (FETCH, (site.fetch,)),
            (TOPICS, (site.topics,)),
        ):
            for setting in settings:
                values = [getattr(each, setting.key, None) for each in records]
                value = next((each for each in values if each is not None), None)
                if setting.key in _SAID or value is False:
                    continue
                if value not in {setting.default, "", None, (), Proxy()}:
                    yield self._lost(f"{setting.key} = {_plain(value)}", "")
        for channel in site.channels:
            yield self._lost(f"the page {channel.path} of {channel.filter}", "")
        yield from self._plugins(site.plugins, "")

    def _beyond_feed(self, feed: Subscription, where: str) -> Iterator[str]:
        if feed.source:
            yield self._lost(f"source = {feed.source}", where)
        if feed.face:
            yield self._lost(f"the picture {feed.face}", where)
        if feed.access is not None and not feed.access.local:
            yield self._lost("what it takes to be let in", where)
        yield from self._plugins(feed.plugins or (), where)

    def _plugins(self, uses: Sequence[PluginUse], where: str) -> Iterator[str]:
        for use in uses:
            yield self._lost(f"the plugin {use.name}", where)

    def _seen(self, place: str) -> str:
        """Return a path as seen from the new file's folder, if it stands in or beside it."""
        relative = os.path.relpath(place, self._folder)
        return place if relative.startswith("../../") else relative


def _plain(value: object) -> str:
    return without_password(value.url) if isinstance(value, Proxy) else str(value)


def _sifted(expressions: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines of ``filter`` and ``exclude``; none where these cannot say it exactly."""
    from ecliptic.filters import And, Matches, Not, read  # noqa: PLC0415 - few planets have any

    required: list[str] = []
    excluded: list[str] = []
    parts: list[Filter] = []
    for expression in expressions:
        whole = read(expression)
        parts += whole.parts if isinstance(whole, And) else (whole,)
    for part in parts:
        lines, inner = (excluded, part.part) if isinstance(part, Not) else (required, part)
        if not isinstance(inner, Matches) or inner.field != "text":
            return [], []
        lines.append(_for_venus(inner.pattern))
    return required, excluded


def _for_venus(pattern: str) -> str:
    """Return a pattern for Venus, where case counts unless it says otherwise."""
    inner = pattern.removeprefix("(?-i:").removesuffix(")")
    if f"(?-i:{inner})" == pattern and _is_whole(inner):
        return inner
    return pattern if pattern.startswith("(?i)") else f"(?i){pattern}"


def _is_whole(pattern: str) -> bool:
    """Whether a pattern closes no bracket that it does not open."""
    depth = 0
    for char in pattern.replace("\\\\", "").replace("\\(", "").replace("\\)", ""):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
