"""Which plugins the entries of a feed go through, as the operator asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

Parameter: TypeAlias = str | int | float | bool | tuple[str, ...]
"""A value that a plugin is given: a text, a number, true or false, or a list of texts."""


class PluginUse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A plugin in the operator's list: ``name`` is what the list calls it.

    ``plugin`` is the name it is found by. ``line`` is where its parameters, or the
    list, stand in the configuration.
    """

    name: str
    plugin: str
    params: Mapping[str, Parameter] = {}
    line: int = 0


class Pipeline(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The plugins of one feed in their order, and what they may know of it.

    ``version`` is a hash that moves when the entries must go through them again.
    ``folder`` is that of the configuration; ``feed_name`` and ``extra`` are what
    it says of the feed.
    """

    uses: tuple[PluginUse, ...]
    version: str
    folder: str = ""
    feed_name: str = ""
    extra: dict[str, str] = {}


def version_of(pipeline: Pipeline | None, corrections: str) -> str:
    """Return the name of what the operator has a feed's documents go through, ``""`` if nothing.

    ``corrections`` is the mark of the feed's rules (``EntryRules.mark``).
    """
    if pipeline is None:
        return corrections
    return f"{corrections}+{pipeline.version}" if corrections else pipeline.version
