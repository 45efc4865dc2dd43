"""What a plugin does to entries, found by its name, and its parameters looked at before a run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ecliptic.model.pipeline import Parameter
from ecliptic.plugins import Enricher, Filter
from ecliptic.plugins.collect import loaded, registered
from ecliptic.plugins.fault import failed


class Steps(NamedTuple):
    """What a plugin gives; its filters go before its enrichers."""

    filters: tuple[Filter, ...]
    enrichers: tuple[Enricher, ...]


@cache
def steps_of(plugin: str) -> Steps:
    """Return the filters and enrichers of a plugin; raises ``PluginError``."""
    filters = registered(plugin, "register_filters")
    enrichers = registered(plugin, "register_enrichers")
    for step in (*filters, *enrichers):
        if not callable(step):
            wrong = TypeError(f"it gave {type(step).__name__}, which cannot be called")
            raise failed(plugin, "register", wrong)
    return Steps(filters, enrichers)


def prepared(plugin: str, params: Mapping[str, Parameter], folder: str) -> str:
    """Let a plugin look at its parameters; return what else its outcome depends on.

    Raises ``ValueError`` for parameters that cannot be used, ``PluginError`` for all else.
    """
    prepare = getattr(loaded(plugin), "prepare", None)
    if prepare is None:
        return ""
    try:
        version: object = prepare(params, Path(folder))
    except ValueError:
        raise
    except Exception as error:
        raise failed(plugin, "prepare", error) from error
    if not isinstance(version, str):
        wrong = TypeError(f"it gave {type(version).__name__} instead of a text")
        raise failed(plugin, "prepare", wrong)
    return version
