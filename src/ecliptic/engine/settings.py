"""The settings of a planet, how it names itself, and the one clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ecliptic import __version__
from ecliptic.errors import ConfigError
from ecliptic.model.site import Site


def wall_clock() -> datetime:
    """Return the present time; everything else is given it."""
    return datetime.now(UTC)


def user_agent(site: Site | None = None) -> str:
    """Return how we introduce ourselves: the engine, and whose planet asks."""
    if site is None:
        return f"Ecliptic/{__version__}"
    if site.fetch.user_agent:
        return site.fetch.user_agent
    about = f"+{site.link}; {site.name}" if site.link else site.name
    plain = about.encode("ascii", "ignore").decode()
    return f"Ecliptic/{__version__} ({plain.translate({40: None, 41: None})})"


def load_site(config: str | Path | Sequence[str | Path], *, dialect: str = "") -> Site:
    """Read a configuration of any kind we know; one of an old engine may be in several files.

    ``dialect`` is the engine that an ini file is read for, where it should not be guessed.
    Raises ``ConfigError`` naming file, line and remedy.
    """
    from ecliptic import sources  # noqa: PLC0415 - commands that read no settings need none

    paths = [Path(config)] if isinstance(config, (str, Path)) else list(map(Path, config))
    if all(sources.detect(path) == "ini" for path in paths):
        from ecliptic import legacy  # noqa: PLC0415 - most planets have no old settings

        return legacy.load(*paths, dialect=dialect)
    if len(paths) == 1 and not dialect and sources.detect(paths[0]) == "yaml":
        from ecliptic.legacy import perlanet  # noqa: PLC0415 - see above

        return perlanet.load(paths[0].absolute())
    if dialect:
        raise ConfigError(
            "sources.no_dialect",
            f"{paths[0]}: --dialect is for the ini files of old engines, and this is none",
            file=str(paths[0]),
        )
    if len(paths) > 1:
        named = next(path for path in paths if sources.detect(path) != "ini")
        raise ConfigError(
            "sources.not_recognised",
            f"{named}: only ini files of old engines are read several at a time; name one file",
            file=str(named),
        )
    return sources.load(paths[0])
