"""Configurations of older engines: the ini files of Planet 2.0, Venus and Pluto."""

from __future__ import annotations

from pathlib import Path

from ecliptic.legacy import dialect as dialects
from ecliptic.legacy import ini, planet, pluto
from ecliptic.model.site import Site
from ecliptic.sources import files
from ecliptic.sources.findings import single

__all__ = ["load"]


def load(path: str | Path, *further: str | Path, dialect: str = "") -> Site:
    """Read an ini file of Planet 2.0, Venus or Pluto; its ``dialect`` is recognised if not given.

    Keys of ``further`` files stand over those before them, paths are seen from
    the first, and lines are counted on from one to the next. What has no effect
    here is said in ``Site.notices``. Raises ``ConfigError`` for values that cannot
    be used.
    """
    path = Path(path).absolute()
    document = ini.parse(_read(path))
    for other in further:
        data = _read(Path(other).absolute())
        document = ini.merged(document, ini.parse(data, after=document.last_line))
    if not document.sections and not document.top.keys:
        raise single(path, "sources.not_recognised", "there is no section in this ini file")
    kind = dialects.named(dialect) or dialects.recognise(document)
    if kind == "pluto":
        return pluto.read(path, document)
    return planet.read(path, document, kind)


def _read(path: Path) -> bytes:
    data = files.read(path)
    if not ini.is_text(data):
        raise single(path, "sources.not_recognised", "this is no text; name an ini file")
    return data
