"""From the settings of another program to a ``planet.toml`` of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from ecliptic.engine.converting import REPORT, converted
from ecliptic.engine.planet import Planet
from ecliptic.engine.settings import load_site
from ecliptic.errors import ConfigError, UsageError
from ecliptic.flows.old_cache import CacheRead
from ecliptic.flows.running import run
from ecliptic.model.site import DIALECTS, Site, Subscription
from ecliptic.sources import detect, files, toml
from ecliptic.sources.access import identity
from ecliptic.sources.writing import Written, written
from ecliptic.store import run_lock

_IDLE = "No effect"


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the settings of another program.

    ``look`` has sentences on what the operator must look at, the most important first;
    ``secrets`` are the variables of the environment that the file at ``path`` asks for.
    ``converted`` counts the files that old templates were converted to, ``copied`` those
    that were copied with them, into the folder ``theme``; its file ``report`` says which
    came from where, and what in them needs a look.
    """

    path: str
    read_as: str
    feeds: int
    settings: int
    templates: int
    files: int
    filters: int
    look: tuple[str, ...]
    secrets: tuple[str, ...]
    converted: int = 0
    copied: int = 0
    theme: str = ""
    report: str = ""


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """What came from another program: its settings, its cache; ``None`` if not asked for."""

    settings: Imported | None
    cache: CacheRead | None


def import_planet(
    configs: Sequence[str | Path],
    output: str | Path = "planet.toml",
    *,
    dialect: str = "",
    force: bool = False,
) -> Imported:
    """Write what ``configs`` say as a ``planet.toml``, and tell what became of it.

    Ini files that follow each other are one configuration, as for Venus; of all others
    after the first the feeds are added. Nothing is replaced without ``force``. Raises
    ``ConfigError``.
    """
    path = Path(output).absolute()
    site, notices = _together(configs, dialect)
    theme = converted(site, path.parent / "theme")
    made = written(theme.site, path, _head(configs))
    if not made.secrets:  # they cannot be read before they are put where the file says
        _require_readable(path, written(site, path))  # the new templates are not there yet
    new = {Path(name): data for name, data in theme.files.items()}
    _write({path: made.text, **new}, force=force)
    folder = path.parent / "theme"
    return Imported(
        path=str(output),
        read_as=DIALECTS[site.dialect],
        feeds=made.feeds,
        settings=made.settings,
        templates=len(site.templates),
        files=len(site.copies),
        filters=bool(site.filter) + sum(bool(feed.filter) for feed in site.subscriptions),
        look=tuple(_in_order(made, [*theme.look, *notices])),
        secrets=made.secrets,
        converted=theme.converted,
        copied=theme.copied,
        theme=str(folder) if new else "",
        report=str(folder / REPORT) if folder / REPORT in new else "",
    )


def _write(new: Mapping[Path, str | bytes], *, force: bool) -> None:
    """Write all files, or none where one of them is there already."""
    for path in new:
        files.require_absent(path, force=force)
    for path, data in new.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        files.create(path, data, force=force)


def import_cache(planet: Planet, folder: str | Path) -> CacheRead:
    """Read the entries of Venus' cache in ``folder`` into the state of a planet.

    Entries that are there already are left alone, so it can be done again. Raises
    ``UsageError`` when there is no such folder.
    """
    from ecliptic.flows.old_cache import read_cache  # noqa: PLC0415 - the settings need none
    from ecliptic.sources.venus_cache import Cache  # noqa: PLC0415 - as above

    path = Path(folder)
    if not path.is_dir():
        raise UsageError("import.no_cache", f"{folder}: there is no such folder")
    now, site = planet.now(), planet.site
    with run_lock(site.state, command="import", now=now), planet.store() as store:
        cache = Cache(path, ours=Path(site.state).name)
        return run(read_cache(site, store, cache, now=now, jobs=planet.jobs))


def _together(configs: Sequence[str | Path], dialect: str) -> tuple[Site, list[str]]:
    """Return the planet of the first file, with the feeds of all."""
    paths = list(map(Path, configs))
    sites: list[Site] = []
    for kind, group in groupby(paths, detect):
        several = list(group)
        parts = [several] if kind == "ini" else [[path] for path in several]
        sites += [load_site(part, dialect=dialect) for part in parts]
    found: dict[str, Subscription] = {}
    for site in sites:
        for feed in site.subscriptions:
            found.setdefault(identity(feed.url, Path(site.config)), feed)
    whole = msgspec.structs.replace(sites[0], subscriptions=tuple(found.values()))
    return whole, [notice for site in sites for notice in site.notices]


def _head(configs: Sequence[str | Path]) -> tuple[str, ...]:
    named = ", ".join(Path(config).name for config in configs)
    return (
        f"# The settings of a planet, made from {named} by `ecliptic import`. What is not here",
        "# has its default. Paths are seen from the folder of this file.",
    )


def _require_readable(path: Path, made: Written) -> None:
    try:
        toml.read(path, made.text)
    except ConfigError as problem:
        raise ConfigError(
            problem.code,
            f"{problem.message}\nThis is what would be written; another --output may do.",
            **problem.params,
        ) from problem


def _in_order(made: Written, notices: Sequence[str]) -> Iterator[str]:
    """Yield what needs a look: what stops a run, what is lost, what differs, what is idle."""
    for name in made.secrets:
        yield (
            f"Set {name} in the environment of every run to what stood in the old settings, or"
            f' write {{ file = "…" }} in its place: no secret is written into the new file.'
        )
    yield from made.look
    yield from (notice for notice in notices if not notice.startswith(_IDLE))
    yield from (notice for notice in notices if notice.startswith(_IDLE))
