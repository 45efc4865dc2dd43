"""The settings of a page of one filter; see ``sources.settings``."""

from __future__ import annotations

from typing import Final

from ecliptic.sources import kinds
from ecliptic.sources.kinds import whole
from ecliptic.sources.setting import Setting

PAGE: Final = (
    Setting(
        key="path",
        kind=kinds.PAGE_PATH,
        required=True,
        example="jobs",
        words="the folder of the site that the page and its feeds stand in",
    ),
    Setting(
        key="name",
        kind=kinds.NAME,
        required=True,
        example="Jobs",
        words="what the page is called",
    ),
    Setting(
        key="filter",
        kind=kinds.PAGE_FILTER,
        required=True,
        example="tag:jobs or title:hiring",
        words="what entries must be to stand on it, of those that the planet shows",
    ),
    Setting(
        key="items_per_page",
        kind=whole(0, 10_000),
        default=None,
        example=30,
        words="as in [planet], for this page and its feeds",
    ),
    Setting(
        key="days_per_page",
        kind=whole(0, 36_500),
        default=None,
        example=90,
        words="as in [planet], for this page and its feeds",
    ),
)
