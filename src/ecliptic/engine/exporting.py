"""A planet's settings or subscriptions, for another program."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from ecliptic.model.site import Site
from ecliptic.sources import files

Form: TypeAlias = Literal["opml", "ini", "toml"]


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A planet in another form; ``look`` says what it does not hold."""

    text: str
    look: tuple[str, ...] = ()


def export_planet(
    site: Site, form: Form, output: str | Path = "", *, force: bool = False
) -> Exported:
    """Return a planet as OPML, as an ini file of Venus, or as a planet.toml.

    It is written to ``output``, if that is given, and paths are then seen from there.
    Nothing is replaced without ``force``. Raises ``ConfigError``.
    """
    path = Path(output or Path(site.config).parent / "planet.toml").absolute()
    made = _made(site, form, path)
    if output:
        files.create(path, made.text, force=force)
    return made


def _made(site: Site, form: Form, path: Path) -> Exported:
    if form == "opml":
        from ecliptic.flows.exporting import as_opml  # noqa: PLC0415 - the others need no store

        return Exported(text=as_opml(site).decode())
    if form == "ini":
        from ecliptic.legacy import writing  # noqa: PLC0415 - see above

        ini = writing.written(site, path)
        return Exported(text=ini.text, look=ini.look)
    from ecliptic.sources.writing import written  # noqa: PLC0415 - see above

    toml = written(site, path)
    secrets = (f"The secret in {name} is left out: set it there." for name in toml.secrets)
    return Exported(text=toml.text, look=(*secrets, *toml.look))
