"""Settings and subscriptions: from a file to a validated ``Site``.

``load`` reads the native ``planet.toml`` and OPML lists; ``legacy`` reads the
ini files of older engines. ``detect`` says which of them a file is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ecliptic.model.access import Access
from ecliptic.model.site import Site
from ecliptic.sources import toml
from ecliptic.sources.detect import Kind, detect
from ecliptic.sources.findings import single
from ecliptic.sources.starter import starter

__all__ = ["Kind", "access_to", "detect", "load", "starter"]


def load(path: str | Path) -> Site:
    """Read and validate a native settings file or an OPML list.

    Raises ``ConfigError``, which names every problem with its file and line.
    """
    path = Path(path).absolute()
    kind = detect(path)
    if kind in {"ini", "yaml"}:
        message = "this is a file of an older engine; allowed here: planet.toml or OPML"
        raise single(path, "sources.not_native", message)
    if kind == "toml":
        return toml.load(path)
    from ecliptic.sources import opml  # noqa: PLC0415 - planet.toml needs no XML reader

    return opml.load(path)


def access_to(path: str | Path, address: str, settings: Mapping[str, object]) -> Access | None:
    """Return the access that ``settings`` of a feed at ``address`` make; raises ``ConfigError``."""
    return toml.subscription(Path(path).absolute(), {"url": address, **settings}).access
