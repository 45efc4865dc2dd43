"""Every native setting: its kind, its default and what it does, said once.

Validation, the starter file and ``docs/reference/settings.md`` all read these
tables, so none of them can know a setting that the others do not.
"""

from __future__ import annotations

from typing import Final

from ecliptic.model.site import PageSettings, Site, TopicSettings
from ecliptic.model.terms import TAXONOMIES
from ecliptic.sources import kinds
from ecliptic.sources.feed_settings import FEED
from ecliptic.sources.fetch_settings import FETCH
from ecliptic.sources.kinds import choice, number, some_of, whole
from ecliptic.sources.list_settings import LIST
from ecliptic.sources.page_settings import PAGE
from ecliptic.sources.rules import PLANET_RULES
from ecliptic.sources.setting import Setting
from ecliptic.sources.social import SOCIAL
from ecliptic.sources.template_settings import COPY, TEMPLATE

_SITE: Final = Site(name="")
_PAGES: Final = PageSettings()
_TOPICS: Final = TopicSettings()


PLANET: Final = (
    Setting(
        key="name",
        kind=kinds.NAME,
        required=True,
        example="Planet Example",
        words="the name of the planet",
    ),
    Setting(
        key="link",
        kind=kinds.ADDRESS,
        example="https://planet.example/",
        words="where the planet will be seen; output feeds need it for their own addresses",
    ),
    Setting(
        key="hub",
        kind=kinds.PUBLIC_ADDRESS,
        example="https://hub.example/",
        words="the WebSub hub that is told when an output feed changes; it needs link",
    ),
    Setting(
        key="description",
        kind=kinds.TEXT,
        example="What our community writes",
        words="one sentence under the name and in the output feeds",
    ),
    Setting(
        key="language",
        kind=kinds.LANGUAGE,
        default=_SITE.language,
        words="the language of the planet's own texts, and of the words of its pages where "
        "Ecliptic has them",
    ),
    Setting(
        key="owner_name",
        kind=kinds.TEXT,
        example="Planet maintainers",
        words="who runs the planet",
    ),
    Setting(
        key="owner_email",
        kind=kinds.EMAIL,
        example="planet@planet.example",
        words="where authors can reach them",
    ),
    Setting(
        key="detect_languages",
        kind=kinds.FLAG,
        default=_SITE.detect_languages,
        example=True,
        words="tell the language of entries that do not declare one, or whose feed declares "
        "another for all; it needs the extra ecliptic[topics]",
    ),
    Setting(
        key="timezone",
        kind=kinds.TIME_ZONE,
        default=_SITE.timezone,
        example="Europe/Berlin",
        words="the zone in which dates are shown and days begin",
    ),
    Setting(
        key="date_format",
        kind=kinds.DATE_FORMAT,
        default=_SITE.date_format,
        words="how the date of an entry is written (strftime); without it, as is usual in the "
        "planet's language",
    ),
    Setting(
        key="day_format",
        kind=kinds.DATE_FORMAT,
        default=_SITE.day_format,
        words="how the heading of a day is written (strftime); without it, as is usual in the "
        "planet's language",
    ),
    Setting(
        key="items_per_page",
        kind=whole(0, 10_000),
        default=_PAGES.items_per_page,
        words="entries on the front page and in each output feed; 0 means no limit",
    ),
    Setting(
        key="days_per_page",
        kind=whole(0, 36_500),
        default=_PAGES.days_per_page,
        words="days on the front page, counted back from the newest entry; 0 means no limit",
    ),
    Setting(
        key="feed_items",
        kind=whole(0, 10_000),
        default=_PAGES.feed_items,
        example=5,
        words="entries that one feed may have on the front page at a time; 0 means no limit",
    ),
    Setting(
        key="archive",
        kind=kinds.FLAG,
        default=_SITE.archive,
        words="make pages of all entries, by month and by day, and a list of all pages "
        "(sitemap.xml) if the planet has a link",
    ),
    Setting(
        key="entry_pages",
        kind=choice("off", "excerpt", "full"),
        default=_SITE.entry_pages,
        words="make a page for each entry too, with its beginning or all of it; the archive must "
        "be on",
    ),
    Setting(
        key="entry_index",
        kind=kinds.FLAG,
        default=_SITE.entry_index,
        words="let search engines list these pages; the author's own is named as the one that "
        "counts either way",
    ),
    Setting(
        key="search",
        kind=kinds.FLAG,
        default=_SITE.search,
        words="make a page that searches all entries in the browser, and the index it needs",
    ),
    Setting(
        key="faces",
        kind=kinds.FLAG,
        default=_SITE.faces,
        words="show a picture beside the name of each feed, the one that the feed or its site "
        "names; the site serves copies of its own",
    ),
    Setting(
        key="images",
        kind=choice("keep", "store", "proxy"),
        default=_SITE.images,
        words="who serves the images of entries to readers: their authors' hosts (keep), the "
        "site, from copies that runs fetch (store), or ecliptic serve, on request (proxy)",
    ),
    *SOCIAL,
    Setting(
        key="browse",
        kind=some_of(TAXONOMIES),
        default=_SITE.browse,
        words="by what entries can be browsed: each tag, author or language gets a page with "
        "output feeds",
    ),
    Setting(
        key="browse_least",
        kind=whole(1, 10_000),
        default=_SITE.browse_least,
        words="entries that a tag, author or language must have to get a page",
    ),
    Setting(
        key="filter",
        kind=kinds.FILTER,
        example="not (tag:jobs or title:hiring)",
        words="what entries must be to be shown; the others are kept, hidden",
    ),
    Setting(
        key="excerpt",
        kind=whole(0, 1_000_000),
        default=_SITE.excerpt,
        example=500,
        words="characters of each entry's text that pages and output feeds show; 0 means all",
    ),
    Setting(
        key="strip_ads",
        kind=kinds.FLAG,
        default=_SITE.strip_ads,
        example=True,
        words="take out advertisements that known networks put into feeds",
    ),
    *PLANET_RULES,
    Setting(
        key="duplicates",
        kind=choice("exact", "near", "off"),
        default=_SITE.duplicates,
        words="which copies of a post in several feeds are shown once: those with its id or link "
        "(exact), those with nearly its text too (near), or none (off)",
    ),
    Setting(
        key="output",
        kind=kinds.FOLDER,
        default="site",
        words="the folder that is published",
    ),
    Setting(
        key="state",
        kind=kinds.FOLDER,
        default="planet.sqlite",
        words="the file that remembers entries; the default has the name of this file",
    ),
    Setting(
        key="theme",
        kind=kinds.FOLDER,
        default="theme",
        words="a folder whose templates and assets replace ours, or a theme that comes along: "
        "default, classic, cards; the folder `theme` is used if it exists",
    ),
    Setting(
        key="publish_as",
        kind=choice("auto", "links", "folder"),
        default=_SITE.publish_as,
        words="swap a link at once (links), write into a plain folder (folder), or find out (auto)",
    ),
    Setting(
        key="link_rel",
        kind=kinds.LINK_TYPES,
        default=_SITE.link_rel,
        words="the rel attribute of links inside entries",
    ),
    Setting(
        key="plugins",
        kind=kinds.NAMES,
        default=(),
        example=("preview_image",),
        words="the plugins that new and changed entries go through, in this order; a table "
        "[plugin.NAME] has the parameters of one",
    ),
    Setting(
        key="extra",
        kind=kinds.EXTRA,
        example={"logo": "logo.svg"},
        words="your own texts, for your templates",
    ),
)

TOPICS: Final = (
    Setting(
        key="drop_below",
        kind=number(0, 1),
        default=None,
        example=0.2,
        words="hide entries that are on topic with less than this probability; without it "
        "nothing is hidden",
    ),
    Setting(
        key="review_below",
        kind=number(0, 1),
        default=None,
        example=0.5,
        words="put entries below this probability up for review (ecliptic topics review)",
    ),
    Setting(
        key="grey",
        kind=choice("show", "hold"),
        default=_TOPICS.grey,
        words="show entries that are up for review, or hold them back until you labelled them",
    ),
)

PLUGIN: Final = (
    Setting(
        key="use",
        kind=kinds.NAME,
        example="executables",
        words="the plugin that is meant, where NAME is a name of your own",
    ),
)
"""What every table ``[plugin.NAME]`` may hold; all its other keys are the plugin's parameters."""

LISTS: Final = {"list": LIST}
"""The settings of lists that others keep."""

OLD: Final = {"template": TEMPLATE, "copy": COPY}
"""The settings of what older engines make pages from."""

TABLES: Final = {"planet": PLANET, "fetch": FETCH, "topics": TOPICS, "page": PAGE, "feed": FEED}
