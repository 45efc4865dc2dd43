"""The same planet from two files: what may differ, and what may not."""

from __future__ import annotations

from msgspec.structs import replace

from ecliptic.model.pipeline import PluginUse
from ecliptic.model.site import Site


def without_places(site: Site) -> Site:
    """Return a planet without what tells from which file it was read."""
    feeds = tuple(
        replace(feed, line=0, plugins=None if feed.plugins is None else _unlined(feed.plugins))
        for feed in site.subscriptions
    )
    return replace(
        site,
        config="",
        dialect="",
        notices=(),
        lists=tuple(replace(each, line=0) for each in site.lists),
        channels=tuple(replace(each, line=0) for each in site.channels),
        subscriptions=feeds,
        plugins=_unlined(site.plugins),
    )


def _unlined(uses: tuple[PluginUse, ...]) -> tuple[PluginUse, ...]:
    return tuple(replace(use, line=0) for use in uses)
