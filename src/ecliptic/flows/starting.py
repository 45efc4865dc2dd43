"""A new planet's folder: its settings and its theme."""

from __future__ import annotations

from pathlib import Path

from ecliptic import sources
from ecliptic.errors import UsageError
from ecliptic.render import starter_theme


def init_planet(folder: str, *, name: str, link: str, feed: str) -> tuple[str, ...]:
    """Make a planet's folder, and return the paths made, the configuration first.

    Raises ``UsageError`` when the folder holds a planet already.
    """
    root = Path(folder)
    config = root / "planet.toml"
    if config.exists():
        raise UsageError("init.exists", f"{config}: exists already; nothing was changed")
    words_of_folder = root.absolute().name.replace("-", " ").replace("_", " ").title()
    settings = sources.starter(name=name or words_of_folder, link=link, feed_url=feed)
    files = {config: settings}
    files |= {root / "theme" / name: text for name, text in starter_theme()}
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError("init.unwritable", f"{folder}: {error.strerror}") from error
    return tuple(str(path) for path in files)
