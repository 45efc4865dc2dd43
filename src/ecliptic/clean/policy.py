"""What markup may stay: elements, attributes, schemes, limits.

The lists keep what good posts contain. ``VERSION`` moves with every change
that can change output; entries cleaned by another version are cleaned again.
"""

from __future__ import annotations

from typing import Final

import nh3
import pygments

from ecliptic.clean.words import words

VERSION: Final = "3"

_NH3: Final = vars(nh3)["__version__"]  # its stubs leave the name out; asking metadata takes long
POLICY: Final = f"{VERSION}/nh3-{_NH3}/pygments-{pygments.__version__}"
"""The cleaning rules in short, stored with each entry."""

_TEXT: Final = (
    "a abbr acronym b bdi bdo big br center cite code data del dfn em i ins kbd mark q rb rp rt "
    "rtc ruby s samp small span strike strong sub sup time tt u var wbr"
)
_BLOCKS: Final = (
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hgroup hr li main nav ol p pre section summary ul"
)
_TABLES: Final = "caption col colgroup table tbody td tfoot th thead tr"
_MEDIA: Final = "area audio iframe img map picture source track video"
# Presentation MathML (MathML Core), without the elements through which HTML and
# MathML parsing can be confused (mglyph, malignmark, annotation-xml, maction).
_MATH: Final = (
    "math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts "
    "mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover "
    "none semantics"
)

TAGS: Final = frozenset(f"{_TEXT} {_BLOCKS} {_TABLES} {_MEDIA} {_MATH}".split())
VOID: Final = words("area br col hr img source track wbr")

DROPPED_WITH_CONTENT: Final = words(
    "annotation annotation-xml applet canvas datalist embed frame frameset head noembed noframes "
    "noscript object optgroup option plaintext script select selectedcontent style svg template "
    "textarea title xmp"
)

_MATH_ATTRIBUTES: Final = words(
    "accent accentunder align alttext close columnalign columnlines columnspacing columnspan "
    "display displaystyle fence form frame largeop linethickness lspace mathvariant maxsize "
    "minsize movablelimits notation open rowalign rowlines rowspacing rowspan rspace scriptlevel "
    "separator separators stretchy symmetric width"
)
_EVERYWHERE: Final = words(
    "aria-describedby aria-hidden aria-label aria-labelledby class dir id lang role style title "
    "translate"
)
_BY_TAG: Final[dict[str, str]] = {
    "a": "href hreflang name type",
    "area": "alt coords href shape",
    "audio": "loop muted src",
    "blockquote": "cite",
    "caption": "align",
    "center": "align",
    "col": "align span valign width",
    "colgroup": "align span valign width",
    "data": "value",
    "del": "cite datetime",
    "details": "open",
    "div": "align",
    "h1": "align",
    "h2": "align",
    "h3": "align",
    "h4": "align",
    "h5": "align",
    "h6": "align",
    "hr": "align width",
    "iframe": "allowfullscreen height src width",
    "img": "align alt data-src data-srcset height longdesc sizes src srcset usemap width",
    "ins": "cite datetime",
    "li": "type value",
    "map": "name",
    "ol": "reversed start type",
    "p": "align",
    "q": "cite",
    "source": "height media sizes src srcset type width",
    "table": "align border summary width",
    "tbody": "align valign",
    "td": "abbr align colspan headers nowrap rowspan scope valign width",
    "tfoot": "align valign",
    "th": "abbr align colspan headers nowrap rowspan scope valign width",
    "thead": "align valign",
    "time": "datetime",
    "tr": "align valign",
    "track": "default kind label src srclang",
    "ul": "type",
    "video": "height loop muted playsinline poster src width",
}
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": set(_EVERYWHERE),
    **{tag: set(names.split()) for tag, names in _BY_TAG.items()},
    **{tag: set(_MATH_ATTRIBUTES) for tag in _MATH.split()},
}

_WRITTEN_BY_US: Final = {
    "a": "rel",
    "audio": "controls preload",
    "iframe": "loading referrerpolicy sandbox",
    "img": "decoding loading referrerpolicy",
    "video": "controls preload",
}
WRITTEN: Final[dict[str, set[str]]] = {
    tag: names | words(_WRITTEN_BY_US.get(tag, "")) for tag, names in ATTRIBUTES.items()
}
"""What output may hold: what is kept, and what we write ourselves."""

LINK_SCHEMES: Final = words(
    "http https mailto tel sms xmpp irc ircs geo magnet gemini gopher ftp webcal matrix"
)

MOST_CHARACTERS: Final = 512 * 1024
MOST_TAGS: Final = 10_000
MOST_DEPTH: Final = 200
MOST_OPEN_FORMATS: Final = 60
MOST_REOPENED: Final = 50_000
MOST_ATTRIBUTES: Final = 100
MOST_REFERENCES: Final = 60_000
MOST_PASSES: Final = 5
