"""What stands before the root: the encoding and the document type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ecliptic.parse import encoding
from ecliptic.parse.validate.rules import Fault

_LOOKED_AT: Final = 16_384
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s+\w+[^>\[]*")
_SYSTEM_ENTITY: Final = re.compile(r"<!ENTITY\s+(\S{1,80})\s+(?:SYSTEM|PUBLIC)\s")
_NETSCAPE: Final = "rss-0.91.dtd"
_LABEL: Final = re.compile(rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})""")
_COMMON: Final = frozenset({"utf-8", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15"})
_VERSION: Final = re.compile(r"""<rss\b[^>]*\bversion\s*=\s*["']([^"']{1,20})""")


def prolog(data: bytes, content_type: str) -> Iterator[Fault]:
    """Yield what is wrong before the root element."""
    said = encoding.charset_of(content_type) or encoding.declared_in(data)
    label = _LABEL.match(data)
    if label and not said:
        yield Fault("check.unknown_encoding", label[1].decode("ascii"))
    if said and said not in _COMMON:
        yield Fault("check.obscure_encoding", said)
    text = data[:_LOOKED_AT].decode("latin-1").replace("\0", "")
    found = _DOCTYPE.search(text)
    if not found:
        return
    entity = _SYSTEM_ENTITY.search(text)
    if entity:
        yield Fault("check.external_entity", entity[1])
    if _NETSCAPE in found[0]:
        version = _VERSION.search(text)
        if version and version[1] != "0.91":
            yield Fault("check.wrong_doctype", version[1])
        else:
            yield Fault("check.old_doctype")
