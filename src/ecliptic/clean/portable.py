"""Markup for other programs: safe, but otherwise as its author wrote it.

A page of ours needs more than safety (ids of its own, shifted headings, lazy
pictures). A program that only reads feeds wants the markup itself. The lists
are those that feedparser documents as safe, without what runs or embeds
(``noscript``, frames), and with the newer elements of our own policy.
"""

from __future__ import annotations

import re
from threading import local
from typing import Final
from urllib.parse import urljoin

import nh3

from ecliptic.clean import policy
from ecliptic.clean.limits import excess_of
from ecliptic.clean.plain import as_source
from ecliptic.clean.sanitise import well_formed
from ecliptic.clean.words import words
from ecliptic.model.text import SafeHTML

_TAGS: Final = (policy.TAGS - {"iframe"}) | words(
    "button canvas command datagrid datalist dialog dir event-source fieldset font form input "
    "keygen label legend m menu meter multicol nextid optgroup option output progress select "
    "sound spacer textarea"
)
_ATTRIBUTES: Final = words(
    "abbr accept accept-charset accesskey action align alt autocomplete autofocus axis background "
    "balance bgcolor bgproperties border bordercolor bordercolordark bordercolorlight "
    "bottompadding cellpadding cellspacing ch challenge char charoff charset checked choff cite "
    "class clear color cols colspan compact contenteditable controls coords data datafld "
    "datapagesize datasrc datetime default delay dir disabled draggable dynsrc enctype end face "
    "for form frame galleryimg gutter headers height hidden hidefocus high href hreflang hspace "
    "icon id inputmode ismap keytype label lang leftspacing list longdesc loop loopcount loopend "
    "loopstart low lowsrc max maxlength media method min multiple name nohref noshade nowrap open "
    "optimum pattern ping point-size poster pqg preload prompt radiogroup readonly rel repeat-max "
    "repeat-min replace required rev reversed rightspacing rows rowspan rules scope selected shape "
    "show size sizes span src srcset start step style summary suppress tabindex target template "
    "title toppadding translate type unselectable urn usemap valign value variable volume vrml "
    "vspace width wrap xml:lang"
)
_OF_MATHEMATICS: Final = {
    tag: names
    for tag, names in policy.ATTRIBUTES.items()
    if tag.startswith("m") and "mathvariant" in names
}
_DROPPED: Final = words("applet script style")
_ADDRESSES: Final = words(
    "action background cite data dynsrc href icon longdesc lowsrc ping poster src template urn "
    "usemap vrml"
)
_SCHEMES: Final = policy.LINK_SCHEMES | words(
    "aim callto cvs facetime feed git gtalk h323 hdl imap irc6 itms mms msnim news nntp prospero "
    "rsync rtsp rtspu sftp shttp sip sips skype smb snews ssh svn svn+ssh telnet wais ymsg"
)
_PROPERTIES: Final = words(
    "azimuth background-color border-bottom-color border-collapse border-color border-left-color "
    "border-right-color border-top-color clear color cursor direction display elevation float "
    "font font-family font-size font-style font-variant font-weight height letter-spacing "
    "line-height overflow pause pause-after pause-before pitch pitch-range richness speak "
    "speak-header speak-numeral speak-punctuation speech-rate stress text-align text-decoration "
    "text-indent unicode-bidi vertical-align voice-family volume white-space width"
)
_BOXES: Final = ("background", "border", "margin", "padding")
_KEYWORDS: Final = words(
    "!important aqua auto black block blue bold both bottom brown center collapse dashed dotted "
    "fuchsia gray green italic left lime maroon medium navy none normal nowrap olive pointer "
    "purple red right silver solid teal top transparent underline white yellow"
)
_is_measure = re.compile(
    r"#[0-9a-f]+|rgb\([\d,%]{1,20}\)?|\d{0,4}\.?\d{0,4}(?:cm|em|ex|in|mm|pc|pt|px|%|,|\))?"
).fullmatch
_is_calm = re.compile(r"""(?>[\w:,;#%.\s!-]+|'[\s\w]*+'|"[\s\w]*+"|\([\d,\s%]*+\))*+""").fullmatch
_url = re.compile(r"url\s*\(\s*[^\s()]{1,2000}\s*\)\s*")
_is_absolute = re.compile(r"https?://[^\s\\]*").fullmatch
_scheme_of = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:").match
_SPACE_AND_CONTROLS: Final = dict.fromkeys(range(33))


def portable_html(html: str, base: str = "") -> SafeHTML:
    """Return ``html`` without anything that acts, its addresses resolved against ``base``.

    Without a base relative addresses stay as they are.

    >>> portable_html('<p id=x onclick="x()">Hi <a href="/me">me</a><script>x()</script>')
    '<p id="x">Hi <a href="/me">me</a></p>'
    """
    html = _with_closed_comments(well_formed(html)).replace("<![CDATA[", "&lt;![CDATA[")
    if "<" not in html and "&" not in html:
        return SafeHTML(html.strip().replace(">", "&gt;"))
    if excess_of(html):
        return SafeHTML(as_source(html))
    return SafeHTML(_cleaner().clean(html, base).strip())


def _with_closed_comments(html: str) -> str:
    """End a comment that never ends at the next ``>``: browsers would hide all that follows."""
    start = html.rfind("<!--")
    if start < 0 or "-->" in html[start + 2 :] or "--!>" in html[start + 4 :]:
        return html
    end = html.find(">", start)
    return html[:start] + (html[end + 1 :] if end >= 0 else "")


class _Cleaner:
    """nh3 with the rules of this module; one a thread, for one base at a time."""

    def __init__(self) -> None:
        self._base = ""
        self._clean = nh3.Cleaner(
            tags=set(_TAGS),
            clean_content_tags=set(_DROPPED),
            attributes={**_OF_MATHEMATICS, "*": set(_ATTRIBUTES)},
            attribute_filter=self._kept,
            link_rel=None,
            url_schemes=set(_SCHEMES),
            url_relative="pass_through",
        ).clean

    def clean(self, html: str, base: str) -> str:
        """Return ``html`` as the rules allow it."""
        self._base = base
        return self._clean(html)

    def _kept(self, _tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return _safe_style(value) or None
        if attribute == "srcset":
            return value if ":" not in value or "http" in value else None
        return self._resolved(value) if attribute in _ADDRESSES else value

    def _resolved(self, value: str) -> str | None:
        value = value.strip()
        if _is_absolute(value):
            return value
        if self._base and value:
            try:
                value = urljoin(self._base, value)
            except ValueError:
                return None
        scheme = _scheme_of(value.translate(_SPACE_AND_CONTROLS))
        return value if scheme is None or scheme[0][:-1].lower() in _SCHEMES else None


_own = local()


def _cleaner() -> _Cleaner:
    cleaner: _Cleaner | None = getattr(_own, "cleaner", None)
    if cleaner is None:
        cleaner = _own.cleaner = _Cleaner()
    return cleaner


def _safe_style(style: str) -> str:
    """Return the declarations of known properties, or nothing if any part looks like a trick."""
    style = _url.sub(" ", style)
    if len(style) > policy.MOST_ATTRIBUTES * 50 or not _is_calm(style):
        return ""
    safe = []
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip(), value.lstrip()
        if (declaration.strip() and not colon) or ":" in value:
            return ""
        if value and _is_safe(name.lower(), value):
            safe.append(f"{name}: {value};")
    return " ".join(safe)


def _is_safe(name: str, value: str) -> bool:
    if name in _PROPERTIES:
        return True
    return name.partition("-")[0] in _BOXES and all(
        word in _KEYWORDS or _is_measure(word) for word in value.split()
    )
