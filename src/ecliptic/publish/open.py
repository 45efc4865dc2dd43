"""Which way a site is kept: behind a link, or in a plain folder."""

from __future__ import annotations

import os
from pathlib import Path

from ecliptic.publish import durable, manifest
from ecliptic.publish.fault import disk_faults, fault
from ecliptic.publish.folder import Folder, manifests_of
from ecliptic.publish.links import Links
from ecliptic.publish.site import Place, PublishedSite


def open_site(output: str, publish_as: str = "auto") -> PublishedSite:
    """Return the site at ``output`` as it stands; no file of it is touched yet.

    ``links`` keeps whole generations behind a link, ``folder`` writes into a real
    folder, and ``auto`` takes links unless a folder with files or a mounted volume
    is there, or the file system has no links. Raises ``PublishError``.
    """
    # Not resolved: our own link would be.
    path = Path(os.path.normpath(Path.cwd() / output))
    with disk_faults(str(path)):
        if not path.name:
            raise fault("publish.in_the_way", path=str(path), detail="it is the root folder")
        if path.exists() and not path.is_dir():
            raise fault("publish.in_the_way", path=str(path), detail="it is not a folder")
        durable.make_folder(path.parent)
        return PublishedSite(_place(path, publish_as))


def glimpse(output: str) -> tuple[int, str]:
    """Return about how many files of ours stand at ``output``, and what they were made from.

    It is told from a few bytes, and what cannot be is none; ``open_site`` knows.
    """
    path = Path(os.path.normpath(Path.cwd() / output))
    of_link = Links(str(path)).manifest()
    return max(map(manifest.glimpse, (of_link,) if of_link else manifests_of(path.resolve())))


def _place(path: Path, publish_as: str) -> Place:
    links = Links(str(path))
    if publish_as == "folder":
        if links.is_ours():
            raise fault("publish.is_links", path=str(path))
        return Folder(str(path.resolve()))
    if links.is_ours() or (_is_free(path) and links.works_here()):
        return links
    if publish_as == "links":
        raise fault("publish.no_links", path=str(path))
    return Folder(str(path.resolve()))


def _is_free(path: Path) -> bool:
    """Whether nothing stands in the link's place but perhaps an empty folder."""
    if path.is_symlink() or path.is_mount():
        return False
    # A folder in which somebody stands shall not be taken away from under them.
    return not path.exists() or not (any(path.iterdir()) or path.samefile(Path.cwd()))
