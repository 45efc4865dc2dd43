"""The settings of dates and floods, and of feeds that are hijacked or dead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ecliptic.model.rules import ELEMENTS, EntryRules
from ecliptic.model.site import Site
from ecliptic.sources import kinds
from ecliptic.sources.kinds import choice, some_of, whole
from ecliptic.sources.setting import Setting

_SITE: Final = Site(name="")
_RULES: Final = EntryRules()
_FUTURE: Final = choice("wait", "now", "never")
_REMOVED: Final = choice("keep", "hide")
_TYPE: Final = choice("text", "html", "")
"""The last takes back, for one feed, what is said of all."""


def _corrections(whose: str, default: EntryRules | None) -> Iterator[Setting]:
    """Yield the settings of what is corrected in documents, for the planet or for one feed."""
    kinds_of = {
        "ignore_in_feed": (
            some_of(ELEMENTS),
            ("updated", "language"),
            f"elements of {whose} that are read as if they were not there",
        ),
        "title_type": (
            _TYPE,
            "text",
            f'what the titles in {whose} are, whatever is said there; "" is as it is said',
        ),
        "summary_type": (_TYPE, "html", "as title_type, for the summaries"),
        "content_type": (_TYPE, "html", "as title_type, for the bodies"),
        "name_type": (_TYPE, "html", "as title_type, for the names of authors"),
        "xml_base": (
            kinds.BASE,
            "feed_alternate",
            f"what relative addresses in {whose} are seen from: a page, or an address",
        ),
    }
    for key, (kind, example, words) in kinds_of.items():
        yield Setting(
            key=key,
            kind=kind,
            default=getattr(default, key, ""),
            example=example,
            words=words,
        )


PLANET_RULES: Final = (
    Setting(
        key="new_feed_items",
        kind=whole(0, 10_000),
        default=_RULES.new_feed_items,
        example=3,
        words="entries that a feed may bring along when it is new; 0 means no limit but that of "
        "flood_items",
    ),
    Setting(
        key="flood_items",
        kind=whole(0, 10_000),
        default=_RULES.flood_items,
        words="new entries that a feed may show at once, unless it usually publishes more; the "
        "rest are kept, and `ecliptic feeds release` shows them; 0 means no limit",
    ),
    Setting(
        key="future_dates",
        kind=_FUTURE,
        default=_RULES.future_dates,
        words="what becomes of an entry dated ahead: it waits for its time (wait), stands where it "
        "was first seen (now), or is not shown (never)",
    ),
    Setting(
        key="bump_on_update",
        kind=kinds.FLAG,
        default=_RULES.bump_on_update,
        words="move an entry up again when its author gives it a newer date, as Venus did",
    ),
    Setting(
        key="removed",
        kind=_REMOVED,
        default=_RULES.removed,
        words="what becomes of entries that their authors take out of their feeds: they stay "
        "(keep), or no page shows them any more (hide)",
    ),
    Setting(
        key="quarantine",
        kind=kinds.FLAG,
        default=_RULES.quarantine,
        words="hold the new entries of a feed that suddenly is another one, until you have looked",
    ),
    *_corrections("feeds", _RULES),
    Setting(
        key="activity_threshold",
        kind=whole(0, 36_500),
        default=_SITE.activity_threshold,
        example=180,
        words="days without an entry after which a feed is called inactive; 0 means never",
    ),
    Setting(
        key="silent_after_days",
        kind=whole(0, 36_500),
        default=_SITE.silent_after_days,
        example=730,
        words="days without an entry after which a feed is listed among the dead; 0 means never",
    ),
    Setting(
        key="dead_after_days",
        kind=whole(0, 36_500),
        default=_SITE.dead_after_days,
        words="days of failing at every check after which a feed is called dead; 0 means never",
    ),
)

FEED_RULES: Final = (
    Setting(
        key="flood_items",
        kind=whole(0, 10_000),
        example=40,
        words="new entries that it may show at once, in place of the planet's number",
    ),
    Setting(
        key="future_dates",
        kind=_FUTURE,
        example="now",
        words="what becomes of its entries dated ahead, in place of the planet's rule",
    ),
    Setting(
        key="bump_on_update",
        kind=kinds.FLAG,
        example=True,
        words="whether a newer date moves its entries up, in place of the planet's rule",
    ),
    Setting(
        key="removed",
        kind=_REMOVED,
        example="hide",
        words="what becomes of entries that its author takes out, in place of the planet's rule",
    ),
    Setting(
        key="quarantine",
        kind=kinds.FLAG,
        example=False,
        words="whether it is watched for becoming another feed, in place of the planet's rule",
    ),
    *_corrections("it", None),
)
