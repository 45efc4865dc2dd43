"""From an address as the operator wrote it to one that may be seen, and its access.

Names and passwords leave the address here, before it is stored or shown anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from ecliptic.model.access import Access, without_password
from ecliptic.model.site import Subscription
from ecliptic.sources import address, paths

KEYS = ("proxy", "headers", "username", "password", "insecure")
"""The settings of a feed that make up its access."""


def with_access(subscription: Subscription, given: dict[str, Any] | None = None) -> Subscription:
    """Return a subscription whose address is free of secrets; ``given`` holds its ``KEYS``."""
    if not given and "@" not in subscription.url:  # most need no closer look
        return subscription
    given = given or {}
    url = without_password(subscription.url)
    if {"username", "password"} & given.keys():
        credentials = f"{given.get('username', '')}:{given.get('password', '')}"
    else:
        credentials = _credentials(subscription.url)
    access = Access(
        home=url,
        proxy=given.get("proxy"),
        headers=given.get("headers", ()),
        credentials=credentials,
        insecure=given.get("insecure", False),
    )
    is_plain = access == Access(home=url)
    return msgspec.structs.replace(subscription, url=url, access=None if is_plain else access)


def with_file(subscription: Subscription, config: Path) -> Subscription:
    """Return the subscription of a file of this machine, seen from the configuration's folder.

    Only for what the operator's own configuration says: a list of feeds may be a stranger's.
    """
    url = located(subscription.url, config)
    return msgspec.structs.replace(subscription, url=url, access=Access(home=url, local=True))


def located(url: str, config: Path) -> str:
    """Return the absolute ``file:`` address of a file, and any other address as it is."""
    if not address.is_file(url):
        return url
    return Path(paths.beside(config, unquote(urlsplit(url).path))).as_uri()


def located_face(face: str, config: Path) -> str:
    """Return the absolute ``file:`` address of a picture of this machine, and others as they are.

    Only for what the operator's own configuration says, as ``with_file``.
    """
    if face == "none" or "://" in face:
        return face
    return Path(paths.beside(config, face)).as_uri()


def identity(url: str, config: Path) -> str:
    """Return what two spellings of one subscription have in common."""
    return address.comparable(without_password(located(url, config)))


def _credentials(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.username is None:
        return ""
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"
