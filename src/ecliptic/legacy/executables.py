"""The programs that Venus ran as filters: run only where the operator says so.

``filters`` names files, which Venus looked for in ``filter_directories`` and beside
the configuration; a section of a file's name holds its parameters. Filters that
came with Venus and have a translation are no business of this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode

from msgspec.structs import replace

from ecliptic.legacy.ini import Section
from ecliptic.legacy.notices import some
from ecliptic.model.pipeline import PluginUse
from ecliptic.model.site import Subscription
from ecliptic.sources import paths

KEY: Final = "ecliptic_run_filters"
KEYS: Final = frozenset({"filters", "filter_directories", KEY})

_YES: Final = frozenset({"1", "on", "true", "yes"})
# Headings are lowered anyway, which is what minhead.py did.
_TRANSLATED: Final = frozenset({"excerpt.py", "minhead.py", "regexp_sifter.py", "xpath_sifter.py"})
_TEMPLATES: Final = frozenset({".dj", ".django", ".genshi", ".htmltmpl", ".plugin", ".tmpl"})


class Executables:
    """The programs of one configuration; ``notices`` say which are not run, and why."""

    def __init__(self, config: Path, planet: Section, programs: Iterable[Section]) -> None:
        self._config = config
        self._folders = [
            paths.beside(config, folder) for folder in planet.text("filter_directories").split()
        ]
        self._folders.append(str(config.parent))
        self._options = {section.title: section for section in programs}
        self._are_run = planet.text(KEY).lower() in _YES
        self._left_out: dict[str, None] = {}
        self.of_planet = self._uses(planet)

    def given_to(
        self, subscriptions: Iterable[Subscription], sections: Iterable[Section]
    ) -> tuple[Subscription, ...]:
        """Return the subscriptions, those with programs of their own after the planet's."""
        own = {section.line: self._uses(section) for section in sections if section.text("filters")}
        return tuple(
            replace(feed, plugins=(*self.of_planet, *own[feed.line]))
            if own.get(feed.line)
            else feed
            for feed in subscriptions
        )

    def notices(self) -> Iterator[str]:
        """Yield a sentence on the programs that are not run."""
        if not self._left_out:
            return
        named = some(self._left_out)
        if self._are_run:
            yield f"Not run: {named}; there is no such file, or it is a template."
        else:
            yield (
                f"Not run: {named}; they are programs, and may do anything."
                f" {KEY} = yes in [Planet] has them run."
            )

    def _uses(self, section: Section) -> tuple[PluginUse, ...]:
        line = section.line_of("filters")
        uses = []
        for written in section.text("filters").split():
            name, _, query = written.partition("?")
            if ">" in name or Path(name).name in _TRANSLATED or "stripAd/" in name:
                continue  # the first is for templates alone
            path = self._found(name)
            if not self._are_run or path is None:
                self._left_out[f"{name} (line {line})"] = None
                continue
            options = {**self._options_of(name), **dict(parse_qsl(query, keep_blank_values=True))}
            run = f"{path}?{urlencode(options)}" if options else str(path)
            uses.append(PluginUse(name=name, plugin="executables", params={"run": run}, line=line))
        return tuple(uses)

    def _found(self, name: str) -> Path | None:
        if Path(name).suffix.lower() in _TEMPLATES:
            return None
        candidates = (Path(folder, name) for folder in self._folders)
        return next((path for path in candidates if path.is_file()), None)

    def _options_of(self, name: str) -> dict[str, str]:
        section = self._options.get(name) or self._options.get(Path(name).name)
        return {key: value.text for key, value in section.keys.items()} if section else {}
