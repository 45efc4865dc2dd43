"""New files wait beside the site until all of them are written."""

from __future__ import annotations

from functools import cached_property

import msgspec
from msgspec.structs import replace

from ecliptic.model.page import Artifact
from ecliptic.model.paths import is_safe
from ecliptic.publish import durable
from ecliptic.publish.manifest import Mark, Marks, Origin
from ecliptic.publish.paths import parents


class Change(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What separates the site that stands from the site asked for.

    ``old`` and ``new`` are the marks before and after, ``files`` where the new
    bytes of a path are waiting; ``kept`` stay as they are, ``removed`` go.
    ``missing`` were asked for, and there are no bytes for them. ``origin`` is what
    their maker says of the new ones, and ``told`` what it said of the old ones.
    """

    old: Marks
    new: Marks
    files: dict[str, str]
    kept: frozenset[str]
    removed: frozenset[str]
    missing: tuple[str, ...]
    origin: Origin
    told: Origin

    @property
    def moves_files(self) -> bool:
        """Whether any file of the site is replaced, added or removed."""
        return bool(self.files or self.removed)

    @property
    def only_clock(self) -> bool:
        """Whether nothing moves but files that stand already and follow the clock."""
        return not self.removed and all(
            path in self.old and self.new[path].follows_clock for path in self.files
        )

    @property
    def is_news(self) -> bool:
        """Whether anything is to be remembered otherwise than before."""
        return self.new != self.old or self.origin.sections != self.told.sections

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that the new site needs, without the root."""
        return frozenset(parents(self.new))

    def written(self) -> frozenset[str]:
        """Return the files that count as written: not those that moved with the clock alone."""
        return frozenset(path for path in self.files if not self._ticked(path))

    def _ticked(self, path: str) -> bool:
        mark, before = self.new[path], self.old.get(path)
        return mark.follows_clock and before is not None and before.stamp == mark.stamp


class Staging:
    """A folder of new files, written as they come and awaited together."""

    def __init__(self, folder: str, old: Marks, told: Origin, wanted: frozenset[str]) -> None:
        self._folder = folder
        self._old = old
        self._told = told
        self._wanted = wanted
        self._new: dict[str, Mark] = {}
        self._files: dict[str, str] = {}
        self._count = 0

    def add(self, artifact: Artifact) -> None:
        """Write a page, unless the site holds the same bytes already."""
        mark = Mark.of(artifact)
        before = self._old.get(artifact.path)
        self._files.pop(artifact.path, None)
        if before is None or before.fingerprint != mark.fingerprint:
            self._files[artifact.path] = self._write(artifact.body)
        else:
            mark = replace(mark, inode=before.inode)
        self._new[artifact.path] = mark

    def change(self, origin: Origin) -> Change:
        """Return what is to be done, once every new file is safely on the disk."""
        for file in self._files.values():
            durable.sync(file)
        gone = self._old.keys() - self._wanted
        new = {**self._old, **self._new}
        for path in gone:
            del new[path]
        return Change(
            old=self._old,
            new=new,
            files=self._files,
            kept=frozenset(new.keys() - self._files.keys()),
            # The manifest may be anybody's by now: a name that leads out of the site stays.
            removed=frozenset(filter(is_safe, gone)),
            missing=tuple(sorted(self._wanted - new.keys())),
            origin=origin,
            told=self._told,
        )

    def _write(self, body: bytes) -> str:
        if not self._count:
            durable.make_folder(self._folder)
        self._count += 1
        path = f"{self._folder}/{self._count}"
        durable.write_new(path, body)
        return path
