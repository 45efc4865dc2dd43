"""XSLT as a filter: libxslt, without a way to files or the network."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from lxml import etree

_MOST_OUTPUT: Final = 4_000_000
_NO_ACCESS: Final = vars(etree.XSLTAccessControl)["DENY_ALL"]  # its types leave the name out


@cache
def stylesheet(path: str) -> etree.XSLT:
    """Return the stylesheet in a file; raises ``ValueError`` when it is none."""
    try:
        document = etree.parse(path, etree.XMLParser(no_network=True))
        return etree.XSLT(document, access_control=_NO_ACCESS)
    except (OSError, etree.LxmlError) as error:
        raise ValueError(f"{path} is no stylesheet: {error}") from error


def transformed(path: str, arguments: tuple[tuple[str, str], ...], given: bytes) -> bytes:
    """Return what a stylesheet makes of a document; its parameters are texts."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parameters: dict[str, Any] = {key: etree.XSLT.strparam(value) for key, value in arguments}
    written = bytes(stylesheet(path)(etree.fromstring(given, parser), **parameters))
    if len(written) > _MOST_OUTPUT:
        raise ValueError(f"it wrote more than {_MOST_OUTPUT:,} bytes")
    return written
