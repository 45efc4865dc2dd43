"""The words of what is decided of the pictures beside the names of feeds."""

from __future__ import annotations

from typing import Final

FACES: Final = {
    "decide.face_wished": "the picture that the configuration names, {url}",
    "decide.face_named": "the picture that the feed names, {url}",
    "decide.face_icon": "the icon that its site names, {url}",
    "decide.face_favicon": "the favicon.ico of its site, {url}",
    "decide.face_none": "none was found",
    "decide.face_unwanted": 'the configuration says that it has none (face = "none")',
    "decide.face_unasked": "none was looked for yet; a run looks for {count} at most, after a "
    "feed was read",
    "decide.face_off": "this planet shows none (faces)",
    "decide.face_no_picture": "it is no PNG, JPEG, GIF, WebP or ICO picture",
    "decide.face_too_large": "it has {detail} bytes; a picture of a feed has {most} at most",
    "decide.face_bad_size": "its size is {detail} pixels; each side must have {least} to {most}, "
    "and none may be more than {times} times the other",
    "decide.face_no_icon": "the page names no icon",
    "decide.face_no_time": "the run had no more time for it",
    "decide.image_no_room": "there is no room for it: newer ones come first",
}
