"""Which of the copies of a post is shown: the original, as far as can be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from ecliptic.decide.lifted import still_hidden_by
from ecliptic.decide.permalinks import host_of, permalink, place_of
from ecliptic.model.feed import FeedState
from ecliptic.model.naming import feed_name
from ecliptic.model.parsed import EntrySource
from ecliptic.model.twin import Copy, Fold, Likeness, Origin

Edges: TypeAlias = Mapping[tuple[int, int], Likeness]
"""What makes two copies one post, by their rows, the smaller one first."""

OWN: Final = "decide.duplicate"
_MANY: Final = 3
"""Sites that a feed must lead to beside its own to be one that gathers."""

_BECAUSE: Final = (
    "the other copy says that it was taken from elsewhere",
    "it stands on its feed's own site",
    "the other feed gathers entries of many sites",
    "it was published earlier",
    "its feed is listed first",
)
"""Evidence for an original, in the order of ``_Rank``."""


class _Rank(NamedTuple):
    """How far a copy is from being the original; the least one is shown."""

    is_taken: bool
    distance: tuple[int, int]
    is_gathered: bool
    published: datetime
    position: int
    first_seen_at: datetime
    uid: str


def origin_of(feed: FeedState, links: Iterable[str]) -> Origin:
    """Return what is known of a feed; ``links`` are those of a fair sample of its entries."""
    site = feed.link or feed.info.link or feed.url
    names = (feed.url, feed.asked_url, feed.link, feed.info.link, feed.info.self_link)
    return Origin(
        feed_id=feed.id,
        name=feed_name(feed),
        position=feed.position,
        site=site,
        names=frozenset(map(_name, filter(None, (*names, feed.info.id)))),
        gathers=_gathers(site, links),
    )


def folds(group: Sequence[Copy], edges: Edges, origins: Mapping[int, Origin]) -> list[Fold]:
    """Return which copies are folded into which, of entries that ``edges`` connect.

    What has an id or link in common is one post, however many steps lead from
    one to the other. Copies found by their texts must resemble one of those
    directly, or a series of posts that each resemble the next would be one.
    Of each post exactly one copy is shown, if any of them may be.
    """
    ranked = sorted(
        (copy for copy in group if copy.feed_id in origins),
        key=lambda copy: rank(copy, origins[copy.feed_id]),
    )
    found: list[Fold] = []
    for post in _posts(ranked, edges):
        shown = next((copy for copy in post if _may_show(copy)), None)
        if shown is not None:
            found += [
                Fold(
                    copy=copy,
                    shown=shown,
                    likeness=_likeness(copy, shown, post, edges),
                    because=_because(copy, shown, origins),
                )
                for copy in post
                if copy is not shown and _may_show(copy) and copy.stands.ruling != "show"
            ]
    return found


def rank(copy: Copy, origin: Origin) -> _Rank:
    """Return the place of a copy among others: the original comes first."""
    return _Rank(
        is_taken=copy.source is not None and _is_elsewhere(copy.source, origin),
        distance=min(_distance(link, origin.site) for link in (copy.link, *copy.former_links)),
        is_gathered=origin.gathers,
        published=copy.published or copy.first_seen_at,
        position=origin.position,
        first_seen_at=copy.first_seen_at,
        uid=copy.uid,
    )


def _posts(ranked: Sequence[Copy], edges: Edges) -> list[list[Copy]]:
    """Return the copies of each post, the best first."""
    exact = _connected(ranked, edges)
    place = {copy.row: number for number, copy in enumerate(ranked)}
    posts: list[list[Copy]] = []
    while exact:
        core, *rest = exact
        post, exact = list(core), []
        for cluster in rest:
            if any(_edge(one, other, edges) for one in core for other in cluster):
                post += cluster
            else:
                exact.append(cluster)
        posts.append(sorted(post, key=lambda copy: place[copy.row]))
    return posts


def _connected(ranked: Sequence[Copy], edges: Edges) -> list[list[Copy]]:
    """Return the entries that ids and links connect, those with the best entry first."""
    clusters: list[list[Copy]] = []
    for copy in ranked:
        mine = [
            cluster
            for cluster in clusters
            if any(
                (found := _edge(copy, other, edges)) is not None and found.how != "text"
                for other in cluster
            )
        ]
        if not mine:
            clusters.append([copy])
            continue
        first, *others = mine
        first.append(copy)
        for other in others:
            first += other
            clusters.remove(other)
    return clusters


def _likeness(copy: Copy, shown: Copy, post: Sequence[Copy], edges: Edges) -> Likeness:
    """Return what connects a copy to the one shown, or to another one on the way there."""
    direct = _edge(copy, shown, edges)
    if direct is not None:
        return direct
    return next(found for other in post if (found := _edge(copy, other, edges)) is not None)


def _edge(one: Copy, other: Copy, edges: Edges) -> Likeness | None:
    return edges.get((min(one.row, other.row), max(one.row, other.row)))


def _may_show(copy: Copy) -> bool:
    """Whether nothing but being a copy keeps an entry off the pages."""
    if copy.stands.hidden is None:
        return True
    return copy.stands.hidden.code == OWN and still_hidden_by(copy.stands.notes) is None


def _because(copy: Copy, shown: Copy, origins: Mapping[int, Origin]) -> str:
    worse, better = rank(copy, origins[copy.feed_id]), rank(shown, origins[shown.feed_id])
    reasons = zip(worse, better, _BECAUSE, strict=False)
    return next((words for one, other, words in reasons if one != other), _BECAUSE[-1])


def _is_elsewhere(source: EntrySource, origin: Origin) -> bool:
    """Whether the feed that an entry says it comes from is another one than its own."""
    named = [_name(name) for name in (source.feed_url, source.id, source.link) if name]
    return bool(named) and not any(name in origin.names for name in named)


def _name(address: str) -> str:
    return permalink(address) or host_of(address) or address


def _distance(link: str, site: str) -> tuple[int, int]:
    """Return how far an entry is from its feed's site: the deeper inside, the nearer."""
    host, folder = place_of(site)
    there, path = place_of(link)
    if not there or there != host:
        return (1, 0) if _is_kin(there, host) else (2, 0)
    return (0, -folder.count("/")) if path.startswith(folder) else (1, 0)


def _is_kin(host: str, other: str) -> bool:
    """Whether one host is a part of the other: ``blog.ann.example`` and ``ann.example``."""
    shorter, longer = sorted((host, other), key=len)
    return "." in shorter and longer.endswith(f".{shorter}")


def _gathers(site: str, links: Iterable[str]) -> bool:
    host = host_of(site)
    hosts = Counter(there for link in links if (there := host_of(link)))
    foreign = [there for there in hosts if there != host and not _is_kin(there, host)]
    return len(foreign) >= _MANY and 2 * sum(hosts[there] for there in foreign) > hosts.total()
