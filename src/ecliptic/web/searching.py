"""The part of the preview server that answers searches, in the language of filters."""

from __future__ import annotations

from typing import Final, Protocol
from urllib.parse import parse_qs

import msgspec

from ecliptic.engine import Planet

_BAD_REQUEST: Final = 400
_to_json: Final = msgspec.json.Encoder().encode


class Answering(Protocol):
    """Answers the query of an address: the status, the media type and the body."""

    def __call__(self, query: str, *, is_json: bool) -> tuple[int, str, bytes]:
        """Answer the query of an address."""
        ...


class Searching:
    """Answers searches of a planet: ``q`` is the expression, ``page`` counts from 1.

    The answer is a page of the planet's theme, or JSON where ``format=json`` or the client
    asks for it.
    """

    def __init__(self, planet: Planet) -> None:
        self._planet = planet

    def __call__(self, query: str, *, is_json: bool) -> tuple[int, str, bytes]:
        """Answer the query of an address."""
        try:
            asked = {name: values[0] for name, values in parse_qs(query, max_num_fields=9).items()}
        except ValueError:  # too many fields
            asked = {}
        page = asked.get("page", "")[:9]
        results = self._planet.search(
            asked.get("q", ""), page=int(page) if page.isascii() and page.isdigit() else 1
        )
        status = _BAD_REQUEST if results.problem else 200
        if is_json or asked.get("format") == "json":
            return status, "application/json", _to_json(results)
        return status, "text/html; charset=utf-8", self._planet.results_page(results)
