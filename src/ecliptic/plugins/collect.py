"""Plugins found by name, and the source that takes an address.

Our own plugins are tried at the addresses they know. Those of others are looked
for among the installed packages, which takes longer than many a run: so only
when a subscription names one, or when a person asks about an address.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ecliptic.errors import PluginError
from ecliptic.plugins import Source
from ecliptic.plugins.fault import failed, fault

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "ecliptic.plugins"
_OUR_SOURCES: Final = ("github", "mastodon", "stackexchange", "youtube")
OURS: Final = {
    name: f"ecliptic.builtin.{name}" for name in (*_OUR_SOURCES, "executables", "preview_image")
}
_MAY_BE_OURS: Final = re.compile(
    r"https?://(?:[^/]+/@|(?:[^/]+\.)?(?:github\.com|youtube\.com|stackoverflow\.com"
    r"|stackexchange\.com|stackapps\.com|serverfault\.com|superuser\.com|askubuntu\.com"
    r"|mathoverflow\.net)/)"
)
"""Addresses worth loading our plugins for; their own patterns are stricter."""


class Chosen(NamedTuple):
    """A source, and the name of the plugin that gives it."""

    plugin: str
    source: Source


def choose(address: str, plugin: str = "") -> Chosen | None:
    """Return the source that takes an address: one of ``plugin``, or else one of ours.

    Raises ``PluginError`` when there is no such plugin, when it cannot be loaded
    and when none of its sources takes the address.
    """
    if plugin:
        chosen = _first(address, plugin)
        if chosen is None:
            raise fault("plugins.not_for_address", plugin)
        return chosen
    if not _MAY_BE_OURS.match(address):
        return None
    return next(filter(None, (_first(address, name) for name in _OUR_SOURCES)), None)


def choose_installed(address: str) -> Chosen | None:
    """Return the source that takes an address, of any plugin; those of others come first.

    A plugin that cannot be loaded is logged and passed over.
    """
    for name in (*_installed(), *_OUR_SOURCES):
        try:
            chosen = _first(address, name)
        except PluginError:
            continue
        if chosen is not None:
            return chosen
    return None


def plugin_for(address: str, plugin: str = "") -> str:
    """Return the name of the plugin that serves an address, or ``""`` for a plain feed."""
    chosen = None if plugin else choose(address)
    return chosen.plugin if chosen else plugin


def is_known(plugin: str) -> bool:
    """Whether there is a plugin of this name; those of others are looked for if it is not ours."""
    return plugin in OURS or plugin in _installed()


def registered(plugin: str, function: str) -> tuple[Any, ...]:
    """Return what a plugin's function of this name gives, if it has one; raises ``PluginError``."""
    register = getattr(loaded(plugin), function, None)
    try:
        return tuple(register()) if register else ()
    except Exception as error:
        raise failed(plugin, function, error) from error


def _first(address: str, plugin: str) -> Chosen | None:
    for pattern, source in _sources(plugin):
        if pattern.fullmatch(address):
            return Chosen(plugin, source)
    return None


@cache
def _sources(plugin: str) -> tuple[tuple[re.Pattern[str], Source], ...]:
    """Return the sources of a plugin, loaded when they are first asked for."""
    sources = registered(plugin, "register_sources")
    try:
        return tuple((re.compile(source.pattern), source) for source in sources)
    except Exception as error:
        raise failed(plugin, "register_sources", error) from error


def loaded(plugin: str) -> object:
    """Return a plugin, imported when it is first asked for; raises ``PluginError``."""
    if plugin in OURS:
        return import_module(OURS[plugin])
    found = _installed().get(plugin)
    if found is None:
        raise fault("plugins.unknown", plugin)
    try:
        return found.load()
    except Exception as error:
        raise failed(plugin, "load", error) from error


@cache
def _installed() -> dict[str, EntryPoint]:
    """Return the plugins of other packages by name; where two have one name, the first."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow: see the docstring above

    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=GROUP):
        found.setdefault(point.name, point)
    return found
