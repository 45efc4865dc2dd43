"""The settings of an older engine's templates and files; see ``sources.settings``."""

from __future__ import annotations

from typing import Final

from ecliptic.sources import kinds
from ecliptic.sources.kinds import choice, whole
from ecliptic.sources.setting import Setting

TEMPLATE: Final = (
    Setting(
        key="file",
        kind=kinds.FOLDER,
        required=True,
        example="old/index.html.tmpl",
        words="a template of Planet 2.0 or Venus, or what one was converted to (.jinja); what it "
        "includes is in its folder",
    ),
    Setting(
        key="path",
        kind=kinds.SITE_PATH,
        example="index.html",
        words="the page it makes; without it, the file's name without its ending",
    ),
    Setting(
        key="engine",
        kind=choice("planet", "venus"),
        default="planet",
        example="venus",
        words="the engine it was written for: Planet 2.0 (planet) or Venus (venus)",
    ),
    Setting(
        key="items_per_page",
        kind=whole(0, 1_000_000),
        default=None,
        example=25,
        words="entries on its page; without it, as in [planet]",
    ),
    Setting(
        key="days_per_page",
        kind=whole(0, 1_000_000),
        default=None,
        example=10,
        words="days on its page; without it, as in [planet]",
    ),
    Setting(
        key="activity_threshold",
        kind=whole(0, 1_000_000),
        default=None,
        example=180,
        words="days without an entry after which it calls a feed inactive; without it, as in "
        "[planet]",
    ),
    Setting(
        key="date_format",
        kind=kinds.DATE_FORMAT,
        default=None,
        example="%B %d, %Y",
        words="how it writes dates; without it, as in [planet]",
    ),
    Setting(
        key="day_format",
        kind=kinds.DATE_FORMAT,
        default=None,
        example="%B %d, %Y",
        words="how it writes the heading of a day; without it, as in [planet]",
    ),
    Setting(
        key="encoding",
        kind=kinds.NAME,
        default="utf-8",
        example="iso-8859-1",
        words="the encoding of its page; xml is ASCII with references",
    ),
    Setting(
        key="parameters",
        kind=kinds.EXTRA,
        default={},
        example={"colour": "red"},
        words="what a stylesheet is given, besides the texts in [planet]; for a template of "
        'Django, django_autoescape = "off"',
    ),
)

COPY: Final = (
    Setting(
        key="file",
        kind=kinds.FOLDER,
        required=True,
        example="old/style.css",
        words="a file that goes into the site as it is",
    ),
    Setting(
        key="path",
        kind=kinds.SITE_PATH,
        example="style.css",
        words="where in the site it stands; without it, under the file's name",
    ),
)
