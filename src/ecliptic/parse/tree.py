"""Bytes or text → a tree of elements, by the gentlest way that works.

Strict libxml2 reads 93 % of real feeds; the others are repaired as text, then
read piece by piece (``pieces``), so that one broken entry does not cost the
next one, and only then by libxml2's own recovery. No way loads a DTD, follows
an address or expands an entity that the document declares.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter, methodcaller
from typing import Final, NamedTuple, TypeAlias

from lxml import etree

from ecliptic.model.parsed import Problem
from ecliptic.parse import bounds, encoding, pieces, repair

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml gives its element class no public name

attributes_of: Final[Callable[[Element], list[tuple[str, str]]]] = methodcaller("items")
"""The attributes of an element; one question to libxml2 instead of one for each name."""


list_of: Final[Callable[[Element], list[Element]]] = itemgetter(slice(None))
"""The children of an element, which cost half as much together as one after the other."""

_CONTROL_REFERENCE: Final = re.compile(rb"#(?<=&#)(?:1[2-5]\d|[xX][89][0-9a-fA-F]);")
_CONTROL_REFERENCES: Final = re.compile(_CONTROL_REFERENCE.pattern.decode())
"""References to C1 controls: authors mean the characters of windows-1252."""

_BYTES_A_FIND: Final = 500
"""How many bytes are searched by a pattern in the time that one find costs."""

_SURROGATE_REFERENCE: Final = re.compile(
    r"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}"
    r"|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));?"
)


class Tree(NamedTuple):
    """The root, entries that were read apart from it, and what was wrong."""

    root: Element | None
    entries: tuple[Element, ...] = ()
    encoding: str = "utf-8"
    problems: tuple[Problem, ...] = ()


def parser(*, recover: bool = False) -> etree.XMLParser:
    """Return a parser that trusts nothing: no network, no DTD, no entities.

    ``huge_tree`` lifts libxml2's limit of 10 MB a text node and raises that of
    nesting to 2,048; ours are the 20 MB a document and the absence of entities.
    """
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def read_tree(data: bytes, content_type: str = "") -> Tree:
    """Return the tree of an XML document; its root is ``None`` when there is no element."""
    if _may_be_read_as_it_is(data, content_type):
        try:
            return Tree(etree.fromstring(data, parser()))
        except etree.XMLSyntaxError:
            pass
    return _read_decoded(encoding.decode(data, content_type))


def _may_be_read_as_it_is(data: bytes, content_type: str) -> bool:
    return (
        encoding.is_plainly_utf8(data, content_type)
        and not repair.has_doctype(data)
        and not _has_control_reference(data)
        and not bounds.may_be_too_much(data)
    )


def _has_control_reference(data: bytes) -> bool:
    """Tell whether a C1 control is referred to.

    Finding one byte is many times faster than a pattern, but each find costs a call;
    in a document with many ``#``, the pattern costs less.
    """
    place = -1
    for _ in range(len(data) // _BYTES_A_FIND):
        place = data.find(b"#", place + 1)
        if place < 0:
            return False
        if _CONTROL_REFERENCE.match(data, place):
            return True
    return bool(_CONTROL_REFERENCE.search(data, place))


def _read_decoded(decoded: encoding.Decoded) -> Tree:
    """Read text: repaired where it must be, in pieces if it is still broken, or somehow."""
    if bounds.may_be_too_much(decoded.text):
        decoded = _bounded(decoded)
    found, name, noted = decoded
    del decoded  # each copy of a large text that is let go is memory for the next
    root, _ = _undamaged(found)
    if root is not None:
        return Tree(root, encoding=name, problems=noted)
    found, problems = repair.repair(found)
    problems = (*noted, *problems)
    root, error = _strict(found)
    if root is not None:
        return Tree(root, encoding=name, problems=problems)
    if error:
        problems += (error,)
    whole, entries = _in_pieces(found)
    return Tree(whole, entries, name, problems)


def _undamaged(text: str) -> tuple[Element | None, Problem | None]:
    """Read text that needs no more than its prolog taken off."""
    text, _ = repair.strip_prolog(text)
    return (None, None) if _CONTROL_REFERENCES.search(text) else _strict(text)


def _bounded(decoded: encoding.Decoded) -> encoding.Decoded:
    budget = bounds.Budget()
    text = budget.spend(decoded.text)
    return decoded._replace(text=text, problems=(*decoded.problems, *budget.problems.values()))


def _strict(text: str) -> tuple[Element | None, Problem | None]:
    try:
        return etree.fromstring(text.encode(), parser()), None
    except etree.XMLSyntaxError as error:
        message = (error.msg or "").partition(", line")[0].partition("\n")[0][:120]
        return None, Problem(code="parse.malformed_xml", detail=message, line=error.lineno or 0)


def _recovered(text: str) -> Element | None:
    # In recovery, libxml2 takes references to half characters for text that is then no UTF-8.
    text = _SURROGATE_REFERENCE.sub("\ufffd", text)
    try:
        root: Element | None = etree.fromstring(text.encode(), parser(recover=True))
    except etree.XMLSyntaxError:
        return None
    return root


def _in_pieces(text: str) -> tuple[Element | None, tuple[Element, ...]]:
    cut = pieces.cut(text)
    if not cut.entries:
        return _recovered(text), ()
    frame = _recovered(cut.frame)
    entries: list[Element] = []
    budget = bounds.Budget() if bounds.may_be_too_much(text) else None
    for piece in cut.entries:
        inside = budget.spend(piece) if budget else piece  # what stood in CDATA may be markup now
        wrapped = f"{cut.opening}{inside}{cut.closing}"
        root, _error = _strict(wrapped)
        if root is None:
            root = _recovered(wrapped)
        if root is not None:
            entries.extend(child for child in root if len(child))
    if frame is None:
        frame = _recovered(cut.opening + cut.closing)
    return frame, tuple(entries)
