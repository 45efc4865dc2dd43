"""Which element is read how: one table a vocabulary, one table of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ecliptic.compat.elements import (
    chapters,
    dublin,
    feeds,
    geography,
    itunes,
    licences,
    links,
    media,
    people,
    texts,
)
from ecliptic.compat.reader import ElementReader

TABLE: Final[Mapping[str, ElementReader]] = {
    **feeds.TABLE,
    **texts.TABLE,
    **links.TABLE,
    **people.TABLE,
    **dublin.TABLE,
    **itunes.TABLE,
    **media.TABLE,
    **geography.TABLE,
    **chapters.TABLE,
    **licences.TABLE,
}
"""The reader of each key."""
