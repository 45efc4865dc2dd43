"""The settings of a planet, how it names itself, and the one clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ecliptic import __version__
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


def load_site(config: str | Path) -> Site:
    """Read a configuration of any kind we know.

    Raises ``ConfigError`` naming file, line and remedy.
    """
    from ecliptic import sources  # noqa: PLC0415 - commands that read no settings need none

    path = Path(config)
    if sources.detect(path) == "ini":
        from ecliptic import legacy  # noqa: PLC0415 - most planets have no old settings

        return legacy.load(path)
    return sources.load(path)
