"""Bring the catalogues up to date with the words of pages; with ``--check``, only say if they are.

Run as ``python tools/messages.py``. What is new stands in each ``ecliptic.po`` with an empty
``msgstr`` to be filled; what is gone is dropped. The ``.mo`` files are made of these.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ecliptic"
CATALOGUES = SOURCE / "locale"
METHODS = [("render/*.py", "python"), ("themes/**.html", "jinja2.ext:babel_extract")]
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "ngettext": (1, 2), "noted": None, "noted_as": ((1, "c"), 2),
    "noted_many": (1, 1),
}  # fmt: skip
OPTIONS = {
    "themes/**.html": {
        "newstyle_gettext": "true", "trimmed": "true", "silent": "false",
        "trim_blocks": "true", "lstrip_blocks": "true",
    }
}  # fmt: skip
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")
"""What stands for a value; a translation must have it too."""

MARKUP = re.compile(r"<[^<>]*>")
ESCAPED = re.compile(r"&(lt|gt|amp|quot);|%%")
UNSAFE = re.compile(r'[<>&"%]')
"""What must be escaped: translations stand in pages, and in attributes, as they are."""

DIRECTIVES = re.compile(r"%-?.")
DATES = frozenset(["Y", "B", "b", "m", "-m", "d", "-d", "A", "a", "H", "-H", "I", "-I", "M", "p"])
"""What formats of dates may have, which are free in all else."""

NUMBERS = range(1000)
"""By these it is told which forms of a plural serve for more than one number."""


def collected() -> Catalog:
    """Return the words of pages, as they stand in the templates and the code."""
    catalog = Catalog(domain="ecliptic", charset="utf-8")
    found = extract_from_dir(SOURCE, METHODS, OPTIONS, KEYWORDS, comment_tags=("NOTE:",))
    for file, line, text, comments, context in sorted(found, key=lambda each: each[:2]):
        catalog.add(text, None, [(file, line)], auto_comments=comments, context=context)
    return catalog


def updated(path: Path, words: Catalog) -> tuple[bytes, bytes, list[str]]:
    """Return a catalogue as text and compiled, and what is wrong in it."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3])
    catalog.update(words, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalog, width=100, sort_output=True, no_location=True, omit_header=False)
    write_mo(compiled, catalog)
    shared = shared_forms(catalog.plural_expr)
    wrong = [
        f"{path}: {fault}" for message in catalog if message.id for fault in faults(message, shared)
    ]
    return text.getvalue(), compiled.getvalue(), wrong


def shared_forms(plural: str) -> set[int]:
    """Return the forms of a language that serve for more than one number."""
    served = Counter(map(c2py(plural), NUMBERS))
    return {form for form, count in served.items() if count > 1}


def faults(message: Message, shared: Collection[int] = ()) -> Iterator[str]:
    """Yield what is wrong with a translation; ``shared`` forms must have their number."""
    given, source = forms(message.string), forms(message.id)
    if not all(given):
        yield f"{source[0]!r} is not translated"
        return
    if message.fuzzy:
        yield f"{source[0]!r} is marked as fuzzy"
    if source[0].startswith("%B"):
        yield from faults_of_format(given[0], source[0])
        return
    for form, text in enumerate(given):
        kept, wanted = sorted(PLACES.findall(text)), sorted(PLACES.findall(source[-1]))
        may_lack = len(source) > 1 and form not in shared
        if kept != wanted and not (may_lack and not kept):
            yield f"{text!r} has not the values of {source[-1]!r}"
        if sorted(MARKUP.findall(text)) != sorted(MARKUP.findall(source[-1])):
            yield f"{text!r} has not the markup of {source[-1]!r}"
        rest = ESCAPED.sub("", PLACES.sub("", MARKUP.sub("", text)))
        if found := UNSAFE.search(rest):
            yield f"{text!r} has {found.group()!r}, which must be escaped"


def faults_of_format(given: str, source: str) -> Iterator[str]:
    """Yield what is wrong with the format of a date."""
    has = {directive[1:] for directive in DIRECTIVES.findall(given)}
    if not has <= DATES:
        yield f"{given!r} has what no format of dates may have: {sorted(has - DATES)}"
    for letters in ("Y", "Bbm", "d", "HI", "M"):
        parts = {*letters, *(f"-{letter}" for letter in letters)}
        if parts & {directive[1:] for directive in DIRECTIVES.findall(source)} and not parts & has:
            yield f"{given!r} lacks one of {sorted(parts)}"


def forms(text: object) -> list[str]:
    """Return the forms of a message: one, or those of its plural."""
    return (
        [str(form or "") for form in text] if isinstance(text, (tuple, list)) else [str(text or "")]
    )


def main() -> int:
    """Write the catalogues, or check them; return 1 where something is wrong."""
    words, wrong = collected(), []
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/ecliptic.po")):
        text, compiled, faulty = updated(path, words)
        wrong += faulty
        for target, made in ((path, text), (path.with_suffix(".mo"), compiled)):
            if target.is_file() and target.read_bytes() == made:
                continue
            if "--check" in sys.argv[1:]:
                wrong.append(f"{target}: is not up to date: run `python tools/messages.py`")
            else:
                target.write_bytes(made)
                print(f"  wrote {target.relative_to(ROOT)}")
    print("\n".join(wrong), end="\n" if wrong else "")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
