"""A document and the tables → what is noted; each element is looked at once, none recursively."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from operator import attrgetter
from typing import Final

from ecliptic.parse.names import XML_BASE, XML_LANG
from ecliptic.parse.tree import Element, attributes_of
from ecliptic.parse.validate import addresses, values
from ecliptic.parse.validate.modules import MODULE_PREFIXES, MODULES, UNCHECKED
from ecliptic.parse.validate.namespaces import Name, Names
from ecliptic.parse.validate.report import Report
from ecliptic.parse.validate.rules import Check, Format, Note, Rule

_AT_MOST_ONCE: Final = "!?"
_MUST: Final = "!+"


class Walk:
    """One look at one document."""

    def __init__(self, form: Format, report: Report, *, has_lines: bool = True) -> None:
        self._form = form
        self._report = report
        self._names = Names(is_bare_own=form.root == "rss")
        self._has_lines = has_lines
        self._pending: list[tuple[Element, str, Rule]] = []

    def over(self, root: Element) -> None:
        """Look at ``root`` and everything in it that there are rules for."""
        name = self._names[root.tag].shown
        found = self._form.rules.get(name)
        if found:
            self._pending.append((root, name, found))
        while self._pending:
            self._look_at(*self._pending.pop())

    def _look_at(self, element: Element, name: str, found: Rule) -> None:
        note = self._noting(element, name)
        self._attributes(element, name, found, note)
        if found.text is not None:
            self._text(element, found, note)
        if found.place != "any":
            if found.text is None:
                _no_text(element, note)
            self._children(element, name, found)
        for examine in found.examine:
            examine(element, note)

    def _noting(self, element: Element, what: str, parent: str = "") -> Note:
        above = parent or self._parent_of(element)

        def note(code: str, found: str, detail: str) -> None:
            self._report.note(
                code,
                line=self._line(element),
                what=shown(what),
                parent=above,
                found=found,
                detail=detail,
            )

        return note

    def _line(self, element: Element) -> int:
        return line_of(element) if self._has_lines else 0

    def _parent_of(self, element: Element) -> str:
        parent = element.getparent()
        return "" if parent is None else shown(self._names[parent.tag].shown)

    def _text(self, element: Element, found: Rule, note: Note) -> None:
        text = element.text or ""
        if not text.strip():
            if not found.may_be_empty and not len(element):
                code = "check.blank" if found.text is values.anything else "check.empty"
                note(code, "", "")
        elif found.text:
            _apply(found.text, text, note)

    def _attributes(self, element: Element, name: str, found: Rule, note: Note) -> None:
        given = dict(attributes_of(element))
        for missing in sorted(found.required - given.keys()):
            note("check.missing_attribute", "", missing)
        for key, value in given.items():
            check = _EVERYWHERE.get(key) or found.attributes.get(key)
            if check:
                self._attribute(element, name, key, value, check)
            elif found.is_strict and not key.startswith("{"):
                note("check.unknown_attribute", key, _nearest(key, found))

    def _attribute(self, element: Element, name: str, key: str, value: str, check: Check) -> None:
        attribute = key.rpartition("}")[2]
        note = self._noting(element, f"{name} {attribute}", shown(name))
        if not value.strip() and check not in _MAY_BE_EMPTY and key != XML_LANG:
            note("check.empty", "", "")
            return
        _apply(check, value, note)

    def _children(self, element: Element, name: str, found: Rule) -> None:
        counts: Counter[str] = Counter()
        for child in element:
            known = self._names[child.tag]
            counts[known.shown] += 1
            times, rule = self._rule_of(child, name, found, known)
            if rule is None:
                continue
            if times in _AT_MOST_ONCE and counts[known.shown] > 1:
                self._noting(child, known.shown)("check.repeated_element", "", "")
            self._pending.append((child, known.shown, rule))
        note = self._noting(element, name)
        for wanted, times in found.children.items():
            if times in _MUST and not counts[wanted]:
                note("check.missing_element", "", shown(wanted))

    def _rule_of(
        self, child: Element, name: str, found: Rule, known: Name
    ) -> tuple[str, Rule | None]:
        """Return how often a child may stand there and its rule; note it if it may not."""
        times = found.children.get(known.shown, "")
        if times:
            return times, self._form.rule_of(name, known.shown) or MODULES[known.shown].rule
        prefix = known.shown.rpartition(":")[0]
        module = None if prefix in self._form.own else MODULES.get(known.shown)
        if module and found.place in module.places:
            self._spelling(child, known)
            return module.times, module.rule
        self._out_of_place(child, found, known)
        return "*", module.rule if module else None

    def _spelling(self, child: Element, known: Name) -> None:
        if known.expected:
            note = self._noting(child, known.shown.partition(":")[0])
            note("check.namespace_spelling", known.namespace, known.expected)

    def _out_of_place(self, child: Element, found: Rule, known: Name) -> None:
        prefix = known.shown.rpartition(":")[0]
        note = self._noting(child, known.shown)
        if known.shown in MODULES:
            note("check.misplaced_element", "", "")
        elif prefix == "?":
            self._report.note(
                "check.unknown_namespace", line=self._line(child), found=known.namespace,
                what=known.namespace,
            )  # fmt: skip
            if not found.place:
                note("check.unknown_element", "", "")
        elif prefix in self._form.free:
            return
        elif prefix in self._form.own or prefix in MODULE_PREFIXES or not prefix:
            note("check.unknown_element", "", "")
        elif prefix not in UNCHECKED or not found.place:
            note("check.misplaced_element", "", "")


def shown(name: str) -> str:
    """Return a name as authors of Atom and AtomPub know it: without the prefix of the format."""
    for prefix in ("atom:", "atom03:", ":"):
        name = name.removeprefix(prefix)
    return name


def line_of(element: Element) -> int:
    """Return the line on which an element begins."""
    return _line_of(element) or 0


_line_of: Final[Callable[[Element], int | None]] = attrgetter("sourceline")


def _apply(check: Check, value: str, note: Note) -> None:
    fault = check(value)
    if fault:
        note(fault.code, value, fault.detail)


def _no_text(element: Element, note: Note) -> None:
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        note("check.unexpected_text", element.text or "", "")


def _nearest(key: str, found: Rule) -> str:
    """Return the name that an author may have meant."""
    return next((name for name in found.attributes if name.lower() == key.lower()), "")


_MAY_BE_EMPTY: Final = (values.anything, addresses.reference)
"""Checks that an empty value passes: as an address, it means the document itself."""

_EVERYWHERE: Final[dict[str, Check]] = {
    XML_BASE: addresses.reference,
    XML_LANG: lambda value: values.language(value) if value else None,
}
