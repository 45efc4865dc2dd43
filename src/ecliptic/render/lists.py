"""The subscriptions, for other programs: OPML and a FOAF roll."""

from __future__ import annotations

from collections.abc import Iterable

from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.site import Site
from ecliptic.render.naming import feed_link, planet_iri, web_address
from ecliptic.render.writer import Writer


def opml(site: Site, feeds: Iterable[FeedState]) -> bytes:
    """Write ``opml.xml`` (OPML 2.0): the addresses are the operator's, not where they led."""
    out = Writer()
    out.start("opml", version="2.0").start("head").text("title", site.name)
    out.some("ownerName", site.owner_name).some("ownerEmail", site.owner_email)
    out.some("ownerId", web_address(site.link)).end().start("body")
    for feed in feeds:
        name, url = feed_name(feed), web_address(feed.url)
        if url:  # where a file of ours lies is nobody else's business
            out.empty(
                "outline", text=name, title=name, type="rss", xmlUrl=url, htmlUrl=feed_link(feed)
            )
    return out.to_bytes()


def foafroll(site: Site, feeds: Iterable[FeedState]) -> bytes:
    """Write ``foafroll.xml``: the planet is a group, and who writes for it its members."""
    out = Writer()
    out.start(
        "rdf:RDF",
        xmlns__rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        xmlns__rdfs="http://www.w3.org/2000/01/rdf-schema#",
        xmlns__foaf="http://xmlns.com/foaf/0.1/",
        xmlns__rss="http://purl.org/rss/1.0/",
        xmlns__dc="http://purl.org/dc/elements/1.1/",
    )
    out.start("foaf:Group").text("foaf:name", site.name)
    out.empty("foaf:homepage", rdf__resource=planet_iri(site))
    for feed in feeds:
        out.start("foaf:member").start("foaf:Agent").text("foaf:name", feed_name(feed))
        if link := feed_link(feed):
            out.start("foaf:weblog").start("foaf:Document", rdf__about=link)
            out.text("dc:title", feed.info.title or feed_name(feed))
            _see_also(out, feed)
            out.end().end()
        else:
            _see_also(out, feed)
        out.end().end()
    return out.to_bytes()


def _see_also(out: Writer, feed: FeedState) -> None:
    if url := web_address(feed.url):
        out.start("rdfs:seeAlso").empty("rss:channel", rdf__about=url).end()
