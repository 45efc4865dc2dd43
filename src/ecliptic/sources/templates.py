"""From ``[[template]]`` and ``[[copy]]`` to what older engines make pages from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal, TypeAlias

from ecliptic.model.site import Site
from ecliptic.model.template import Copied, OldTemplate
from ecliptic.sources import paths

Kind: TypeAlias = Literal["htmltmpl", "xslt", "genshi", "django", "jinja"]

KINDS: Final[Mapping[str, Kind]] = {
    ".tmpl": "htmltmpl",
    ".xsl": "xslt",
    ".xslt": "xslt",
    ".genshi": "genshi",
    ".dj": "django",
    ".jinja": "jinja",
}
"""The languages of templates, by the endings of their names."""

_INHERITED: Final = ("activity_threshold", "date_format", "day_format")


def template(config: Path, values: Mapping[str, Any], planet: Mapping[str, Any]) -> OldTemplate:
    """Return the template of a table; what it does not say of its page, the ``planet`` says."""
    file = paths.beside(config, values["file"])
    name = PurePosixPath(file)
    given = dict(values) | {"file": file, "path": values.get("path") or page_of(file)}
    return OldTemplate(
        **{**inherited(planet), **given},
        folder=str(name.parent),
        kind=KINDS.get(name.suffix.lower(), "htmltmpl"),
    )


def inherited(planet: Mapping[str, Any]) -> dict[str, Any]:
    """Return what holds for a template of what was said in ``[planet]``."""
    defaults = Site(name="")
    pages = {
        key: planet.get(key, getattr(defaults.pages, key))
        for key in ("items_per_page", "days_per_page")
    }
    return {**pages, **{key: planet.get(key, getattr(defaults, key)) for key in _INHERITED}}


def page_of(file: str) -> str:
    """Return the page that a template makes where nothing else is said."""
    return PurePosixPath(file).stem


def copied(config: Path, values: Mapping[str, Any]) -> Copied:
    """Return the file of a table."""
    file = paths.beside(config, values["file"])
    return Copied(file=file, path=values.get("path") or PurePosixPath(file).name)
