"""How a feed is reached where that is not the plain way, and what it takes to be let in.

What is in here is secret: it goes to a server or proxy and nowhere else. It is
never stored, and the text of these records does not show it.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

_USERINFO: Final = re.compile(r"^([^/?#]*//)[^/?#]*@")


def without_password(address: str) -> str:
    """Return an address that can be shown to anyone, even if it is none."""
    return _USERINFO.sub(r"\1", address)


class Proxy(msgspec.Struct, frozen=True):
    """A proxy by its address, which may hold a name and a password; none if it is empty."""

    url: str = ""

    def __repr__(self) -> str:
        """Show the proxy without what it takes to be let in."""
        return f"Proxy({without_password(self.url)!r})"


class Access(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed needs beyond its address.

    ``home`` is that address: only its host is sent ``headers`` and
    ``credentials`` (``user:password``), and only its certificate may go
    unchecked (``insecure``). ``proxy`` is ``None`` where the planet's is used.
    A ``local`` feed is a file that the operator's own configuration names.
    """

    home: str
    proxy: Proxy | None = None
    headers: tuple[tuple[str, str], ...] = ()
    credentials: str = ""
    insecure: bool = False
    local: bool = False

    @property
    def has_secrets(self) -> bool:
        """Whether its own place is told more than others are."""
        return bool(self.headers or self.credentials)

    def __repr__(self) -> str:
        """Show whose it is, and no more."""
        return f"Access({self.home!r})"
