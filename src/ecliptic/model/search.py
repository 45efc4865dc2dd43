"""What is remembered of a question that a page asks at each run."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """How the answer to a question stands: ``mark`` moves when a page of it may look different.

    ``changed_at`` is when the planet changed so that the answer did: an entry of it is new,
    another one, or gone. It is ``None`` before the first entry.
    """

    mark: str
    changed_at: datetime | None
