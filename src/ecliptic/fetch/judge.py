"""From a transfer that ended to its outcome."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Final

from ecliptic.fetch.answer import read_freshness, read_retry_after, read_validator
from ecliptic.fetch.failures import BROKEN, explain
from ecliptic.fetch.target import BadAddressError
from ecliptic.fetch.transfer import Transfer
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome
from ecliptic.model.site import FetchSettings

_STAGE: Final = "fetch"
_MOST_LINKS: Final = 8_000


def judge(
    transfer: Transfer, code: int, text: str, *, settings: FetchSettings, now: datetime
) -> Outcome | None:
    """Say what came of a transfer; ``None`` if its job goes on at another address."""
    job = transfer.job
    job.received += transfer.received()
    job.seconds += transfer.seconds()
    status = transfer.status
    if job.may_follow(status):
        return _redirect(transfer, status, settings.max_redirects)
    if status and not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        is_answer = status == HTTPStatus.NOT_MODIFIED and job.is_conditional
        return _not_modified(transfer, now) if is_answer else _refusal(transfer, status, now)
    if status and job.request.form:
        code = 0  # it was taken, whatever became of what is said about it
    if code in BROKEN and not job.is_retry and transfer.is_stale():
        job.is_retry = True  # the server closed it while we wrote: RFC 9112, 9.3.1
        return None
    if code or not status or not transfer.is_unpacked:
        return _fail(transfer, *explain(transfer, code, text))
    if status == HTTPStatus.IM_USED and (problem := _delta_problem(transfer)):
        return _fail(transfer, "fetch.bad_delta", problem)
    return _fetched(transfer, status, now)


def unresolved(transfer: Transfer, addresses: tuple[str, ...] | None) -> Failed:
    """Say why a name led to no address: there is none, or it could not be found in time."""
    if addresses is None:
        return _fail(transfer, "fetch.timeout", "name")
    if transfer.route is not None:
        return _fail(transfer, "fetch.proxy", f"no address is known for {transfer.route.host}")
    return _fail(transfer, "fetch.dns", transfer.job.target.host)


def refused(transfer: Transfer) -> Failed:
    """Say that a target is not even asked of a proxy."""
    return _fail(transfer, "fetch.refused_address", transfer.job.target.host)


def _redirect(transfer: Transfer, status: int, most: int) -> Failed | None:
    job = transfer.job
    location = transfer.fields.get("location", "")
    if not location:
        return _fail(transfer, "fetch.bad_redirect", "no Location")
    if job.hops >= most:
        return _fail(transfer, "fetch.too_many_redirects", f"more than {most}")
    try:
        job.follow(location, status)
    except BadAddressError as error:
        return _fail(transfer, "fetch.bad_redirect", str(error))
    return None


def _delta_problem(transfer: Transfer) -> str:
    """Say what is wrong with a 226 (RFC 3229, 10.4.1), or ``""``."""
    if not transfer.job.asks_delta:
        return "not asked for"
    manipulations = transfer.fields.get("im", "")
    if manipulations.strip().lower() != "feed":
        return f"made by {manipulations[:50]!r}" if manipulations else "no IM header"
    return ""


def _refusal(transfer: Transfer, status: int, now: datetime) -> Failed:
    return Failed(
        url=transfer.job.target.url,
        code=f"{_STAGE}.http_{status}",
        status=status,
        retry_at=read_retry_after(transfer.fields.get("retry-after", ""), now),
        received=transfer.job.received,
        seconds=transfer.job.seconds,
    )


def _fail(transfer: Transfer, code: str, detail: str) -> Failed:
    return Failed(
        url=transfer.job.target.url,
        code=code,
        detail=detail,
        status=transfer.status,
        received=transfer.job.received,
        seconds=transfer.job.seconds,
    )


def _not_modified(transfer: Transfer, now: datetime) -> NotModified:
    fields = transfer.fields
    return NotModified(
        url=transfer.job.target.url,
        etag=read_validator(fields.get("etag", "")),
        last_modified=read_validator(fields.get("last-modified", "")),
        permanent_url=transfer.job.permanent_url(),
        fresh_seconds=read_freshness(fields, now),
        retry_at=read_retry_after(fields.get("retry-after", ""), now),
        received=transfer.job.received,
        seconds=transfer.job.seconds,
    )


def _fetched(transfer: Transfer, status: int, now: datetime) -> Fetched:
    fields, job = transfer.fields, transfer.job
    return Fetched(
        url=job.target.url,
        body=transfer.body(),
        status=status,
        content_type=fields.get("content-type", ""),
        content_location=fields.get("content-location", ""),
        links=fields.get("link", "")[:_MOST_LINKS],
        etag=read_validator(fields.get("etag", "")),
        last_modified=read_validator(fields.get("last-modified", "")),
        permanent_url=job.permanent_url(),
        fresh_seconds=read_freshness(fields, now),
        retry_at=read_retry_after(fields.get("retry-after", ""), now),
        received=job.received,
        seconds=job.seconds,
    )
