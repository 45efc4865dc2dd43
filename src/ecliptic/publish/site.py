"""The site as it stands, and how to bring it to what it should be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Final, Protocol

import msgspec

from ecliptic.log import get_logger
from ecliptic.model.page import Artifact
from ecliptic.publish.fault import disk_faults, fault
from ecliptic.publish.manifest import Marks, Origin, Standing
from ecliptic.publish.paths import checked
from ecliptic.publish.staging import Change, Staging

log = get_logger(__name__)


class Committed(msgspec.Struct, frozen=True, kw_only=True):
    """What a commit did, in files; ``bytes_written`` is the size of those written.

    A file that moved with the clock alone counts as unchanged. ``missing`` are
    paths that were asked for and never rendered.
    """

    written: int
    unchanged: int
    removed: int
    bytes_written: int
    missing: tuple[str, ...] = ()


class Place(Protocol):
    """One way to keep a site on the disk."""

    output: str
    staging: str

    def known(self) -> Standing:
        """Return which files stand, or are believed to."""
        ...

    def look(self, marks: Marks) -> Marks:
        """Return which of these files stand, by a look at each."""
        ...

    def clean(self) -> None:
        """Remove what is not part of the site: of this run, or of one that was stopped."""
        ...

    def apply(self, change: Change) -> None:
        """Bring the files to ``change.new``; raise ``OSError`` with the old site standing."""
        ...


class PublishedSite:
    """A site on the disk. One process at a time may commit: the run's lock sees to it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        with disk_faults(place.output):
            standing = place.known()
        self._known = standing.marks
        self._is_believed = standing.is_believed
        self.origin: Final = standing.origin
        """What the commit that made it was told of that."""

    def look(self) -> bool:
        """Look at each file, where some were only believed to stand; return whether it did."""
        if not self._is_believed:
            return False
        with disk_faults(self._place.output):
            self._known = self._place.look(self._known)
        self._is_believed = False
        return True

    def stamps(self) -> Mapping[str, str]:
        """Return the stamp of each page that stands as we wrote it."""
        return {path: mark.stamp for path, mark in self._known.items() if mark.fingerprint}

    def fingerprints(self) -> Mapping[str, str]:
        """Return the hash of each page's bytes, as it stands."""
        return {path: mark.fingerprint for path, mark in self._known.items() if mark.fingerprint}

    def commit(
        self,
        changed: Iterable[Artifact],
        paths: Collection[str],
        origin: Origin = Origin(),  # noqa: B008 - frozen
    ) -> Committed:
        """Make the site hold exactly ``paths``: the ``changed`` pages, and what stands.

        Pages are written as they come. Equal bytes are never written again. Any
        error leaves the site that stands. ``origin`` is kept for the next run to compare, as it
        is when all pages have come.
        """
        wanted = checked(paths)
        where = self._place.output
        with disk_faults(where):
            self._place.clean()
        try:
            staging = Staging(self._place.staging, self._known, self.origin, wanted)
            for artifact in changed:  # its own errors are the renderer's, not the disk's
                if artifact.path not in wanted:
                    raise fault("publish.unlisted_path", path=artifact.path)
                with disk_faults(where):
                    staging.add(artifact)
            with disk_faults(where):
                change = staging.change(origin)
                self._place.apply(change)
        finally:
            with suppress(OSError):  # the next run tries again
                self._place.clean()
        self._known = change.new
        return self._report(change)

    def _report(self, change: Change) -> Committed:
        written = change.written()
        for path in sorted(written):
            log.info("page_written page=%s bytes=%d", path, change.new[path].size)
        for path in sorted(change.removed):
            log.info("page_removed page=%s", path)
        return Committed(
            written=len(written),
            unchanged=len(change.new) - len(written),
            removed=len(change.removed),
            bytes_written=sum(change.new[path].size for path in written),
            missing=change.missing,
        )
