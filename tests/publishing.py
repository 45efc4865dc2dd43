"""What tests of publishing need: pages, and exact looks at what stands on the disk."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from ecliptic.model.page import Artifact
from ecliptic.publish import Committed, open_site


def make_page(
    path: str, body: bytes | str = b"", *, stamp: str = "", follows_clock: bool = False
) -> Artifact:
    """Return a rendered page; its stamp follows from its bytes unless one is given."""
    data = body.encode() if isinstance(body, str) else body
    return Artifact(
        path=path, body=data, stamp=stamp or data.hex()[:40] or "empty", follows_clock=follows_clock
    )


def publish(
    output: Path, pages: Mapping[str, bytes | str] | Iterable[Artifact], mode: str = "auto"
) -> Committed:
    """Publish a whole site, each page rendered."""
    made = (
        [make_page(path, body) for path, body in pages.items()]
        if isinstance(pages, Mapping)
        else list(pages)
    )
    return open_site(str(output), mode).commit(made, [page.path for page in made])


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a site with its bytes."""
    root = folder.resolve()
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if not path.is_dir()
    }


def identity(folder: Path) -> dict[str, tuple[int, int]]:
    """Return inode and modification time of everything in a site, folders too."""
    root = folder.resolve()
    return {
        str(path.relative_to(root)): (found.st_ino, found.st_mtime_ns)
        for path in (root, *root.rglob("*"))
        for found in (os.lstat(path),)
    }


def names(folder: Path) -> list[str]:
    """Return what stands in a folder, by name."""
    return sorted(path.name for path in folder.iterdir())


def believed(output: Path) -> None:
    """Let a second pass since the manifest was saved, so that it is believed."""
    manifests = home(output).glob("*.json")
    later = time.time_ns() + 10**9
    for manifest in manifests:
        os.utime(manifest, ns=(later, later))


def home(output: Path) -> Path:
    """Return the folder of generations that belongs to a site."""
    return output.parent / f".{output.name}.generations"


def generations(output: Path) -> list[str]:
    """Return the names of the generations that are kept, oldest first."""
    return sorted(path.name for path in home(output).glob("*") if path.is_dir())
