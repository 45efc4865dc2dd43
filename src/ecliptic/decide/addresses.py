"""What in an address does not say which page it is: how readers came, and how hosts are written."""

from __future__ import annotations

import re
from typing import Final

_PORT: Final = re.compile(r"(?::(?:80|443)?|\.)+\Z")
_COUNTED: Final = re.compile(
    r"(?:utm_\w*|pk_\w*|mtm_\w*|piwik_\w*|ns_\w+|at_(?:medium|campaign|custom\d)"
    r"|fbclid|gclid|dclid|gclsrc|gbraid|wbraid|msclkid|yclid|twclid|igshid|_openstat"
    r"|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|vero_(?:conv|id)|wt_mc|cmpid|ncid|oly_(?:anon|enc)_id"
    r"|spm|xtor)(?:=.*)?",
    re.IGNORECASE | re.DOTALL,
)
"""Parameters that say how a reader came, and not what is read."""

_FROM_FEED: Final = re.compile(
    r"(?:ref|source|src|via|from)=(?:rss[\w-]*|feed|atom|feedburner)", re.IGNORECASE
)
# A short one names a page: the stories of Slash are article.pl?sid=18/04/25/1234.
_SESSION: Final = re.compile(
    r"(?:jsessionid|phpsessid)=[^/]*|(?:sessionid|sid)=[\w.!-]{16,}", re.IGNORECASE | re.ASCII
)


def site_host(host: str) -> str:
    """Return a host, with its port if that is an unusual one, in the form that is compared."""
    host = host.rpartition("@")[2].lower()
    if ":" in host or host.endswith("."):
        host = _PORT.sub("", host)
    return host.removeprefix("www.")


def kept_query(query: str) -> str:
    """Return what of a query says which page is meant, in an order that does not matter."""
    parts = [
        part for part in query.replace("&amp;", "&").split("&") if part and not _is_counted(part)
    ]
    return "&".join(sorted(parts)) if len(parts) > 1 else "".join(parts)


def without_session(path: str) -> str:
    """Return a path without the session that some servers write into it."""
    head, separator, rest = path.partition(";")
    return head if separator and _SESSION.fullmatch(rest) else path


def _is_counted(part: str) -> bool:
    return bool(_COUNTED.fullmatch(part) or _FROM_FEED.fullmatch(part) or _SESSION.fullmatch(part))
