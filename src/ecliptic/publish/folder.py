"""A site in a plain folder, for hosts that cannot follow links and folders that are shared.

Each page is whole at any moment, old or new; readers may meet pages of two runs
while one is renaming. Files that are not ours are never removed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ecliptic.model.paths import OWN_FOLDER
from ecliptic.publish import durable, manifest
from ecliptic.publish.manifest import Marks, Standing
from ecliptic.publish.replace import replace_files
from ecliptic.publish.staging import Change


class Folder:
    """A real folder, with its manifest beside it, or inside where beside is no place."""

    def __init__(self, output: str) -> None:
        self.output = output
        # Inside, because a rename must stay within one mount.
        self._own = Path(output, OWN_FOLDER)
        self.staging = str(self._own / "staging")
        self._manifest = _manifest_path(Path(output))

    def known(self) -> Standing:
        """Return which files of ours stand in the folder; as it is shared, by a look at each."""
        return manifest.load(str(self._manifest), self.output)

    def look(self, marks: Marks) -> Marks:
        """Return which of these files stand."""
        return manifest.seen(marks, self.output)

    def clean(self) -> None:
        """Remove the files that wait, and our own folder when nothing else is in it."""
        durable.waiting(self._manifest).unlink(missing_ok=True)
        if self._own.is_dir():
            shutil.rmtree(self.staging, ignore_errors=True)
            if not any(self._own.iterdir()):
                self._own.rmdir()

    def apply(self, change: Change) -> None:
        """Rename the new files into the folder, then remove the dropped ones."""
        durable.make_folder(self._manifest.parent)
        if change.moves_files:
            replace_files(self.output, str(self._manifest), change)
        if change.moves_files or change.is_news:
            manifest.save(str(self._manifest), change.new, change.origin)


def manifests_of(output: Path) -> tuple[Path, Path]:
    """Return where the manifest of a folder may be: inside, or else beside it."""
    beside = output.parent / f".{output.name}.generations"
    return output / OWN_FOLDER / "manifest.json", beside / "manifest.json"


def _manifest_path(output: Path) -> Path:
    durable.make_folder(output)
    inside, beside = manifests_of(output)
    return inside if inside.exists() or not _can_hold_state(beside.parent) else beside


def _can_hold_state(beside: Path) -> bool:
    """Whether state beside the folder can be written, and would be there at the next run.

    Around a mounted volume there is often a container that is thrown away.
    """
    output = beside.parent / beside.name.removeprefix(".").removesuffix(".generations")
    if output.stat().st_dev != beside.parent.stat().st_dev:
        return False
    try:
        durable.make_folder(beside)
    except OSError:
        return False
    return os.access(beside, os.W_OK)
