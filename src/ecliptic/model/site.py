"""What the operator asked for: validated settings and subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from ecliptic.model.access import Access, Proxy
from ecliptic.model.pipeline import PluginUse
from ecliptic.model.reading_list import ReadingList
from ecliptic.model.rules import EntryRules, OwnRules
from ecliptic.model.template import Copied, OldTemplate
from ecliptic.model.terms import TAXONOMIES, Taxonomy

DIALECTS: Final = {
    "toml": "planet.toml",
    "opml": "OPML",
    "planet": "Planet 2.0",
    "venus": "Venus",
    "pluto": "Pluto",
    "perlanet": "Perlanet",
}
"""What the kinds of settings are called."""

FROM_NAME: Final = "name"
"""The ``social_image`` that is made from the planet's name."""


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """One feed the operator wants. ``name`` and ``link`` override the feed's own.

    ``source`` names the plugin that reads it; without one, ours read what they know.
    ``plugins`` are those that its entries go through; ``None`` means the planet's.
    ``filter`` is the expression that its entries must pass, besides the planet's;
    ``excerpt`` and ``strip_ads`` are ``None`` where the planet's settings hold.
    ``face`` is the address of the picture beside its name, ``none`` for none, or ``""`` for
    the one that the feed or its site names.

    ``extra`` holds the keys we do not know (``twitter``, ``portal`` …), for
    templates. ``line`` is where it stands in its configuration file. ``access``
    is set where more than the address is needed to read it, ``rules`` where those of
    the planet are not its own. ``listed_in`` is the address of the list that it came
    with, ``""`` for the operator's own.
    """

    url: str
    name: str = ""
    link: str = ""
    source: str = ""
    paused: bool = False
    hidden: bool = False
    filter: str = ""
    excerpt: int | None = None
    strip_ads: bool | None = None
    face: str = ""
    extra: dict[str, str] = {}
    line: int = 0
    access: Access | None = None
    rules: OwnRules | None = None
    plugins: tuple[PluginUse, ...] | None = None
    listed_in: str = ""


def unchecked(subscriptions: Iterable[Subscription]) -> tuple[Subscription, ...]:
    """Return the feeds that are asked although nobody vouches for who answers."""
    return tuple(
        feed
        for feed in subscriptions
        if feed.access is not None and feed.access.insecure and not feed.paused
    )


class FetchSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How and how often to ask. Times are in seconds, sizes in bytes.

    ``checks_per_day`` is the average over all feeds: those that publish much
    are asked more often, those that publish little less. ``every`` asks feeds
    before their time too, and ``only`` none but those it matches.
    """

    timeout: float = 30.0
    connect_timeout: float = 10.0
    max_bytes: int = 10_000_000
    max_redirects: int = 5
    connections: int = 64
    connections_per_host: int = 2
    host_spacing: float = 0.5
    user_agent: str = ""
    proxy: Proxy = Proxy()
    allow_networks: tuple[str, ...] = ()
    offline: bool = False
    every: bool = False
    only: str = ""
    min_interval: float = 3_600.0
    max_interval: float = 86_400.0
    checks_per_day: float = 24.0


class PageSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How much a page shows. 0 means no limit; a day has 86,400 seconds.

    ``feed_items`` is what one feed may have on the front page at any time.
    ``days_per_page`` counts back from the newest entry, so that a page does not
    change by itself.
    """

    items_per_page: int = 60
    days_per_page: int = 0
    feed_items: int = 0


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the entries that a filter takes, with output feeds of its own.

    ``path`` is the folder they stand in, seen from the site: ``jobs``. ``items_per_page``
    and ``days_per_page`` are ``None`` where the planet's hold. ``line`` is where it stands
    in the configuration.
    """

    path: str
    name: str
    filter: str
    items_per_page: int | None = None
    days_per_page: int | None = None
    line: int = 0


class TopicSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What is done with entries that may be off topic, by the probability that they are on it.

    Those below ``drop_below`` are hidden, those from there to ``review_below`` put up for review:
    ``grey`` says whether they are shown meanwhile (``show``) or not (``hold``). ``None`` is no
    threshold, and without one nothing is hidden.
    """

    drop_below: float | None = None
    review_below: float | None = None
    grey: Literal["show", "hold"] = "show"


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A planet: its name, what it reads, how it looks and where it goes.

    ``filter`` is the expression that entries must pass to be shown. ``excerpt`` is the
    number of characters of a body that pages show, 0 for all. ``archive`` asks for pages
    of all entries, by month and by day, ``search`` for one that searches them, ``browse`` for
    those of each tag, author or language that ``browse_least`` entries have, ``entry_pages``
    for one of each entry (``full`` or ``excerpt``), which search engines may list if
    ``entry_index``, ``faces`` for
    pictures beside the names of feeds. ``images`` says who serves those of entries: their
    authors' hosts (``keep``), or ours, from copies (``store``) or on request (``proxy``).
    ``social_image`` is the picture that others show beside a link: ``FROM_NAME``, written in
    ``social_font``, or a file.
    ``templates`` and ``copies`` are an older engine's, and take the place of our pages of
    their path.

    Paths are absolute. ``dialect`` names the kind of file the settings came
    from (a key of ``DIALECTS``); ``notices`` are
    sentences for the operator about what in it has no effect.
    """

    name: str
    link: str = ""
    hub: str = ""
    description: str = ""
    language: str = "en"
    owner_name: str = ""
    owner_email: str = ""
    timezone: str = "UTC"
    date_format: str = "%B %d, %Y %I:%M %p"
    day_format: str = "%B %d, %Y"
    activity_threshold: int = 0
    dead_after_days: int = 90
    silent_after_days: int = 0
    rules: EntryRules = EntryRules()
    pages: PageSettings = PageSettings()
    channels: tuple[Channel, ...] = ()
    fetch: FetchSettings = FetchSettings()
    topics: TopicSettings = TopicSettings()
    detect_languages: bool = False
    plugins: tuple[PluginUse, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    lists: tuple[ReadingList, ...] = ()
    config: str = ""
    state: str = ""
    output: str = ""
    theme: str = ""
    templates: tuple[OldTemplate, ...] = ()
    copies: tuple[Copied, ...] = ()
    publish_as: str = "auto"
    link_rel: str = "nofollow noopener"
    filter: str = ""
    archive: bool = True
    search: bool = True
    browse: tuple[Taxonomy, ...] = TAXONOMIES
    browse_least: int = 2
    faces: bool = True
    entry_pages: str = "off"
    entry_index: bool = False
    images: Literal["keep", "proxy", "store"] = "keep"
    social_image: str = ""
    social_font: str = ""
    excerpt: int = 0
    strip_ads: bool = False
    duplicates: str = "exact"
    dialect: str = "toml"
    extra: dict[str, str] = {}
    notices: tuple[str, ...] = ()


def rules_by_feed(site: Site) -> dict[str, EntryRules]:
    """Return by address the rules of those feeds that have some of their own."""
    return {
        feed.url: feed.rules.over(site.rules)
        for feed in site.subscriptions
        if feed.rules is not None
    }
