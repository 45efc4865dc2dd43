"""Which address is asked for a feed, and who reads what comes; asking needs no parser."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ecliptic.model.site import Subscription
from ecliptic.plugins.call import address_of
from ecliptic.plugins.collect import Chosen, choose


class Origins:
    """The origins of the subscribed feeds at the time of a run."""

    def __init__(self, subscriptions: Iterable[Subscription], now: datetime) -> None:
        self._named = {wanted.url: wanted.source for wanted in subscriptions if wanted.source}
        self._now = now

    def address(self, url: str) -> str:
        """Return the address to ask for a feed; raises ``PluginError``."""
        return address_of(self._chosen(url), url, self._now)

    def reader(self, url: str) -> str:
        """Return the plugin that reads a feed's documents, or ``""``; raises ``PluginError``."""
        chosen = self._chosen(url)
        return chosen.plugin if chosen is not None and chosen.source.read else ""

    def _chosen(self, url: str) -> Chosen | None:
        return choose(url, self._named.get(url, ""))
