"""A site behind one link: each change is another folder of hard links, shown by a rename.

    public -> .public.generations/000012
    .public.generations/000011/       a reader may still be in it
    .public.generations/000011.json
    .public.generations/000012/       what is unchanged: the same files as in 000011
    .public.generations/000012.json   its manifest
    .public.generations/spare-1/      the same files once more: 000013 will be made of it

Whoever resolves the link once sees one generation, whole.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from ecliptic.publish import durable, manifest
from ecliptic.publish.generation import build, copy
from ecliptic.publish.manifest import Marks, Standing
from ecliptic.publish.replace import replace_files
from ecliptic.publish.staging import Change

# Besides the present one, before building: readers who resolved an older link go on.
_PREVIOUS_KEPT: Final = 2

_SPARES: Final = _PREVIOUS_KEPT + 1
"""Generations that are made until there is an old one which the next can be made of."""

_MANY: Final = 4_000
"""Files from which on a run that wrote them makes the spares, each in a second or so.

Else each of the next runs, which bring little, would make as many links first.
"""

_NUMBER: Final = re.compile(r"(\d{6,})(?:\.json(?:\.new)?)?")


class Links:
    """The link, and the folder of generations beside it."""

    def __init__(self, output: str) -> None:
        self.output = output
        self._shown = Path(output)
        self._home = self._shown.parent / f".{self._shown.name}.generations"
        self._link = self._home / "link"
        self._probes = (self._home / "probe", self._home / "probe.twin")
        self._spares = [self._home / f"spare-{number}" for number in range(1, _SPARES + 1)]
        self._unfinished = self._home / "spare"
        self.staging = str(self._home / "staging")
        self._moved_at: Mapping[str, int] = {}
        """When names moved in folders of the present generation, as ``known`` saw its files."""

    def is_ours(self) -> bool:
        """Whether ``output`` is a link that we made."""
        return self._present() is not None

    def works_here(self) -> bool:
        """Try out whether the file system has links of both kinds."""
        probe, twin = self._probes
        try:
            durable.make_folder(self._home)
            self._clear_probes()
            durable.write_new(str(probe), b"")
            os.link(probe, twin, follow_symlinks=False)
            twin.unlink()
            twin.symlink_to(probe.name)
        except (OSError, NotImplementedError):
            return False
        self._clear_probes()
        return True

    def manifest(self) -> str:
        """Return where the manifest of the present generation is, ``""`` if there is none."""
        present = self._present()
        return "" if present is None else self._manifest(present)

    def known(self) -> Standing:
        """Return what stands in the present generation."""
        present = self._present()
        if present is None:
            return Standing()
        found = manifest.load(self._manifest(present), self._generation(present))
        self._moved_at = found.folders
        return found

    def look(self, marks: Marks) -> Marks:
        """Return which of these files of the present generation stand."""
        present = self._present()
        return {} if present is None else manifest.seen(marks, self._generation(present))

    def clean(self) -> None:
        """Remove the files that wait, and generations that were never shown."""
        if not self._home.is_dir():
            return
        present = self._present() or 0
        for number in self._numbers():
            if number > present or not Path(self._generation(number)).is_dir():
                self._drop(number)
            else:
                durable.waiting(self._manifest(number)).unlink(missing_ok=True)
        self._link.unlink(missing_ok=True)
        self._clear_probes()
        shutil.rmtree(self._unfinished, ignore_errors=True)
        shutil.rmtree(self.staging, ignore_errors=True)

    def apply(self, change: Change) -> None:
        """Show a new generation, if any file of the site moved but those of the clock."""
        present = self._present()
        if present is None or not Path(self._generation(present)).is_dir():
            self._show_new(change, None)
        elif change.moves_files and not change.only_clock:
            self._show_new(change, present)
        elif change.moves_files:
            self._replace(present, change)
        elif change.is_news:
            self._save(present, change, self._moved_at)

    def _replace(self, present: int, change: Change) -> None:
        """Rename files into the generation that is shown.

        Older ones hold the same files by hard links: renaming spares them. What somebody else
        moves there while this run goes on shall be seen by the next one.
        """
        folder = self._generation(present)
        holders = {path.rpartition("/")[0] for path in (*change.files, *change.removed)}
        before = manifest.when_moved(folder, holders)
        replace_files(folder, self._manifest(present), change)
        ours = {each for each in holders if before[each] == self._moved_at.get(each)}
        moved_at = dict.fromkeys(holders, 0) | manifest.when_moved(folder, ours)
        self._save(present, change, {**self._moved_at, **moved_at})

    def _save(
        self,
        number: int,
        change: Change,
        folders: Mapping[str, int],
        lost: Collection[str] = (),
    ) -> None:
        manifest.save_of(
            self._generation(number),
            self._manifest(number),
            {path: mark for path, mark in change.new.items() if path not in lost},
            change.origin,
            moved=change.files,
            folders={each: folders.get(each, 0) for each in ("", *sorted(change.folders))},
        )

    def _show_new(self, change: Change, present: int | None) -> None:
        durable.make_folder(self._home)
        old = self._prune()
        number = max(self._numbers(), default=0) + 1
        if not self._use_spare(number) and old is not None:
            self._reuse(old, number)
        folder = self._generation(number)
        lost = build(folder, self._generation(present or 0), change)
        self._save(number, change, manifest.when_moved(folder, ("", *change.folders)), lost)
        self._swap(number)
        if len(change.files) >= _MANY:
            self._make_spares(number)

    def _make_spares(self, number: int) -> None:
        """Link all files of a generation for the next ones too, as far as the disk lets us."""
        try:
            for spare in self._spares:
                shutil.rmtree(spare, ignore_errors=True)
                copy(self._generation(number), str(self._unfinished))
                self._unfinished.rename(spare)
        except OSError:
            shutil.rmtree(self._unfinished, ignore_errors=True)

    def _use_spare(self, number: int) -> bool:
        """Begin generation ``number`` with a spare, if there is one."""
        for spare in self._spares:
            if spare.is_dir() and not spare.is_symlink():
                try:
                    spare.rename(self._generation(number))
                except OSError:  # as in _reuse
                    shutil.rmtree(spare, ignore_errors=True)
                else:
                    return True
        return False

    def _swap(self, number: int) -> None:
        """Point the link at a generation: the one moment in which the site changes."""
        self._link.symlink_to(f"{self._home.name}/{number:06d}")
        if self._shown.is_dir() and not self._shown.is_symlink():
            self._shown.rmdir()  # an empty folder, the first time
        self._link.replace(self._shown)
        durable.sync_folder(str(self._shown.parent))

    def _prune(self) -> int | None:
        """Remove generations that no reader can still be in, but the newest: it is returned."""
        present = self._present() or 0
        older = sorted(number for number in self._numbers() if number < present)
        unneeded = older[:-_PREVIOUS_KEPT]
        last = unneeded.pop() if unneeded and self._is_folder(unneeded[-1]) else None
        for number in unneeded:
            self._drop(number)
        return last

    def _is_folder(self, number: int) -> bool:
        """Whether a generation stands itself: where somebody's link leads is not ours."""
        return not Path(self._generation(number)).is_symlink()

    def _reuse(self, old: int, number: int) -> None:
        """Begin generation ``number`` with the files of an old one: most stay as they are.

        From here to the swap it counts as never shown, and the next run would remove it.
        """
        self._forget(old)
        try:
            Path(self._generation(old)).rename(self._generation(number))
        except OSError:  # an overlay renames no folder of the layer below (EXDEV)
            self._drop(old)

    def _drop(self, number: int) -> None:
        self._forget(number)
        folder = self._generation(number)
        if self._is_folder(number):
            shutil.rmtree(folder, ignore_errors=True)
        else:
            Path(folder).unlink()

    def _forget(self, number: int) -> None:
        Path(self._manifest(number)).unlink(missing_ok=True)
        durable.waiting(self._manifest(number)).unlink(missing_ok=True)

    def _present(self) -> int | None:
        """Return the number of the generation that the link shows, if the link is ours."""
        try:
            home, _, number = str(self._shown.readlink()).rpartition("/")
        except OSError:
            return None
        return int(number) if home == self._home.name and number.isdecimal() else None

    def _numbers(self) -> set[int]:
        names = (_NUMBER.fullmatch(path.name) for path in self._home.iterdir())
        return {int(name[1]) for name in names if name}

    def _generation(self, number: int) -> str:
        return str(self._home / f"{number:06d}")

    def _manifest(self, number: int) -> str:
        return f"{self._generation(number)}.json"

    def _clear_probes(self) -> None:
        for probe in self._probes:
            probe.unlink(missing_ok=True)
