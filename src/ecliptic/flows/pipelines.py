"""Which plugins the entries of each feed go through, looked at before a run.

Most planets have none, and then nothing is looked for: see ``plugins.collect``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from ecliptic.errors import ConfigError, PluginError
from ecliptic.model.codes import words
from ecliptic.model.finding import Finding
from ecliptic.model.pipeline import Pipeline, PluginUse
from ecliptic.model.site import Site
from ecliptic.plugins.collect import is_known
from ecliptic.plugins.steps import prepared, steps_of
from ecliptic.sources.findings import error


class Pipelines:
    """The pipelines of a planet; raises ``ConfigError`` for a plugin that cannot be used.

    One that is there and fails is no such thing: it is logged, and skipped where it fails.
    """

    def __init__(self, site: Site) -> None:
        self._folder = str(Path(site.config).parent)
        self._planet = site.plugins
        self._feeds = {
            feed.url: feed for feed in site.subscriptions if site.plugins or feed.plugins
        }
        self._versions: dict[int, str] = {}
        problems = list(self._prepare(_all(site)))
        if problems:
            raise error(Path(site.config), problems)

    def of(self, url: str) -> Pipeline | None:
        """Return what the entries of a feed go through, or ``None`` if that is nothing."""
        feed = self._feeds.get(url)
        uses = self._planet if feed is None or feed.plugins is None else feed.plugins
        if not uses:
            return None
        return Pipeline(
            uses=uses,
            version=self._version(uses),
            folder=self._folder,
            feed_name=feed.name if feed else "",
            extra=feed.extra if feed else {},
        )

    def _version(self, uses: tuple[PluginUse, ...]) -> str:
        parts = [(use.plugin, sorted(use.params.items()), self._versions[id(use)]) for use in uses]
        return blake2b(msgspec.msgpack.encode(parts), digest_size=6).hexdigest()

    def _prepare(self, uses: Iterable[PluginUse]) -> Iterator[Finding]:
        """Let each plugin look at its parameters, and yield what is wrong with them."""
        for use in uses:
            if not is_known(use.plugin):
                message = words("plugins.unknown", {"detail": use.plugin})
                yield _finding(use, "plugins.unknown", message)
                continue
            self._versions[id(use)] = ""
            try:
                self._versions[id(use)] = prepared(use.plugin, use.params, self._folder)
                if not any(steps_of(use.plugin)):
                    message = f"the plugin {use.plugin} has neither filters nor enrichers"
                    yield _finding(use, "plugins.no_steps", message)
            except ValueError as refused:
                yield _finding(use, "plugins.bad_parameter", f"plugin {use.name}: {refused}")
            except PluginError:
                pass  # it is in the log, and will be said of every entry it is skipped for


def check_plugins(site: Site) -> tuple[Finding, ...]:
    """Return what is wrong with the plugins of a configuration."""
    try:
        Pipelines(site)
    except ConfigError as problem:
        found = problem.params["findings"]
        assert isinstance(found, tuple)
        return found
    return ()


def _all(site: Site) -> tuple[PluginUse, ...]:
    lists = (site.plugins, *(feed.plugins or () for feed in site.subscriptions))
    return tuple({id(use): use for uses in lists for use in uses}.values())


def _finding(use: PluginUse, code: str, message: str) -> Finding:
    return Finding(
        severity="error", code=code, message=message, line=use.line, key="plugins", found=use.plugin
    )
