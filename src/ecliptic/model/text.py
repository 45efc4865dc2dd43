"""Text from strangers, by how far it may be trusted.

``Content`` is what an author published, and never shown as it is. Only ``clean``
turns it into ``SafeHTML``; ``store`` gives back what ``clean`` made. Everything
that is neither is plain text, escaped when shown.
"""

from __future__ import annotations

from typing import Literal, NewType

import msgspec

SafeHTML = NewType("SafeHTML", str)
"""Markup that passed ``clean``: balanced, allow-listed, with absolute addresses."""


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One text construct of a feed: a title, a summary, a body (RFC 4287, 3.1).

    ``kind`` says what ``value`` is: ``text`` is plain text (``a < b`` means
    itself), ``html`` is markup. ``base`` is the absolute address that relative
    ones inside it are resolved against; ``language`` a BCP 47 tag or ``""``.
    """

    value: str
    kind: Literal["text", "html"] = "html"
    base: str = ""
    language: str = ""
