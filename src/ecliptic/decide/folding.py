"""How entries stand from now on whose copies were looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from ecliptic.decide.lifted import lifted
from ecliptic.decide.notes import noted
from ecliptic.decide.originals import OWN
from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Reason
from ecliptic.model.twin import Copy, Fold, Likeness, Origin

_HOW = {
    "id and link": "the same id and link",
    "id": "the same id",
    "link": "the same link",
    "former link": "the link that one of them had before it was moved",
}


def amended(
    copies: Iterable[Copy],
    folds: Mapping[int, Fold],
    origins: Mapping[int, Origin],
    now: datetime,
) -> list[Amendment]:
    """Return what changes for ``copies``, of which those in ``folds`` are not to be shown."""
    changed = []
    for copy in copies:
        fold = folds.get(copy.row)
        if fold is not None:
            reason = _reason(fold, origins, now)
            if copy.stands.hidden is None or copy.stands.hidden.params != reason.params:
                notes = noted(copy.stands.notes, reason)
                changed.append(replace(copy.stands, hidden=reason, hidden_until=None, notes=notes))
        elif copy.stands.hidden is not None and copy.stands.hidden.code == OWN:
            changed.append(lifted(copy.stands, Reason(code="decide.unfolded", at=now), now))
    return changed


def _reason(fold: Fold, origins: Mapping[int, Origin], now: datetime) -> Reason:
    return Reason(
        code=OWN,
        at=now,
        params={
            "shown": fold.shown.uid,
            "feed": origins[fold.shown.feed_id].name,
            "how": _how(fold.likeness),
            "because": fold.because,
        },
    )


def _how(likeness: Likeness) -> str:
    return _HOW.get(likeness.how) or f"{likeness.percent} % of the same text"
