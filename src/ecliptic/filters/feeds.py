"""What a filter may ask of a feed: what it is called, and where it is."""

from __future__ import annotations

from collections.abc import Iterator

from ecliptic.filters.words import fold, name_pattern
from ecliptic.model.naming import FeedFacts, host_of


def is_called(facts: FeedFacts, value: str) -> bool:
    """Whether a feed has this name, is on this host, or at an address that begins so."""
    is_name = name_pattern(value).fullmatch
    if any(is_name(fold(name)) for name in facts.names):
        return True
    wanted = _bare_address(value)
    return any(
        _begins(_bare_address(address), wanted) or is_in_domain(host_of(address), wanted)
        for address in facts.addresses
    )


def is_in_domain(host: str, domain: str) -> bool:
    """Whether a host is a domain or inside it; ``*`` at an end of the domain is any text."""
    domain = domain.lower().removeprefix("www.")
    if "*" in domain:
        return name_pattern(domain).fullmatch(host) is not None
    return bool(host) and (host == domain or host.endswith(f".{domain}"))


def _bare_address(address: str) -> str:
    """Return an address without what makes no difference to where it leads."""
    return address.lower().partition("://")[2 if "://" in address else 0].removeprefix("www.")


def _begins(address: str, beginning: str) -> bool:
    if not beginning or not address.startswith(beginning):
        return False
    return beginning[-1] == "/" or address[len(beginning) : len(beginning) + 1] in {"", *"/?#:"}


def texts(facts: FeedFacts) -> Iterator[str]:
    """Yield every name and address of a feed."""
    yield from facts.names
    yield from facts.addresses
