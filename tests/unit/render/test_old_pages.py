from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ecliptic.errors import RenderError
from ecliptic.model.feed import FeedState, FetchState
from ecliptic.model.page import Page
from ecliptic.model.site import Site
from ecliptic.model.template import Copied, OldTemplate
from ecliptic.model.text import SafeHTML
from ecliptic.render import Renderer, Theme
from making import NOON
from rendering import default_theme, make_feed, make_shown, render_page


def planet(folder: Path, text: str | bytes, path: str = "index.html", **settings: Any) -> Site:
    file = folder / f"{path}.tmpl"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    template = OldTemplate(file=str(file), path=path, folder=str(folder), **settings)
    return Site(name="Planet Parrot é", templates=(template,))


def mark(
    site: Site,
    feeds: Sequence[FeedState] = (),
    path: str = "index.html",
    theme: Theme | None = None,
) -> bytes:
    renderer = Renderer(site, theme or default_theme(), feeds)
    return renderer.fingerprint(Page(path=path, kind="old_template"), NOON)


def test_render_when_a_template_has_our_pages_name_takes_its_place(tmp_path: Path) -> None:
    site = planet(
        tmp_path, "<h1><TMPL_VAR name></h1><TMPL_LOOP Items><TMPL_VAR content></TMPL_LOOP>"
    )
    assert render_page("index.html", [make_shown(1)], site=site).decode() == (
        "<h1>Planet Parrot é</h1><p>Body 1</p>"
    )
    assert b"<!doctype html>" in render_page("titles_only.html", [make_shown(1)], site=site).lower()


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "Planet Parrot é–€".encode()),
        ("UTF8", "Planet Parrot é–€".encode()),
        ("xml", b"Planet Parrot &#233;&#8211;&#8364;"),
        ("html", b"Planet Parrot &#233;&#8211;&#8364;"),
        ("iso-8859-1", b"Planet Parrot \xe9&#8211;&#8364;"),
        ("no-such", "Planet Parrot é–€".encode()),
        ("zlib", "Planet Parrot é–€".encode()),
        ("a\x00b", "Planet Parrot é–€".encode()),
    ],
)
def test_render_when_an_encoding_is_asked_for_writes_in_it(
    tmp_path: Path, encoding: str, expected: bytes
) -> None:
    site = planet(tmp_path, "<TMPL_VAR name>–€", encoding=encoding)
    assert render_page("index.html", site=site) == expected


def test_render_when_it_is_xml_leaves_nothing_that_xml_does_not_know(tmp_path: Path) -> None:
    body = SafeHTML("a&nbsp;b &amp;nbsp; \x1b\ufffe")
    text = "<d><TMPL_LOOP Items><TMPL_VAR content></TMPL_LOOP></d>"
    site = planet(tmp_path, text, "rss20.xml")
    assert render_page("rss20.xml", [make_shown(1, content=body)], site=site) == (
        b"<d>a&#160;b &amp;nbsp; </d>"
    )


def test_render_when_a_template_is_in_latin_1_reads_it(tmp_path: Path) -> None:
    site = planet(tmp_path, "<p>café</p>".encode("latin-1"))
    assert render_page("index.html", site=site).decode() == "<p>café</p>"


def test_render_when_it_includes_looks_in_inc_and_beside(tmp_path: Path) -> None:
    (tmp_path / "inc").mkdir()
    (tmp_path / "inc" / "head.tmpl").write_text("<h1><TMPL_INCLUDE name.tmpl></h1>", "utf-8")
    (tmp_path / "inc" / "name.tmpl").write_text("<TMPL_VAR name>", "utf-8")
    (tmp_path / "foot.tmpl").write_text("foot", "utf-8")
    site = planet(tmp_path, "<TMPL_INCLUDE head.tmpl><TMPL_INCLUDE foot.tmpl>")
    assert render_page("index.html", site=site).decode() == "<h1>Planet Parrot é</h1>foot"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "inc/../../secret", "link"])
def test_render_when_it_includes_from_elsewhere_refuses_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "secret")
    site = planet(folder, f"\n<TMPL_INCLUDE '{name}'>")
    with pytest.raises(RenderError, match=r"index\.html\.tmpl:2: cannot include .* outside"):
        render_page("index.html", site=site)


def test_render_when_a_file_is_copied_leaves_it_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\x00")
    copied = Copied(file=str(tmp_path / "logo.png"), path="images/logo.png")
    site = Site(name="P", copies=(copied,))
    assert render_page("images/logo.png", site=site) == b"\x89PNG\x00"


def test_render_when_a_template_is_gone_names_it(tmp_path: Path) -> None:
    site = planet(tmp_path, "x")
    (tmp_path / "index.html.tmpl").unlink()
    with pytest.raises(RenderError, match=r"index\.html\.tmpl: cannot be read"):
        render_page("index.html", site=site)


def test_fingerprint_when_template_settings_or_included_files_change_moves(tmp_path: Path) -> None:
    (tmp_path / "foot.tmpl").write_text("one", "utf-8")
    site = planet(tmp_path, "<TMPL_VAR date><TMPL_INCLUDE foot.tmpl>")
    before = mark(site)
    assert mark(site) == before
    (tmp_path / "foot.tmpl").write_text("two", "utf-8")
    included = mark(site)
    (tmp_path / "index.html.tmpl").write_text("<TMPL_INCLUDE foot.tmpl>", "utf-8")
    template = mark(site)
    other = msgspec.structs.replace(site.templates[0], date_format="%Y")
    settings = mark(msgspec.structs.replace(site, templates=(other,)))
    assert len({before, included, template, settings}) == 4


def test_fingerprint_when_the_folder_moves_stays(tmp_path: Path) -> None:
    assert mark(planet(tmp_path / "a", "x")) == mark(planet(tmp_path / "b", "x"))


@pytest.mark.parametrize(
    ("text", "moves"), [("<TMPL_VAR channel_message>", True), ("<TMPL_VAR channel_name>", False)]
)
def test_fingerprint_when_a_feed_fails_moves_where_the_template_says_it(
    tmp_path: Path, text: str, *, moves: bool
) -> None:
    site = planet(tmp_path, f"<TMPL_LOOP Items>{text}</TMPL_LOOP>")
    well = make_feed()
    failing = make_feed(fetch=FetchState(code="fetch.status", status=404, changed_at=NOON))
    assert (mark(site, [well]) != mark(site, [failing])) is moves


@pytest.mark.parametrize(
    ("text", "moves"), [("<TMPL_VAR last_updated_822>", True), ("<TMPL_VAR name>", False)]
)
def test_fingerprint_when_a_feed_was_updated_moves_where_the_template_says_it(
    tmp_path: Path, text: str, *, moves: bool
) -> None:
    site = planet(tmp_path, f"<TMPL_LOOP Channels>{text}</TMPL_LOOP>")
    earlier = make_feed(fetch=FetchState(changed_at=NOON - timedelta(days=1)))
    assert (mark(site, [make_feed()]) != mark(site, [earlier])) is moves
