"""Bytes and headers → text, and the name of the encoding as RFC 3023 would have it.

``ecliptic.parse`` reads as browsers do (RFC 7303). Programs that look at
``encoding`` or ``bozo_exception`` expect the older rules: what is sent as text/* is in the
encoding of the header, or US-ASCII, whatever the document says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ecliptic.compat.exceptions import (
    CharacterEncodingOverride,
    NonXMLContentType,
    ThingsNobodyCaresAboutButMe,
)
from ecliptic.compat.guess import guessed
from ecliptic.parse import encoding

_DECLARED: Final = re.compile(rb"""<\?[^>]{0,300}?encoding=['"]([^'"]{0,60})['"]""")
_CHARSET: Final = re.compile(r""";\s*charset\s*=\s*["']?([^;"']*)""", re.IGNORECASE)
_XML_APPLICATIONS: Final = frozenset({
    "application/xml", "application/xml-dtd", "application/xml-external-parsed-entity",
})  # fmt: skip
_XML_TEXTS: Final = frozenset({"text/xml", "text/xml-external-parsed-entity"})
_WIDE: Final = ("utf-16", "utf16", "utf_16", "utf-32", "utf32", "utf_32", "iso-10646-ucs-", "u16",
                "u32", "ucs-2", "ucs-4", "csucs4", "csunicode")  # fmt: skip
_MARKED_NAMES: Final = {
    f"utf-{size}-{order}": f"utf-{size}{order}" for size in (16, 32) for order in ("le", "be")
}


class Reading(NamedTuple):
    """The text of a document, its encoding's name, and what was odd about either."""

    text: str
    encoding: str
    problem: ThingsNobodyCaresAboutButMe | None = None


def read_text(data: bytes, headers: Mapping[str, str]) -> Reading:
    """Return the text of a document that came with ``headers`` (their names in lower case)."""
    marked = encoding.marked_in(data)
    data = data.removeprefix(codecs.BOM_UTF8)
    declared = _declared_in(data, marked)
    wanted, is_xml = _by_rfc_3023(headers, declared)
    problem: ThingsNobodyCaresAboutButMe | None = None
    if headers and not is_xml:
        said = headers.get("content-type")
        message = f"{said} is not an XML media type" if said else "no Content-type specified"
        problem = NonXMLContentType(message)
    if wanted.lower().startswith(_WIDE) and marked:
        wanted = marked
    for label in _possible(marked, wanted, declared):
        text = _strictly(data, label)
        if text is not None:
            break
    else:
        text, label = _unclaimed(data, declared)
    if label != wanted:
        problem = CharacterEncodingOverride(f"document declared as {wanted}, but parsed as {label}")
    return Reading(text, _MARKED_NAMES.get(label, label), problem)


def _unclaimed(data: bytes, declared: str) -> tuple[str, str]:
    """Return text that no label fits, and the encoding it was read with."""
    decoded = encoding.decode(data)
    if decoded.encoding != "cp1252":
        return decoded.text, decoded.encoding
    label = "" if declared else guessed(data)
    text = encoding.decode_strictly(data, label) if label else None
    return (decoded.text, "windows-1252") if text is None else (text, label)


def _possible(marked: str, *labels: str) -> Iterator[str]:
    """Yield the encodings to try; how wide a character is, the first bytes have told."""
    if marked.startswith(("utf-16", "utf-32")):
        yield marked
        return
    for label in dict.fromkeys((*labels, marked)):
        if label and not label.lower().startswith(_WIDE):
            yield label


def _declared_in(data: bytes, marked: str) -> str:
    if marked and marked != "utf-8":
        data = data[:2_000].decode(marked, "ignore").encode()
    match = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    label = match[1].decode("ascii", "ignore").strip().lower() if match else ""
    if label.startswith(_WIDE) and marked:
        return marked
    return _newer(label)


def _newer(label: str) -> str:
    """Return the larger encoding that has replaced a Chinese one."""
    return "gb18030" if label.lower() == "gb2312" else label


def _by_rfc_3023(headers: Mapping[str, str], declared: str) -> tuple[str, bool]:
    """Return the encoding that the rules give, and whether the document was sent as XML."""
    content_type = headers.get("content-type") or ""
    kind = content_type.partition(";")[0].strip()
    match = _CHARSET.search(content_type)
    charset = _newer(match[1].strip()) if match else ""
    is_suffixed = kind.endswith("+xml")
    if kind in _XML_APPLICATIONS or (kind.startswith("application/") and is_suffixed):
        return charset or declared or "utf-8", True
    if kind in _XML_TEXTS or (kind.startswith("text/") and is_suffixed):
        return charset or "us-ascii", True
    if kind.startswith("text/"):
        return charset or "us-ascii", False
    if headers and "content-type" not in headers:
        return declared or "iso-8859-1", False
    return declared or "utf-8", kind in {"application/json", "application/feed+json"}


def _strictly(data: bytes, label: str) -> str | None:
    """Return the text if every byte of it is right in this encoding."""
    if label.lower() in {"us-ascii", "ascii"}:
        return data.decode("ascii") if data.isascii() else None
    return encoding.decode_strictly(data, label)
