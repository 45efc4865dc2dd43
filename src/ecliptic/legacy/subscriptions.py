"""From sections to subscriptions: each address once, odd ones paused."""

from __future__ import annotations

from collections.abc import Iterable

from ecliptic.legacy import executables
from ecliptic.legacy.corrections import corrections
from ecliptic.legacy.filters import Translator
from ecliptic.legacy.ini import Section
from ecliptic.legacy.notices import ENGINE_KEYS, some
from ecliptic.legacy.values import Values, one_line, plain
from ecliptic.model.rules import EntryRules, OwnRules
from ecliptic.model.site import Subscription
from ecliptic.sources import address
from ecliptic.sources.access import with_access, with_file

FUTURE_DATES = {"keep": "now", "ignore_date": "now", "ignore_entry": "wait"}
"""Venus' words. It dropped an entry (``ignore_entry``) until its date had come: that is to wait."""

_NO = frozenset({"", "0", "no", "false", "off"})


class Subscriptions:
    """Collects the feeds of a file in its order; ``rules`` are the planet's for all of them."""

    def __init__(
        self, values: Values, translator: Translator, rules: EntryRules | None = None
    ) -> None:
        self._values = values
        self._rules = rules
        self._translator = translator
        self._found: dict[str, Subscription] = {}
        self._odd: list[str] = []
        self._again: list[str] = []

    def add(self, section: Section, url: str, name: str, known: Iterable[str]) -> None:
        """Add the feed of a section; keys that are not ``known`` go to templates."""
        url = address.mended(one_line(url))
        asked = self._translator.feed(section)
        faulty = bool(address.feed_fault(url))
        subscription = self._own(
            Subscription(
                url=url,
                name=plain(name),
                link=self._values.link(section),
                paused=faulty,
                hidden=section.text("hidden").lower() not in _NO,
                filter=asked.filter,
                excerpt=asked.excerpt,
                strip_ads=asked.strip_ads,
                extra=extra(section, {*known, "link", "hidden"}),
                line=section.line,
                rules=self._own_rules(section),
            )
        )
        url = subscription.url
        earlier = self._found.setdefault(address.comparable(url), subscription)
        if earlier is not subscription:
            self._again.append(f"{url} (lines {earlier.line} and {section.line})")
        elif faulty:
            self._odd.append(f"{url} (line {section.line})")

    def _own_rules(self, section: Section) -> OwnRules | None:
        """Return the rules of a feed where they are others than the planet's."""
        if self._rules is None:
            return None
        said = corrections(self._values, section)
        if dates := future_dates(section):
            said["future_dates"] = dates
        own = {key: value for key, value in said.items() if value != getattr(self._rules, key)}
        return OwnRules(**own) if own else None

    def _own(self, subscription: Subscription) -> Subscription:
        """Take secrets out of an address, or find the file that it names."""
        if subscription.paused or not address.is_file(subscription.url):
            return with_access(subscription)
        return with_file(subscription, self._values.path)

    def close(self) -> tuple[Subscription, ...]:
        """Return what was collected, and note what was odd in it."""
        if self._odd:
            self._values.notices.append(
                f"Not http or https addresses, therefore paused: {some(self._odd)}."
            )
        if self._again:
            self._values.notices.append(
                f"Feeds listed more than once are read once: {some(self._again)}."
            )
        return tuple(self._found.values())


def future_dates(section: Section) -> str:
    """Return what a section says of dates ahead, in our word; ``""`` when it says nothing."""
    return FUTURE_DATES.get(section.text("future_dates").strip().lower(), "")


def extra(section: Section, known: Iterable[str]) -> dict[str, str]:
    """Return the keys of a section that only templates know."""
    ours = {*known, *ENGINE_KEYS, *executables.KEYS}
    return {
        key: one_line(value.text)
        for key, value in section.keys.items()
        if key not in ours and value.text
    }
