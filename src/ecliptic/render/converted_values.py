"""What converted templates see: the variables of htmltmpl, and the feeds of Genshi."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ecliptic.model.page import Shown
from ecliptic.render.guarded import Moment, guarded
from ecliptic.render.htmltmpl import Value
from ecliptic.render.variables import Variables
from ecliptic.render.venus_feed import VenusFeed, config_of


class ConvertedVariables(Variables):
    """The values of one page, whose markup has to be asked for and whose dates can be written.

    ``venus`` is there for templates of Genshi, ``Config`` for those of Django.
    """

    def page(self, entries: Sequence[Shown], changed_at: datetime | None) -> dict[str, Any]:
        """Return what the template sees at its top."""
        values: dict[str, Any] = dict(super().page(entries, changed_at))
        if "config" in self._lists:
            values["Config"] = config_of(self._site)
        if "venus" in self._lists:
            venus = VenusFeed(self._site, self._template, self._feeds, self._messages)
            values["venus"] = venus.page(entries, changed_at)
        return values

    def _item(self, shown: Shown) -> dict[str, Value]:
        return guarded(super()._item(shown))

    def _time(self, name: str, time: datetime | None) -> dict[str, Value]:
        if time is None:
            return {}
        local = self._dates.local(time)
        return {key: Moment(str(value), local) for key, value in super()._time(name, time).items()}
