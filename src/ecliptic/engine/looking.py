"""One file or address at a time: checking it, and reading the document there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from ecliptic.engine.settings import load_site, user_agent, wall_clock
from ecliptic.errors import EclipticError, UsageError
from ecliptic.flows.running import run
from ecliptic.model.access import without_password
from ecliptic.model.finding import Checked, Finding
from ecliptic.model.parsed import ParsedFeed
from ecliptic.model.site import DIALECTS, FetchSettings, Site


def check(
    what: str,
    *,
    now: datetime | None = None,
    allow_networks: Sequence[str] = (),
    config: str | Path = "",
    dialect: str = "",
) -> Checked:
    """Check a configuration file, a feed in a file, or the feed at an http(s) address.

    An address is asked as the planet of ``config`` would ask it, if that is given.
    """
    now = now or wall_clock()
    if _is_address(what):
        return _check_address(what, now, allow_networks, _site(config, dialect))
    from ecliptic.flows.check import check_file  # noqa: PLC0415 - see `Planet.why`

    return check_file(Path(what), now) or _check_configuration(Path(what), now, dialect)


def _site(config: str | Path, dialect: str) -> Site | None:
    return load_site(config, dialect=dialect) if config else None


def _check_configuration(path: Path, now: datetime, dialect: str) -> Checked:
    from ecliptic import sources  # noqa: PLC0415 - see `load_site`
    from ecliptic.sources.check import examine  # noqa: PLC0415 - as above

    is_old = sources.detect(path) in {"ini", "yaml"}
    found = examine(path.absolute(), lambda each: load_site(each, dialect=dialect))
    errors = sum(finding.severity == "error" for finding in found)
    read_as = ""
    if not errors:
        from ecliptic.flows.listed import stored_findings  # noqa: PLC0415 - see `Planet.why`
        from ecliptic.flows.pipelines import check_plugins  # noqa: PLC0415 - as above
        from ecliptic.flows.social import check_social_image  # noqa: PLC0415 - as above

        site = load_site(path, dialect=dialect)
        read_as = f", as settings of {DIALECTS[site.dialect]}" if is_old else ""
        more = (*stored_findings(site, now), *check_plugins(site), *check_social_image(site))
        errors = sum(finding.severity == "error" for finding in more)
        found = tuple(sorted((*found, *more), key=lambda finding: finding.line))
    verdict = f"cannot be used: {_number(errors, 'error')}" if errors else f"can be used{read_as}"
    return Checked(what=str(path), verdict=verdict, status=2 if errors else 0, findings=found)


def _check_address(
    address: str, now: datetime, allow_networks: Sequence[str], site: Site | None
) -> Checked:
    from ecliptic.flows.adding import access_of  # noqa: PLC0415 - see `Planet.why`
    from ecliptic.flows.check import check_found  # noqa: PLC0415 - see `Planet.why`
    from ecliptic.flows.library import find_feed  # noqa: PLC0415 - see `Planet.why`

    settings = site.fetch if site else FetchSettings()
    settings = replace(settings, allow_networks=(*settings.allow_networks, *allow_networks))
    access = access_of(site, address) if site else None
    shown, agent = without_password(address), user_agent(site)
    try:
        found = run(find_feed(address, settings, user_agent=agent, now=now, access=access))
    except EclipticError as error:
        message = error.message.removesuffix(f" [{error.code}]")
        finding = Finding(severity="error", code=error.code, message=message)
        return Checked(what=shown, verdict="no feed", status=1, findings=(finding,))
    return check_found(address, found, now)


def read_document(
    source: str,
    *,
    url: str = "",
    content_type: str = "",
    now: datetime | None = None,
    allow_networks: Sequence[str] = (),
) -> ParsedFeed:
    """Parse the document in a file, at an address, or (``-``) on stdin.

    Raises ``UsageError`` when the file cannot be read and ``EclipticError``
    when the address gives no document.
    """
    from ecliptic.documents import parse  # noqa: PLC0415 - see `Planet.why`

    if _is_address(source):
        from ecliptic.flows.library import fetch_one  # noqa: PLC0415 - files need no client

        settings = FetchSettings(allow_networks=tuple(allow_networks))
        fetched = run(fetch_one(source, settings, user_agent=user_agent(), now=now or wall_clock()))
        body, url = fetched.body, url or fetched.url
        content_type = content_type or fetched.content_type
    else:
        body = _read(source)
    return parse(body, url=url, headers={"content-type": content_type})


def _read(source: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UsageError("parse.unreadable", f"{source}: {error.strerror}") from error


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
