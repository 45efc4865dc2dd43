"""What older engines make pages from, as their settings name it."""

from __future__ import annotations

from typing import Literal

import msgspec


class OldTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A template of Planet 2.0 or Venus, with the settings of its own section.

    ``file`` is absolute, ``path`` is where its page stands in the site, and
    ``folder`` holds all that it may read besides. ``kind`` is its language: ``jinja``
    is what one of Genshi or Django was converted to.
    ``encoding`` is as the old engine takes it: ``xml`` is ASCII with references.
    ``parameters`` are for a stylesheet, or say ``django_autoescape``. ``engine`` is the
    one it was written for: they do not give all variables the same values.
    """

    file: str
    path: str
    folder: str
    kind: Literal["htmltmpl", "xslt", "genshi", "django", "jinja"] = "htmltmpl"
    engine: Literal["planet", "venus"] = "planet"
    items_per_page: int = 60
    days_per_page: int = 0
    activity_threshold: int = 0
    date_format: str = "%B %d, %Y %I:%M %p"
    day_format: str = "%B %d, %Y"
    encoding: str = "utf-8"
    parameters: dict[str, str] = {}


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes into the site as it is (``bill_of_materials``)."""

    file: str
    path: str
