"""How often a feed publishes, hour by hour of the week, and how long it may be left alone.

An entry that waits an hour for us costs an hour of somebody's patience, and a check
costs its server and us a little. With ``price`` saying how many hours of waiting one
check is worth, the best moment to ask is when that much waiting is to be expected: for
a steady feed every ``sqrt(2 * price / rate)`` hours, more often at the hours when it
usually publishes. The price is such that all checks together fit a daily budget.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from ecliptic.model.feed import FetchState, Rhythm

_HOURS: Final = 168
"""Of a week; hour 0 begins on Monday at 00:00 UTC."""

_UNIT: Final = 8
"""What one entry adds to its hour, so that halving forgets no feed that is merely slow."""

_MOST: Final = 255
_LONGEST: Final = 26 * _HOURS
"""Hours that are remembered; what is older counts half."""

_LONGEST_GAP: Final = 4 * _HOURS
_HOUR: Final = timedelta(hours=1)


def first_rhythm(dates: Iterable[datetime], now: datetime) -> Rhythm:
    """Return what the dates in a feed's first document say of its rhythm."""
    oldest = now - _LONGEST * _HOUR
    dated = [date for date in dates if date <= now]
    if not dated:
        return Rhythm()
    recent = [date for date in dated if date > oldest]
    span = float(_LONGEST)
    if len(recent) == len(dated):  # of n entries the first has no gap before it that we know
        span = (now - min(recent)) / _HOUR * len(recent) / max(len(recent) - 1, 1)
    return _heard(Rhythm(), recent, min(max(span, float(_HOURS)), _LONGEST))


def next_rhythm(state: FetchState, dates: Iterable[datetime], now: datetime) -> Rhythm:
    """Return the rhythm of a feed that was asked again, and had entries of these dates anew."""
    since = state.succeeded_at or now
    hours = min(max((now - since) / _HOUR, 0.0), _LONGEST_GAP)
    # An old entry that appears today was published today, as far as we could have seen it.
    appeared = [date if since - 24 * _HOUR < date <= now else now for date in dates]
    return _heard(state.rhythm, appeared, hours)


def _heard(rhythm: Rhythm, dates: list[datetime], hours: float) -> Rhythm:
    weights, observed = rhythm.weights, rhythm.hours + hours
    if dates:
        counted = bytearray(weights or bytes(_HOURS))
        for date in dates:
            hour = date.weekday() * 24 + date.hour
            counted[hour] = min(counted[hour] + _UNIT, _MOST)
        weights = bytes(counted)
    if observed > _LONGEST:
        weights, observed = bytes(weight >> 1 for weight in weights), observed / 2
    return Rhythm(weights=weights, hours=observed)


def rate_of(rhythm: Rhythm) -> float:
    """Return how many entries an hour are to be expected; 0 when nothing is known."""
    if not rhythm.hours:
        return 0.0
    return (sum(rhythm.weights) / _UNIT + 0.5) / (rhythm.hours + _HOURS)


def price_of(rhythms: Iterable[Rhythm], checks_per_day: float) -> float:
    """Return the price of a check, in hours of waiting, at which all feeds keep to the budget.

    ``checks_per_day`` is the average over the feeds whose rhythm is known.
    """
    roots = [sqrt(rate / 2) for rhythm in rhythms if (rate := rate_of(rhythm))]
    return (sum(roots) / (len(roots) * checks_per_day / 24)) ** 2 if roots else 0.0


def hours_to_wait(
    rhythm: Rhythm, price: float, now: datetime, *, floor: float, most: float, mean: float
) -> float:
    """Return after how many hours so much waiting is to be expected as a check is worth.

    ``mean`` is the ``rate_of`` the rhythm.
    """
    if not mean or not price:
        return floor
    weights = rhythm.weights or bytes(_HOURS)
    # Half of the rate is the week's mean; the other half its hour's, and its neighbours'.
    share = _HOURS / (6 * _UNIT * max(rhythm.hours, 1.0))
    hour = now.weekday() * 24 + now.hour
    entries = waiting = hours = 0.0
    while hours < most:
        here = hour % _HOURS
        around = weights[here - 1] + weights[here] + weights[(here + 1) % _HOURS]
        rate = mean / 2 + around * share
        if waiting + entries + rate / 2 >= price:
            # Within this hour: solve waiting + entries * t + rate * t**2 / 2 = price.
            missing = price - waiting
            hours += (sqrt(entries * entries + 2 * rate * missing) - entries) / rate
            break
        waiting += entries + rate / 2
        entries += rate
        hour += 1
        hours += 1
    return min(max(hours, floor), most)
