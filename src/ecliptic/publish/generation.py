"""The folder of one generation, made while nobody sees it.

It begins empty, or with what an older generation left: then only what differs is done.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from os import DirEntry
from pathlib import Path

from ecliptic.publish import durable
from ecliptic.publish.staging import Change


def build(folder: str, present: str, change: Change) -> set[str]:
    """Make ``folder`` hold the site of ``change``, safely on the disk.

    Kept files become hard links to those in ``present``, whose inodes their marks say; new
    ones are renamed in. What else stands in ``folder`` is removed, whosever it is. Returned are
    the kept files that somebody has taken away since they were seen.
    """
    durable.make_folder(folder)
    files, folders = _tree(folder)
    same = {path for path, mark in change.new.items() if files.get(path) == mark.inode}
    standing = change.kept & same
    gone, lacking = files.keys() - standing, change.kept - standing
    needed = change.folders
    for path in gone:
        Path(folder, path).unlink()
    for path in sorted(folders - needed, reverse=True):  # the inner ones first
        Path(folder, path).rmdir()
    for path in sorted(needed - folders):
        durable.make_folder(f"{folder}/{path}")
    lost: set[str] = set()
    for path in lacking:
        try:
            os.link(f"{present}/{path}", f"{folder}/{path}", follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            lost.add(path)
    for path, file in change.files.items():
        Path(file).rename(f"{folder}/{path}")
    touched = _holders([*gone, *lacking, *change.files, *(folders ^ needed)])
    for path in touched & needed | {""}:
        durable.sync_folder(f"{folder}/{path}")
    return lost


def copy(generation: str, folder: str) -> None:
    """Make ``folder``, which is not there, of links to all files of a generation, safely."""
    files, folders = _tree(generation)
    for path in ("", *sorted(folders)):
        durable.make_folder(f"{folder}/{path}")
    for path in files:
        os.link(f"{generation}/{path}", f"{folder}/{path}", follow_symlinks=False)
    for path in ("", *folders):
        durable.sync_folder(f"{folder}/{path}")


def _tree(folder: str) -> tuple[dict[str, int], set[str]]:
    """Return the inode number of each file in ``folder``, and the folders in it, by path."""
    inode = DirEntry.inode if _lists_inodes(folder) else _asked_inode
    files: dict[str, int] = {}
    folders: set[str] = set()
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(f"{folder}/{inside}") as entries:
            for entry in entries:
                path = inside + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append(f"{path}/")
                else:
                    files[path] = inode(entry)
    return files, folders


def _lists_inodes(folder: str) -> bool:
    """Whether a list of names tells true inode numbers, which spares a question for each file.

    FUSE file systems may give one number to all (d_ino, readdir(3)).
    """
    with os.scandir(folder) as entries:
        return all(entry.inode() == _asked_inode(entry) for entry in entries)


def _asked_inode(entry: DirEntry[str]) -> int:
    return entry.stat(follow_symlinks=False).st_ino


def _holders(paths: Iterable[str]) -> set[str]:
    """Return the folders in which ``paths`` are names; the root is ``""``."""
    return {path.rpartition("/")[0] for path in paths}
