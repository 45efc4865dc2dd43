"""Where on the Earth: GeoRSS (http://www.georss.org/), W3C geo, ICBM."""

from __future__ import annotations

from typing import Final

from ecliptic.parse.validate import values
from ecliptic.parse.validate.rules import Check, Fault, Module, module, rule

_LATITUDE: Final = values.decimal(-90, 90)
_LONGITUDE: Final = values.decimal(-180, 180)


def points(least: int, most: int = 1_000_000) -> Check:
    """Return a check for a list of points: latitude and longitude, with spaces between."""

    def check(value: str) -> Fault | None:
        numbers = value.replace(",", " ").split()
        if len(numbers) % 2 or not least <= len(numbers) // 2 <= most:
            return Fault("check.bad_value", "latitude and longitude: 45.256 -71.92")
        checks = (_LATITUDE, _LONGITUDE)
        faults = (checks[place % 2](number) for place, number in enumerate(numbers))
        return next(filter(None, faults), None)

    return check


_EVERYWHERE: Final = "feed entry"
_NUMBER: Final = rule(text=values.decimal())
_TEXT: Final = rule(text=values.anything)

PLACES: Final[dict[str, Module]] = {
    "georss:point": module(_EVERYWHERE, "*", rule(text=points(1, 1))),
    "georss:line": module(_EVERYWHERE, "*", rule(text=points(2))),
    "georss:polygon": module(_EVERYWHERE, "*", rule(text=points(4))),
    "georss:box": module(_EVERYWHERE, "*", rule(text=points(2, 2))),
    "georss:circle": module(_EVERYWHERE, "*", rule(text=values.anything)),
    "georss:where": module(_EVERYWHERE, "*", rule(place="any")),
    "georss:elev": module(_EVERYWHERE, "?", _NUMBER),
    "georss:floor": module(_EVERYWHERE, "?", rule(text=values.integer())),
    "georss:radius": module(_EVERYWHERE, "?", rule(text=values.decimal(0))),
    "georss:featureTypeTag": module(_EVERYWHERE, "?", _TEXT),
    "georss:relationshipTag": module(_EVERYWHERE, "?", _TEXT),
    "georss:featureName": module(_EVERYWHERE, "?", _TEXT),
    "georss:featurename": module(_EVERYWHERE, "?", _TEXT),
    "geo:Point": module(_EVERYWHERE, "*", rule("geo:lat! geo:long! geo:alt?", place="point")),
    "geo:lat": module("feed entry point", "?", rule(text=_LATITUDE)),
    "geo:long": module("feed entry point", "?", rule(text=_LONGITUDE)),
    "geo:alt": module("feed entry point", "?", _NUMBER),
    "icbm:latitude": module(_EVERYWHERE, "?", rule(text=_LATITUDE)),
    "icbm:longitude": module(_EVERYWHERE, "?", rule(text=_LONGITUDE)),
}
