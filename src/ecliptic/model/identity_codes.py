"""The words of the rules on which entry is which, on edits, and on what authors take out."""

from __future__ import annotations

from typing import Final

IDENTITY: Final = {
    "decide.restless": "it changes at every check, so only {count} changes a day are taken",
    "decide.known_by_id": "known again by its id, which only changed its address: it was {was}, "
    "and is {now}",
    "decide.known_by_link": "known again by its link under another id: it was {was}, and is {now}",
    "decide.known_by_path": "known again at another host, by what follows in its link: it was "
    "{was}, and is {now}",
    "decide.known_by_title": "known again by its title and date under another id or link: it was "
    "{was}, and is {now}",
    "decide.known_by_text": "known again by its text under another id or link: it was {was}, and "
    "is {now}",
    "decide.ids_unstable": "its ids do not last ({count} of {of} entries came back under other "
    "ones): they are not used, and its entries are known by their links",
    "decide.links_unstable": "neither its ids nor its links last ({count} of {of} entries came "
    "back under other ones): its entries are known by their texts",
    "decide.ids_steady": "its ids are used again: {count} documents in a row kept them",
    "decide.left_feed": "taken out of its feed by its author ({how}); it stays where it is "
    "(removed)",
    "decide.removed": "taken out of its feed by its author ({how}); `ecliptic entries unhide` "
    "shows it again, and so does the feed if it brings it back",
    "decide.removed.count": "{count} taken out by their author (removed)",
    "decide.returned": "it is in its feed again",
    "decide.merged": "the same as {into}, as was said by hand; `ecliptic entries split` shows it "
    "by itself again",
    "decide.merged.count": "{count} merged into others by hand",
    "decide.merged_with": "{other} was merged into it by hand",
    "decide.split_keys": "split by hand from what came under {count} other ids or links, which "
    "stands for itself when its feed brings it again",
    "decide.split": "split by hand from {other}: it stands for itself",
}
