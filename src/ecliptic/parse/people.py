"""Names and addresses of people, as feeds run them together → one record each."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Final

from ecliptic.model.parsed import Person

_EMAIL: Final = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"
_EMAIL_FIRST: Final = re.compile(
    rf"\s*<?(?:mailto:)?({_EMAIL})>?\s*(?:[(\[]([^()\[\]]*)[)\]]|[-,]?\s*(.*))?\s*\Z",
    re.DOTALL | re.IGNORECASE,
)
_NAME_FIRST: Final = re.compile(
    rf"(.*?)[\s,]*[(<\[]\s*(?:mailto:)?({_EMAIL})\s*[)>\]]\s*\Z", re.DOTALL | re.IGNORECASE
)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_QUOTES: Final = ('"', "'")
_MAX_LENGTH: Final = 1_000


def person_from(text: str) -> Person | None:
    """Split ``name (email)``, ``email (name)``, ``Name <email>``, a name or an address."""
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        text = text[:_MAX_LENGTH]
    return _person_from(text) if text else None


def person_of(name: str, email: str, url: str) -> Person | None:
    """Return the person with these parts, any of which may be empty or stand in the wrong place."""
    if len(name) + len(email) + len(url) > _MAX_LENGTH:
        return _person_of.__wrapped__(name, email, url)
    return _person_of(name, email, url)


@lru_cache(maxsize=1024)
def _person_of(name: str, email: str, url: str) -> Person | None:
    email = email.removeprefix("mailto:")
    if "@" in name and "@" not in email:
        person = person_from(name) or Person()
        name, email = person.name, person.email
    else:
        name = clean_name(name)
    if not (name or email or url):
        return None
    return Person(name=name, email=email[:200] if "@" in email else "", url=url)


@lru_cache(maxsize=1024)
def _person_from(text: str) -> Person | None:
    """Split it once: the entries of a feed have few authors."""
    if "@" in text:
        match = _EMAIL_FIRST.match(text)
        if match:
            rest = match[2] or match[3] or ""
            return Person(name="" if rest[:1] == "?" else clean_name(rest), email=match[1])
        match = _NAME_FIRST.match(text)
        if match:
            return Person(name=clean_name(match[1]), email=match[2])
    name = clean_name(text)
    return Person(name=name) if name else None


def clean_name(text: str) -> str:
    """Return a name as plain text: entities undone, tags, quotes and extra space removed."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    text = " ".join(text.split())
    if text[:1] in _QUOTES and len(text) > 1 and text[0] == text[-1]:
        text = text[1:-1].strip()
    return text
