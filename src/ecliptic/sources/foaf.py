"""People in a FOAF document: their weblogs, their accounts, and where more is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final
from urllib.parse import quote, urljoin

from lxml import etree

from ecliptic.model.reading_list import ACCOUNT_NAME, MOST_REACHED
from ecliptic.model.site import Subscription
from ecliptic.sources import address

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_RDFS: Final = "{http://www.w3.org/2000/01/rdf-schema#}"
_RSS: Final = "{http://purl.org/rss/1.0/}"
_FOAF: Final = "{http://xmlns.com/foaf/0.1/}"


def read(
    data: bytes, url: str, accounts: Mapping[str, str]
) -> tuple[list[Subscription], list[str]] | None:
    """Return the feeds of the people in a document, and the documents of those they know.

    ``None`` says that it is no FOAF document; ``url`` is where it was. ``accounts`` has the
    addresses of feeds by the page of a service (``ReadingList``).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != f"{_RDF}RDF":
        return None
    feeds: list[Subscription] = []
    further: dict[str, None] = {}
    for person in root.iter(f"{_FOAF}Person", f"{_FOAF}Agent"):
        feeds += _weblogs(person)
        feeds += _accounts(person, accounts)
        # To judge an address takes longer than to read it.
        further |= dict.fromkeys(islice(_known(person, url), MOST_REACHED - len(further)))
    return feeds, list(further)


def _weblogs(person: etree._Element) -> Iterator[Subscription]:
    for page in person.findall(f"{_FOAF}weblog/{_FOAF}Document"):
        for channel in page.findall(f"{_RDFS}seeAlso/{_RSS}channel"):
            yield Subscription(
                url=address.mended(str(channel.get(f"{_RDF}about", ""))),
                name=_name(person),
                link=str(page.get(f"{_RDF}about", "")).strip(),
            )


def _accounts(person: etree._Element, accounts: Mapping[str, str]) -> Iterator[Subscription]:
    for account in person.findall(f"{_FOAF}holdsAccount/{_FOAF}OnlineAccount"):
        page = account.find(f"{_FOAF}accountServiceHomepage")
        service = "" if page is None else str(page.get(f"{_RDF}resource", "")).strip()
        name = (account.findtext(f"{_FOAF}accountName") or "").strip()
        if name and service in accounts:
            url = accounts[service].replace(ACCOUNT_NAME, quote(name, safe="@"))
            yield Subscription(url=url, name=_name(person))


def _known(person: etree._Element, url: str) -> Iterator[str]:
    """Yield the addresses of documents on those that a person knows."""
    for other in person.findall(f"{_FOAF}knows/*"):
        for document in other.findall(f"{_RDFS}seeAlso"):
            try:
                place = urljoin(url, str(document.get(f"{_RDF}resource", "")).strip())
            except ValueError:  # no address at all
                continue
            if not address.fault(place):
                yield place


def _name(person: etree._Element) -> str:
    return " ".join((person.findtext(f"{_FOAF}name") or "").split())
