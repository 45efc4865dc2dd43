"""Files take their places one by one, by rename, in a folder that is being read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ecliptic.publish import durable, manifest
from ecliptic.publish.fault import fault
from ecliptic.publish.manifest import Mark
from ecliptic.publish.paths import above, in_order, parents
from ecliptic.publish.staging import Change


def replace_files(folder: str, manifest_path: str, change: Change) -> None:
    """Rename the waiting files into ``folder``, and remove what the site dropped.

    First the manifest says what is about to happen. A run that is stopped on
    the way leaves every page whole, and the next one knows which pages may
    be of either run, so it makes those again. What has happened is for the caller to save.
    """
    _refuse_strangers(Path(folder), change)
    manifest.save(manifest_path, _intent(folder, change))
    first = _in_the_way(change)
    _remove(folder, first)
    for path in in_order(change.files):
        target = Path(folder, path)
        if _is_folder(target):
            _remove_hollow(target)
        durable.make_folder(target.parent)
        Path(change.files[path]).replace(target)
    _remove(folder, change.removed - first)
    _sync_folders(folder, [*change.files, *change.removed])


def _intent(folder: str, change: Change) -> dict[str, Mark]:
    """Return the marks that hold at any moment of the renaming.

    A stranger's file in the place of a new page is not ours before it is replaced.
    """
    marks = {path: change.new[path] for path in change.kept}
    marks.update({path: change.old[path].in_doubt() for path in change.removed})
    for path in change.files:
        if path in change.old or not os.path.lexists(f"{folder}/{path}"):
            marks[path] = change.old.get(path, change.new[path]).in_doubt()
    return marks


def _in_the_way(change: Change) -> frozenset[str]:
    """Return the dropped files that stand where a new page needs a folder, or the reverse."""
    needed = parents(change.files)
    return frozenset(
        path
        for path in change.removed
        if path in needed or any(folder in change.files for folder in above(path))
    )


def _refuse_strangers(root: Path, change: Change) -> None:
    """Raise, before anything is renamed, for what is not ours and cannot be replaced."""
    for path in parents(change.files):
        folder = root / path
        if folder.is_symlink():
            raise fault("publish.link_in_the_way", path=str(folder))
        if folder.is_file() and path not in change.removed:
            raise fault("publish.in_the_way", path=str(folder), detail="it is a file")
    for path in change.files:
        target = root / path
        if _is_folder(target) and not _files_in(target, root) <= change.removed:
            raise fault("publish.in_the_way", path=str(target), detail="it is a folder")


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _files_in(folder: Path, root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in folder.rglob("*") if not _is_folder(path)}


def _remove_hollow(folder: Path) -> None:
    """Remove a folder that holds nothing but such folders."""
    for inner in folder.iterdir():
        _remove_hollow(inner)
    folder.rmdir()


def _remove(folder: str, paths: Iterable[str]) -> None:
    """Remove files, and the folders that this leaves empty."""
    emptied: set[str] = set()
    for path in paths:
        Path(folder, path).unlink(missing_ok=True)
        emptied.update(above(path))
    for path in sorted(emptied, key=len, reverse=True):
        with suppress(OSError):  # not empty, or gone already
            Path(folder, path).rmdir()


def _sync_folders(folder: str, paths: Iterable[str]) -> None:
    for path in {path.rpartition("/")[0] for path in paths} | {""}:
        if Path(folder, path).is_dir():
            durable.sync_folder(f"{folder}/{path}")
