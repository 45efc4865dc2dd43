"""The validator's one door: a document → findings, in the order of the document."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from ecliptic.model.finding import Finding
from ecliptic.parse import detect
from ecliptic.parse.jsonfeed import read_object
from ecliptic.parse.names import split
from ecliptic.parse.tree import Element, Tree, read_tree
from ecliptic.parse.unpack import unpack
from ecliptic.parse.validate import addresses, atom, atompub, dates, namespaces, rdf, rss
from ecliptic.parse.validate.jsonfeed import check_json
from ecliptic.parse.validate.prolog import prolog
from ecliptic.parse.validate.report import Report
from ecliptic.parse.validate.rules import Format
from ecliptic.parse.validate.walk import Walk, line_of


def validate(
    data: bytes, *, content_type: str = "", now: datetime | None = None
) -> tuple[Finding, ...]:
    """Say what in a feed breaks its specifications; any bytes give a value.

    What ``parse`` notes while it reads is not repeated. With ``now``, dates that lie far from
    it are noted too.
    """
    data = unpack(data).data
    report = Report()
    kind = detect.kind_of(data)
    if kind == "html":
        report.note("check.unknown_root", what="html")
    elif kind == "xml":
        for fault in prolog(data, content_type):
            report.note(fault.code, detail=fault.detail)
        _of_tree(read_tree(data, content_type), report, now)
    elif kind == "json":
        _of_json(data, content_type, report)
    return report.findings()


def _of_json(data: bytes, content_type: str, report: Report) -> None:
    value = read_object(data, content_type)
    if value is not None:
        check_json(value, report)


def _of_tree(tree: Tree, report: Report, now: datetime | None) -> None:
    root = tree.root
    if root is None:
        return
    form = _format_of(root)
    if form is None:
        report.note("check.unknown_root", what=split(root.tag)[1], line=line_of(root))
        return
    for prefix, address in namespaces.reserved(root):
        report.note("check.reserved_prefix", what=prefix, found=address)
    _namespace(root, form, report)
    # Entries that were read apart from the rest of a broken document have lost their lines.
    _addresses_of_namespaces(root, report)
    walk = Walk(form, report, has_lines=not tree.entries)
    walk.over(root)
    if now is not None:
        _dates(root, report, now)


_ROOTS: Final[dict[str, Format]] = {
    "feed": atom.FEED, "entry": atom.ENTRY, "rss": rss.FORMAT, "Channel": rdf.FORMAT11,
    "service": atompub.SERVICE, "categories": atompub.CATEGORIES,
}  # fmt: skip


def _format_of(root: Element) -> Format | None:
    namespace, local = split(root.tag)
    if local == "RDF":
        children = {split(child.tag)[0] for child in root if isinstance(child.tag, str)}
        return rdf.FORMAT090 if namespaces.RSS090 in children else rdf.FORMAT
    if namespace == namespaces.ATOM03:
        return atom.FEED03
    return _ROOTS.get(local)


def _namespace(root: Element, form: Format, report: Report) -> None:
    """Note a root whose namespace is not that of its format."""
    namespace, local = split(root.tag)
    expected = {
        "feed": namespaces.ATOM, "entry": namespaces.ATOM, "Channel": namespaces.RSS11,
        "RDF": namespaces.spelling_of("rdf"), "service": namespaces.APP,
        "categories": namespaces.APP,
    }.get(local, "")  # fmt: skip
    line = line_of(root)
    if form is atom.FEED03:
        version = root.get("version", "")
        report.note("check.obsolete_version", what=local, found=version, line=line)
    elif namespace != expected:
        report.note(
            "check.wrong_namespace", what=local, found=namespace, detail=expected, line=line
        )


_MOST_DECLARING: Final = 200
"""Elements that are asked for the namespaces they declare; most documents have one."""


def _addresses_of_namespaces(root: Element, report: Report) -> None:
    seen: set[str] = set()
    for element in islice(root.iter(), _MOST_DECLARING):
        for prefix, address in element.nsmap.items():
            if address in seen:
                continue
            seen.add(address)
            fault = addresses.reference(address)
            if fault and fault.code != "check.unknown_scheme":
                what = f"xmlns:{prefix}" if prefix else "xmlns"
                line = line_of(element)
                report.note(fault.code, what=what, found=address, detail=fault.detail, line=line)


_EARLIEST: Final = 1990
_DATED: Final = frozenset({"pubDate", "lastBuildDate", "updated", "published", "date"})


def _dates(root: Element, report: Report, now: datetime) -> None:
    """Note dates before there were feeds, or after tomorrow."""
    latest = (now + timedelta(days=2)).date()
    for element in root.iter():
        if not isinstance(element.tag, str) or split(element.tag)[1] not in _DATED:
            continue
        value = element.text or ""
        day = dates.day_of(value)
        if day and not (day.year >= _EARLIEST and day <= latest):
            report.note(
                "check.implausible_date",
                what=split(element.tag)[1],
                found=value,
                line=line_of(element),
            )
