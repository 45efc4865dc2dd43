"""fetch → parse → decide: looking for the picture of one feed, question by question."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import TypeAlias

import msgspec

from ecliptic.decide.portraits import (
    NO_FACE,
    face_fault,
    face_found,
    face_kept,
    face_missing,
    favicon_of,
    is_file,
    is_passing,
    named_by,
)
from ecliptic.model.access import Access
from ecliptic.model.feed import FeedState
from ecliptic.model.outcome import Failed, Fetched, Held, NotModified, Outcome, Request
from ecliptic.model.picture import FaceState, Tried


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A question on the way: a picture is expected, or a page that names some."""

    request: Request
    is_page: bool = False


class NotNowError(Exception):
    """A host is not asked in this run: what was to be found stays as it is."""


_Asking: TypeAlias = Generator[Ask, Outcome, Outcome]
_Finding: TypeAlias = Generator[Ask, Outcome, FaceState | None]


class Looking:
    """Looking for the picture of a feed; ``body`` has its bytes when new ones were found.

    The operator's own comes first, and alone; then what the feed names, then its site.
    """

    def __init__(
        self,
        feed: FeedState,
        before: FaceState | None,
        *,
        wish: str,
        access: Access | None,
        now: datetime,
    ) -> None:
        self.feed_id = feed.id
        self.before = before
        self.body = b""
        self._wish = wish
        self._named = named_by(feed)
        self._proxy = access.proxy if access is not None else None
        self._now = now
        self._tried: list[Tried] = []
        self._may_pass = False

    def steps(self) -> Generator[Ask, Outcome, FaceState]:
        """Yield what to ask, take the answers, and return how it stands then.

        Raises ``NotNowError`` when a host cannot be asked in this run.
        """
        if self._wish == NO_FACE:
            return self._missing()
        found = None
        before = self.before
        if before is not None and before.picture and before.wish == self._wish:
            if before.named == self._named:
                found = yield from self._again(before)
            found = found or (yield from self._search())
            if found is None and self._may_pass:
                found = face_kept(before, self._now, *self._tried)
        else:
            found = yield from self._search()
        return found or self._missing()

    def given_up(self) -> FaceState:
        """Return how it stands when the run had no more time."""
        self._tried.append(Tried(url="", code="decide.face_no_time"))
        before = self.before
        if before is not None and before.picture and before.wish == self._wish:
            return face_kept(before, self._now, *self._tried)
        return self._missing()

    def _missing(self) -> FaceState:
        return face_missing(self._wish, self._named, self._now, tuple(self._tried))

    def _again(self, before: FaceState) -> _Finding:
        """Ask whether the picture that is known has changed."""
        outcome = yield from self._ask(
            Request(
                url=before.url,
                etag=before.etag,
                last_modified=before.last_modified,
                validators_url=before.validators_url,
                whole=True,
                access=self._access(before.url),
                tag=self.feed_id,
            )
        )
        if isinstance(outcome, NotModified):
            return face_kept(before, self._now)
        if isinstance(outcome, Failed) and is_passing(outcome):
            return face_kept(before, self._now, *self._tried)
        return self._judged(before.code, before.url, outcome)

    def _search(self) -> _Finding:
        if self._wish:
            return (yield from self._try("decide.face_wished", self._wish))
        icon, image, home = self._named
        found = yield from self._try("decide.face_named", icon)
        found = found or (yield from self._try("decide.face_named", image))
        if found is not None or not _is_web(home):
            return found
        for url in (yield from self._icons(home)):
            if found := (yield from self._try("decide.face_icon", url)):
                return found
        return (yield from self._try("decide.face_favicon", favicon_of(home)))

    def _try(self, code: str, url: str) -> _Finding:
        is_own = is_file(url) and url == self._wish
        if not (_is_web(url) or is_own) or any(tried.url == url for tried in self._tried):
            return None
        access = self._access(url)
        outcome = yield from self._ask(
            Request(url=url, whole=True, access=access, tag=self.feed_id)
        )
        return self._judged(code, url, outcome)

    def _icons(self, home: str) -> Generator[Ask, Outcome, tuple[str, ...]]:
        request = Request(url=home, whole=True, access=self._access(home), tag=self.feed_id)
        outcome = yield from self._ask(request, is_page=True)
        if not isinstance(outcome, Fetched):
            return ()
        from ecliptic.parse import icons  # noqa: PLC0415 - most runs read no page

        found = icons(outcome.body, url=outcome.url, content_type=outcome.content_type)
        if not found:
            self._tried.append(Tried(url=home, code="decide.face_no_icon"))
        return found

    def _ask(self, request: Request, *, is_page: bool = False) -> _Asking:
        outcome = yield Ask(request=request, is_page=is_page)
        if isinstance(outcome, Held):
            raise NotNowError
        if isinstance(outcome, Failed):
            self._may_pass |= is_passing(outcome)
            failure = Tried(url=request.url, code=outcome.code, detail=outcome.detail)
            self._tried.append(failure)
        return outcome

    def _judged(self, code: str, url: str, outcome: Outcome) -> FaceState | None:
        if not isinstance(outcome, Fetched):
            return None
        from ecliptic.parse import picture_of  # noqa: PLC0415 - see above

        picture = picture_of(outcome.body, drawings=is_file(url))
        fault, detail = face_fault(picture, len(outcome.body))
        if fault:
            self._tried.append(Tried(url=url, code=fault, detail=detail))
            return None
        self.body = outcome.body
        state = FaceState(
            code=code,
            checked_at=self._now,
            next_at=self._now,
            wish=self._wish,
            named=self._named,
            url=url,
            etag=outcome.etag,
            last_modified=outcome.last_modified,
            validators_url=outcome.url if outcome.url != url else "",
            tried=tuple(self._tried),
            picture=picture,
        )
        return face_found(state, self._now)

    def _access(self, url: str) -> Access | None:
        """Return the way to an address: by the feed's proxy, and without its secrets."""
        if is_file(url):
            return Access(home=url, local=True)
        return Access(home=url, proxy=self._proxy) if self._proxy is not None else None


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))
