"""The words of the rules on dates and floods, and on feeds that are hijacked or dead."""

from __future__ import annotations

from typing import Final

_RELEASE: Final = "`ecliptic feeds release` shows it"

GUARD: Final = {
    "decide.undated": "the feed gives it no date: it stands at the time it was first seen",
    "decide.no_date": "dated {date}, which cannot be: it counts as undated",
    "decide.undated_between": "the feed gives it no date: it stands at {date}, the date of its "
    "neighbour in the feed",
    "decide.undated_feed": "the feed gives it no date: it stands at {date}, the date of the feed",
    "decide.same_dates": "the feed gives all its {count} entries the same date, {date}, which so "
    "says nothing of a single one",
    "decide.wrong_zone": "dated {date}, less than 14 hours ahead, which is taken for a wrong time "
    "zone: it stands where it was first seen",
    "decide.dated_ahead": "dated {date}, still to come then: it stands where it was first seen "
    "(future_dates)",
    "decide.dated_later": "dated {date}: it waits for that time, and is then shown by itself "
    "(future_dates); `ecliptic entries unhide` shows it now",
    "decide.dated_later.count": "{count} dated later, shown when their time comes",
    "decide.dated_never": "dated {date}, still to come when it was first seen, and such entries "
    "are not shown (future_dates); `ecliptic entries unhide` shows it",
    "decide.dated_never.count": "{count} that were dated later than they came (future_dates)",
    "decide.date_moved": "its date was moved from {date} to {to}; the first one stays",
    "decide.bumped": "its date was moved to {date}, and it with it (bump_on_update)",
    "decide.back_catalogue": "came with {count} entries that were all new to us, of which only the "
    f"newest {{limit}} are shown ({{setting}}); {_RELEASE}",
    "decide.back_catalogue.count": "{count} from before the feed was added; "
    "`ecliptic feeds release` shows them",
    "decide.flood": f"came with {{count}} new entries at once: {{why}} (flood_items); {_RELEASE}",
    "decide.flood.count": "{count} held because too many came at once; "
    "`ecliptic feeds release` shows them",
    "decide.quarantine": "the feed may have been taken over: {evidence}; after a look at it, "
    "`ecliptic feeds release` shows this and what follows, `ecliptic feeds remove` ends it",
    "decide.quarantine.count": "{count} in quarantine, for the feed may have been taken over",
    "decide.released": "released by hand",
    "decide.dead": "fails at every check since {since} ({days} days): {problem}",
    "decide.silent": "no new entry since {since} ({days} days)",
    "decide.inactive": "no new entry since {since} ({days} days)",
    "decide.revived": "answers again, after it had failed since {since}",
    "check.dead": "the feed is dead, or has been silent for long",
    "check.quarantine": "the feed may have been taken over, and its new entries are held",
}
