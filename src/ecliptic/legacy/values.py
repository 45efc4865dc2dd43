"""Typed values out of ini text, with every problem noted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Final

from ecliptic.errors import ConfigError
from ecliptic.legacy.ini import Section, Value
from ecliptic.model.finding import Finding
from ecliptic.sources import address, paths
from ecliptic.sources.findings import error
from ecliptic.sources.kinds import DATE_FORMAT, Refused

LARGEST = 1_000_000

REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_NUMBER = re.compile(r"(-?)(\d{1,9})(?:\.\d{0,9})?(?!\S)")

_LOCALE: Final = re.compile(r"([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@].*)?")
"""A name of a locale as POSIX has it (IEEE 1003.1, 8.2): language, country, and the rest."""
_NO_LANGUAGE: Final = frozenset({"C", "C.UTF-8", "POSIX"})


class Values:
    """Reads settings of one file; ``problems`` stop the run, ``notices`` do not."""

    def __init__(self, path: Path) -> None:
        self.problems: list[Finding] = []
        self.notices: list[str] = []
        self.path = path

    def whole(self, section: Section, key: str, default: int = 0) -> int:
        """Return a whole number; one below 0 is 0, which means no limit, and fractions are cut.

        A word after it is a comment of the operator's.
        """
        value = section.keys.get(key)
        if value is None or not value.text:
            return default
        match = _NUMBER.match(value.text)
        if match:
            return 0 if match[1] else min(int(match[2]), LARGEST)
        self._refuse(section, key, value, "a whole number from 0")
        return default

    def date_format(self, section: Section, key: str, default: str) -> str:
        """Return a strftime format; one that cannot be used gives way to the default."""
        text = " ".join(section.text(key).split())
        if not text:
            return default
        try:
            DATE_FORMAT.read(text)
        except Refused as refused:
            line = section.line_of(key)
            self.notices.append(f"{key} (line {line}) is not used, {refused}; {default} is.")
            return default
        return text

    def link(self, section: Section, key: str = "link") -> str:
        """Return the address of a page; ``http://`` is put before one without a scheme."""
        text = one_line(section.text(key))
        if not text or not address.fault(text):
            return text
        if "://" not in text and not address.fault(f"http://{text}") and "." in text:
            self.notices.append(
                f"{key} = {text} (line {section.line_of(key)}) has no scheme;"
                f" it is read as http://{text}."
            )
            return f"http://{text}"
        self.notices.append(
            f"{key} = {text} (line {section.line_of(key)}) is not used:"
            f" {address.fault(text)}; allowed: {address.ALLOWED}."
        )
        return ""

    def language(self, section: Section, key: str = "locale") -> str:
        """Return the language tag of the first locale of a list that names one, or ``""``.

        Planet 2.0 took the first that its machine had: ``locale = de_DE.UTF-8:de_DE``.
        """
        names = one_line(section.text(key)).split(":")
        found = next(filter(None, map(_LOCALE.fullmatch, map(str.strip, names))), None)
        if found is None:
            if names != [""] and not _NO_LANGUAGE.issuperset(names):
                self.notices.append(
                    f"{key} = {':'.join(names)} (line {section.line_of(key)}) is not used;"
                    " allowed: a language and a country such as de_DE.UTF-8."
                )
            return ""
        return "-".join(filter(None, found.groups()))

    def output(self, section: Section, default: str) -> str:
        """Return the output folder; not one that would publish the configuration itself."""
        name = one_line(section.text("output_dir"))
        output = self._place(name) if name else paths.beside(self.path, default)
        if paths.holds(output, str(self.path)):
            self.notices.append(
                f"output_dir = {name or default} (line {section.line_of('output_dir')}) holds this"
                " configuration; the folder site inside it is used instead."
            )
            return str(Path(output) / "site")
        return output

    def feed(self, title: str) -> str:
        """Return the address of a feed; the path of a file that is there means that file.

        It is seen from the configuration's folder, or else from where we are, as the old engines
        saw it.
        """
        if "://" in title or address.is_file(title):
            return title
        for place in (self.path.parent, Path.cwd()):
            file = place / paths.home_filled(title)
            if file.is_file():
                return file.absolute().as_uri()
        return title

    def state(self, section: Section, output: str) -> str:
        """Return the state file: in the old cache folder, or beside the configuration."""
        folder = one_line(section.text("cache_directory"))
        beside = f"{self.path.stem}.sqlite"
        state = (
            str(Path(self._place(folder), beside)) if folder else paths.beside(self.path, beside)
        )
        if paths.holds(output, state):
            state = f"{output.rstrip('/')}.sqlite"
            self.notices.append(
                f"cache_directory = {folder} (line {section.line_of('cache_directory')}) would be"
                f" published; {state} is used instead."
            )
        return state

    def note_relative(self, section: Section, keys: Iterable[str]) -> None:
        """Say where relative paths are seen from, if the old engine saw them from elsewhere."""
        relative = [key for key in keys if section.text(key) and not _is_absolute(section, key)]
        if Path.cwd() == self.path.parent:
            return
        there = [key for key in relative if self._is_here(one_line(section.text(key)))]
        beside = [key for key in relative if key not in there]
        if there:
            self.notices.append(
                f"{' and '.join(there)}: found in the folder that the command is run in, and used"
                " there."
            )
        if beside:
            self.notices.append(
                f"{' and '.join(beside)}: relative paths are seen from the folder of the"
                " configuration, not from the one the command is run in."
            )

    def _place(self, name: str) -> str:
        """Return a folder: beside the configuration, or where we are if it only is there.

        The old engines saw names from where they were started.
        """
        if self._is_here(name):
            return os.path.normpath(Path.cwd() / paths.home_filled(name))
        return paths.beside(self.path, name)

    def _is_here(self, name: str) -> bool:
        here = Path.cwd() / paths.home_filled(name)
        return not Path(paths.beside(self.path, name)).exists() and here.is_dir()

    def failure(self) -> ConfigError:
        """Return the error that names all problems."""
        return error(self.path, self.problems)

    def _refuse(self, section: Section, key: str, value: Value, allowed: str) -> None:
        self.problems.append(
            Finding(
                severity="error",
                code="sources.bad_value",
                message=f'{key} in [{section.title}] is "{value.text}"; allowed: {allowed}',
                line=value.line,
                key=key,
                found=value.text,
                allowed=allowed,
            )
        )


def one_line(text: str) -> str:
    """Return a value without line breaks and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def plain(text: str) -> str:
    """Return a name as text: old engines wrote it into pages as it is, references and all."""
    return one_line(REFERENCE.sub(lambda match: unescape(match[0]), text))


def _is_absolute(section: Section, key: str) -> bool:
    return paths.home_filled(section.text(key)).is_absolute()
