"""Themes: files that override the default ones, and faults named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic.errors import RenderError
from ecliptic.model.page import Page
from ecliptic.model.site import Site
from ecliptic.model.text import SafeHTML
from ecliptic.render import Renderer, Theme, starter_theme
from rendering import SITE, make_feed, make_shown, render_page, render_site, write_site

INDEX = Page(path="index.html", kind="index")


def themed(folder: Path, **files: str) -> Theme:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_html", ".html").replace("_css", ".css")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Theme.load(str(folder))


def fault(folder: Path, template: str) -> RenderError:
    def render() -> bytes:
        theme = themed(folder, templates__index_html=template)
        return render_page("index.html", [make_shown(1)], theme=theme)

    with pytest.raises(RenderError) as caught:
        render()
    return caught.value


def test_theme_when_it_has_one_template_takes_the_rest_from_the_default(tmp_path: Path) -> None:
    theme = themed(tmp_path, templates__date_html="<p>DATE {{ entry.date }}</p>\n")
    page = render_page("index.html", [make_shown(1)], theme=theme)
    assert b"<p>DATE April 25, 2018 11:00 AM</p>" in page
    assert b"Last update" in page


def test_theme_when_it_extends_the_template_it_replaces_changes_a_block(tmp_path: Path) -> None:
    text = '{% extends "default/page.html" %}{% block footer %}OURS{{ super() }}{% endblock %}'
    page = render_page(
        "index.html", [make_shown(1)], theme=themed(tmp_path, templates__page_html=text)
    )
    assert b"OURS" in page
    assert b"Made with Ecliptic" in page


def test_theme_when_it_has_assets_publishes_them_beside_the_default_ones(tmp_path: Path) -> None:
    themed(tmp_path, assets__custom_css="a{}", assets__deep__x_css="b{}")
    (tmp_path / "assets" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "assets" / "custom.css~").write_bytes(b"x")
    files = render_site(theme=tmp_path)
    assert files["theme/custom.css"] == b"a{}"
    assert files["theme/deep/x.css"] == b"b{}"
    assert "theme/style.css" in files
    assert not [path for path in files if "DS_Store" in path or path.endswith("~")]
    assert b'href="theme/custom.css?' in files["index.html"]


def test_theme_when_text_is_shown_escapes_it(tmp_path: Path) -> None:
    theme = themed(
        tmp_path, templates__index_html="{{ planet.name }}{{ days[0].runs[0].feed.name }}"
    )
    shown = make_shown(1, make_feed(1, name="<i>"))
    assert render_page("index.html", [shown], site=Site(name="<b>"), theme=theme) == (
        b"&lt;b&gt;&lt;i&gt;"
    )


def test_theme_when_a_template_has_a_syntax_error_names_file_and_line(tmp_path: Path) -> None:
    error = fault(tmp_path, "one\ntwo\n{% if %}\n")
    assert error.message.startswith(f"{tmp_path}/templates/index.html:3: ")
    assert error.params == {"file": f"{tmp_path}/templates/index.html", "line": 3}


@pytest.mark.parametrize("wrong", ["{{ nothing.here }}", "{{ 1 / 0 }}", "{{ asset('no.css') }}"])
def test_theme_when_a_template_fails_names_file_and_line(tmp_path: Path, wrong: str) -> None:
    error = fault(tmp_path, f"one\ntwo\n\n{wrong}\n")
    assert error.code == "render.template"
    assert error.message.startswith(f"{tmp_path}/templates/index.html:4: ")


def test_theme_when_a_part_of_a_variable_is_unknown_says_where_to_look(tmp_path: Path) -> None:
    message = fault(tmp_path, "\n{{ planet.nmae }}").message
    assert message == (
        f"{tmp_path}/templates/index.html:2: there is no 'nmae' here; the reference of themes"
        " tells what there is"
    )


@pytest.mark.parametrize("ask", ['{% include "gone.html" %}', '{% extends "gone.html" %}'])
def test_theme_when_a_template_is_missing_names_it_and_who_asks(tmp_path: Path, ask: str) -> None:
    message = fault(tmp_path, f"\n{ask}").message
    assert message == f"{tmp_path}/templates/index.html:2: the theme has no template 'gone.html'"


def test_theme_when_a_template_is_not_utf8_names_file_and_line(tmp_path: Path) -> None:
    themed(tmp_path, templates__entry_html="")
    (tmp_path / "templates" / "entry.html").write_bytes(b"one\ncaf\xe9\n")
    with pytest.raises(RenderError, match=r"templates/entry\.html:2: this is not UTF-8 text"):
        Theme.load(str(tmp_path))


def test_theme_when_no_page_needs_a_broken_template_yet_names_it_all_the_same(
    tmp_path: Path,
) -> None:
    with pytest.raises(RenderError, match=r"templates/feed\.html:1: "):
        themed(tmp_path, templates__feed_html="{% if %}")


def test_theme_when_the_folder_is_missing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="no such theme folder"):
        Theme.load(str(tmp_path / "nowhere"))


def test_fingerprint_when_any_file_changes_moves(tmp_path: Path) -> None:
    seen = {Theme.load().fingerprint}
    for files in (
        {"templates__date_html": "1"}, {"templates__date_html": "2"},
        {"assets__a_css": "1"}, {"assets__b_css": "1"},
    ):  # fmt: skip
        seen.add(themed(tmp_path, **files).fingerprint)
    assert len(seen) == 5
    assert Theme.load(str(tmp_path)).fingerprint in seen


def test_starter_theme_when_written_changes_nothing_yet(tmp_path: Path) -> None:
    write_site(tmp_path, {path: text.encode() for path, text in starter_theme()})
    assert (tmp_path / "README.md").is_file()
    feeds, shown = [make_feed(1)], [make_shown(1)]
    ours, default = render_site(SITE, feeds, shown, theme=tmp_path), render_site(SITE, feeds, shown)
    assert set(ours) - set(default) == {"theme/custom.css"}
    link = next(line for line in ours["index.html"].splitlines() if b"custom.css" in line)
    assert ours["index.html"].replace(link + b"\n", b"") == default["index.html"]


def fingerprints(
    site: Site = SITE, theme: Theme | None = None, **fields: object
) -> dict[str, bytes]:
    feeds = [make_feed(1, **fields), make_feed(2)]
    renderer = Renderer(site, theme or Theme.load(), feeds)
    return {
        page.kind + str(page.feed_id or ""): renderer.fingerprint(page)
        for page in (
            INDEX, Page(path="atom.xml", kind="atom"), Page(path="opml.xml", kind="opml"),
            Page(path="a", kind="feed_page", feed_id=1),
            Page(path="b", kind="feed_page", feed_id=2),
            Page(path="theme/style.css", kind="asset"),
        )
    }  # fmt: skip


def moved(after: dict[str, bytes]) -> set[str]:
    return {kind for kind, mark in fingerprints().items() if after[kind] != mark}


def test_fingerprint_when_a_feed_was_only_checked_again_stays() -> None:
    fetch = make_feed().fetch
    assert moved(fingerprints(fetch=type(fetch)(checked_at=None, code="fetch.timeout"))) == set()


def test_fingerprint_when_one_feed_is_renamed_moves_all_but_other_feeds_pages() -> None:
    assert moved(fingerprints(name="Other")) == {"index", "atom", "opml", "feed_page1"}


def test_fingerprint_when_a_feeds_counts_change_moves_its_page_alone() -> None:
    assert moved(fingerprints(entries=4)) == {"feed_page1"}
    assert moved(fingerprints(hidden={"decide.back_catalogue": 1})) == {"feed_page1"}


def test_fingerprint_when_settings_change_moves_every_page() -> None:
    pages = set(fingerprints()) - {"asset"}
    assert moved(fingerprints(Site(name="Other"))) == pages
    changed = Site(name=SITE.name, link=SITE.link, owner_name=SITE.owner_name, date_format="%d")
    assert moved(fingerprints(changed)) == pages


def test_fingerprint_when_only_places_of_files_change_stays() -> None:
    site = Site(name=SITE.name, link=SITE.link, owner_name=SITE.owner_name, output="/b", state="/c")
    assert moved(fingerprints(site)) == set()


def test_fingerprint_when_the_theme_changes_moves_pages_and_leaves_feeds(tmp_path: Path) -> None:
    theme = themed(tmp_path, templates__date_html="x")
    assert moved(fingerprints(theme=theme)) == {"index", "feed_page1", "feed_page2"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (b"# ours\nextends = 'planet'\n", 2, "extends is 'planet'"),
        (b"extends = ['cards']", 1, "extends is ['cards']"),
        (b"extends = 'cards'\n\nextend = 1", 3, "unknown key 'extend'"),
        (b"\n[colours]\nink = 1", 2, "unknown key 'colours'"),
        (b"extends = 'cards'\nextends = 'cards'\n", 2, "Cannot overwrite a value"),
        (b"# x\nextends", 2, "Expected '='"),
        (b"# x\n# \xff", 2, "this is not UTF-8 text"),
    ],
)
def test_theme_when_what_it_builds_on_cannot_be_read_names_file_and_line(
    tmp_path: Path, text: bytes, line: int, said: str
) -> None:
    (tmp_path / "theme.toml").write_bytes(text)
    with pytest.raises(RenderError) as caught:
        Theme.load(str(tmp_path))
    assert caught.value.message.startswith(f"{tmp_path / 'theme.toml'}:{line}: {said}")
    assert caught.value.params["line"] == line


def test_text_when_a_template_asks_for_it_keeps_the_words_of_blocks_apart(tmp_path: Path) -> None:
    body = SafeHTML("<p>One &amp; <b>t</b>wo.</p><ul><li>a</li><li>b &lt;i&gt;</li></ul>")
    theme = themed(tmp_path, templates__entry_html="<p>{{ entry.body | text }}</p>")
    page = render_page("index.html", [make_shown(1, content=body)], theme=theme)
    assert b"<p>One &amp; two. a b &lt;i&gt;</p>" in page


def test_cards_when_a_post_has_paragraphs_keep_their_words_apart() -> None:
    shown = make_shown(1, content=SafeHTML("<p>One.</p><p>Two.</p>"))
    page = render_page("index.html", [shown], theme=Theme.load("cards"))
    assert b">One. Two.</p>" in page
