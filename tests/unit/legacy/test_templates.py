from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic import legacy
from ecliptic.model.site import Site
from ecliptic.select import pages


def load(folder: Path, text: str) -> Site:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.ini").write_text(text, "utf-8")
    return legacy.load(folder / "config.ini")


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"<TMPL_VAR name> {name}", "utf-8")


PLANET = """\
[Planet]
name = P
output_dir = output
template_files = tmpl/index.html.tmpl tmpl/rss20.xml.tmpl
  tmpl/ann.html.tmpl
items_per_page = 40
days_per_page = 3
date_format = %H:%M
encoding = xml

[tmpl/rss20.xml.tmpl]
items_per_page = 10
days_per_page = 0
encoding = utf-8

[ann.html.tmpl]
output_dir = output/people
new_date_format = %A
activity_threshold = 30
"""


def test_load_when_it_is_planet_2_finds_its_templates_with_their_settings(tmp_path: Path) -> None:
    put(tmp_path, "tmpl/index.html.tmpl", "tmpl/rss20.xml.tmpl", "tmpl/ann.html.tmpl")
    site = load(tmp_path, PLANET)
    index, rss, ann = site.templates
    assert index.file == str(tmp_path / "tmpl" / "index.html.tmpl")
    assert (index.path, index.folder, index.kind) == (
        "index.html", str(tmp_path / "tmpl"), "htmltmpl",
    )  # fmt: skip
    assert (index.items_per_page, index.days_per_page, index.encoding) == (40, 3, "xml")
    assert (index.date_format, index.day_format) == ("%H:%M", "%B %d, %Y")
    assert (rss.path, rss.items_per_page, rss.days_per_page) == ("rss20.xml", 10, 0)
    assert (rss.encoding, rss.date_format) == ("utf-8", "%H:%M")
    assert (ann.path, ann.day_format, ann.activity_threshold) == ("people/ann.html", "%A", 30)
    assert site.subscriptions == ()
    assert site.link_rel == ""


def test_pages_when_there_are_old_templates_have_them_in_the_place_of_ours(tmp_path: Path) -> None:
    put(tmp_path, "tmpl/index.html.tmpl", "tmpl/rss20.xml.tmpl", "tmpl/ann.html.tmpl")
    found = {page.path: page for page in pages(load(tmp_path, PLANET), ())}
    assert {path for path, page in found.items() if page.kind == "old_template"} == {
        "index.html", "rss20.xml", "people/ann.html",
    }  # fmt: skip
    assert {"feeds.html", "status.json", "atom.xml"} <= found.keys()
    selection = found["rss20.xml"].selection
    assert selection is not None
    assert (selection.limit, selection.days) == (10, 0)


@pytest.mark.parametrize("place", ["cwd", "config", "above"])
def test_load_when_it_is_planet_2_looks_where_it_may_have_been_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    config, cwd = tmp_path / "srv" / "config", tmp_path / "elsewhere"
    cwd.mkdir()
    monkeypatch.chdir(cwd)
    folder = {"cwd": cwd, "config": config, "above": config.parent}[place]
    put(folder, "config/index.html.tmpl")
    site = load(config, "[Planet]\ntemplate_files = config/index.html.tmpl\n")
    assert [template.file for template in site.templates] == [
        str(folder / "config" / "index.html.tmpl")
    ]


def test_load_when_templates_are_not_found_says_where_it_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = load(tmp_path / "a", "[Planet]\ntemplate_files = x/index.html.tmpl b.xml.tmpl\n")
    assert site.templates == ()
    said = (
        "Templates that are not found: x/index.html.tmpl, b.xml.tmpl (line 2; looked for in"
        f" {tmp_path}, {tmp_path / 'a'}). Where Ecliptic has a page of that name, its own stands"
        " there."
    )
    assert site.notices == (said,)
    assert site.link_rel == Site(name="").link_rel


def test_load_when_the_folder_of_templates_was_renamed_then_takes_them_from_beside_the_file(
    tmp_path: Path,
) -> None:
    put(tmp_path / "planet", "index.html.tmpl")
    site = load(tmp_path / "planet", "[Planet]\ntemplate_files = config/index.html.tmpl\n")
    (template,) = site.templates
    assert template.file == str(tmp_path / "planet" / "index.html.tmpl")
    assert template.path == "index.html"
    (notice,) = site.notices
    assert notice == (
        "Templates that are not in the folder that is named, and are taken from beside the"
        " configuration: config/index.html.tmpl (line 2)."
    )


def test_load_when_a_template_goes_elsewhere_keeps_it_in_the_site(tmp_path: Path) -> None:
    put(tmp_path, "a.html.tmpl")
    site = load(
        tmp_path,
        "[Planet]\noutput_dir = out\ntemplate_files = a.html.tmpl\n"
        "[a.html.tmpl]\noutput_dir = /srv/other\n",
    )
    assert [template.path for template in site.templates] == ["a.html"]
    assert site.notices[-1] == (
        "output_dir = /srv/other (line 5) is not in the folder of the planet; a.html is written"
        f" there, into {tmp_path / 'out'}."
    )


def test_load_when_days_are_limited_says_what_planet_2_did(tmp_path: Path) -> None:
    put(tmp_path, "a.html.tmpl")
    site = load(tmp_path, "[Planet]\ndays_per_page = 10\ntemplate_files = a.html.tmpl\n")
    assert ("days_per_page (line 2): a day has 24 hours; Planet 2.0 counted 23.5.") in site.notices


def test_load_when_pages_have_an_encoding_of_their_own_says_which_do(tmp_path: Path) -> None:
    put(tmp_path, "a.html.tmpl")
    text = "[Planet]\nencoding = latin-1\ntemplate_files = {}\n"
    assert load(tmp_path, text.format("a.html.tmpl")).notices[-1] == (
        "encoding = latin-1 (line 2) is for the pages of your templates; all others are in UTF-8."
    )
    assert load(tmp_path, text.format("")).notices[-1] == (
        "No effect: encoding = latin-1 (line 2); pages are written in UTF-8."
    )


def test_load_when_names_hold_references_reads_them_as_pages_showed_them(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        "[Planet]\nname = Planet&nbsp;&eacute;\n[http://a.example/]\n"
        "name = Ond&#345;ej &#x26; R&D AT&T; &nosuch; Jos&\n",
    )
    assert site.name == "Planet é"
    assert site.subscriptions[0].name == "Ondřej & R&D AT&T; &nosuch; Jos&"


VENUS = """\
[Planet]
name = V
output_theme = mine
output_dir = out
items_per_page = 20
bill_of_materials:
  images/#{face}
  robots.txt
  gone.txt
  ../secret

[DEFAULT]
face = nobody.png

[http://a.example/feed]
name = Ann
face = ann.png

[http://b.example/feed]
name = Bob
"""
THEME = """\
[Planet]
name = Not this one
template_files:
  index.html.tmpl
  rss20.xml.tmpl
  own.html.tmpl
  page.html.genshi
template_directories: ../common
bill_of_materials: default.css
items_per_page = 5

[index.html.tmpl]
items_per_page = 30
"""


def test_load_when_venus_has_a_theme_reads_it_under_the_configuration(tmp_path: Path) -> None:
    put(tmp_path / "mine", "index.html.tmpl", "default.css", "images/ann.png")
    put(tmp_path / "common", "rss20.xml.tmpl")
    put(tmp_path, "own.html.tmpl", "robots.txt", "images/nobody.png")
    (tmp_path / "mine" / "config.ini").write_text(THEME, "utf-8")
    (tmp_path.parent / "secret").write_text("s", "utf-8")
    site = load(tmp_path, VENUS)
    assert (site.name, site.dialect, len(site.subscriptions)) == ("V", "venus", 2)
    assert [(one.path, one.file) for one in site.templates] == [
        ("index.html", str(tmp_path / "mine" / "index.html.tmpl")),
        ("rss20.xml", str(tmp_path / "mine" / ".." / "common" / "rss20.xml.tmpl")),
        ("own.html", str(tmp_path / "own.html.tmpl")),
    ]
    # Venus shows the most that any template asks for, on every page.
    assert {one.items_per_page for one in site.templates} == {30}
    assert {one.path for one in site.copies} == {
        "default.css", "images/ann.png", "images/nobody.png", "robots.txt",
    }  # fmt: skip
    assert any("not found: gone.txt, ../secret" in notice for notice in site.notices)
    assert any("page.html.genshi" in notice for notice in site.notices)


def test_load_when_venus_theme_is_not_there_says_where_it_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = load(tmp_path / "a", "[Planet]\nname = V\noutput_theme = classic_fancy\n")
    assert site.templates == ()
    said = (
        "output_theme = classic_fancy (line 3) is not used: there is no config.ini in"
        f" {tmp_path / 'a' / 'classic_fancy'}, {tmp_path / 'classic_fancy'},"
        f" {tmp_path / 'a' / 'themes' / 'classic_fancy'}, {tmp_path / 'themes' / 'classic_fancy'}."
        " Copy the theme's folder there to keep it; until then, pages are made with Ecliptic's own"
        " theme."
    )
    assert site.notices == (said,)


def test_load_when_venus_has_template_folders_looks_in_them(tmp_path: Path) -> None:
    put(tmp_path / "t", "index.html.tmpl")
    site = load(
        tmp_path,
        "[Planet]\nspider_threads = 2\ntemplate_directories = s t\n"
        "template_files = index.html.tmpl\nnew_date_format = %A\n"
        "[index.html.tmpl]\nnew_date_format = %B\nencoding = xml\n",
    )
    assert [(one.path, one.day_format, one.encoding) for one in site.templates] == [
        ("index.html", "%B", "xml")
    ]


def test_load_when_venus_has_stylesheets_gives_them_their_keys(tmp_path: Path) -> None:
    put(tmp_path, "a.html.xslt", "b.html.xslt", "c.html.erb")
    site = load(
        tmp_path,
        "[Planet]\nname = V\nface = x.png\n"
        "template_files = a.html.xslt b.html.xslt?colour=red c.html.erb\n"
        "[a.html.xslt]\ncolumns = 3\nencoding = utf-8\nitems_per_page = 70\n",
    )
    assert [(one.path, one.kind, one.parameters) for one in site.templates] == [
        ("a.html", "xslt", {"columns": "3"}),
        ("b.html", "xslt", {"colour": "red"}),
    ]
    assert site.extra == {"face": "x.png"}
    assert site.subscriptions == ()
    assert any("not read yet: c.html.erb (line 4)" in notice for notice in site.notices)


@pytest.mark.parametrize("place", ["planet/mine", "run/mine", "planet/themes/mine", "themes/mine"])
def test_load_when_venus_has_a_theme_finds_it_where_venus_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "run").mkdir()
    monkeypatch.chdir(tmp_path / "run")
    put(tmp_path / place, "index.html.tmpl")
    (tmp_path / place / "config.ini").write_text(
        "[Planet]\ntemplate_files = index.html.tmpl\n", "utf-8"
    )
    site = load(tmp_path / "planet", "[Planet]\nname = V\noutput_theme = mine\n")
    assert [template.file for template in site.templates] == [
        str(tmp_path / place / "index.html.tmpl")
    ]


def test_load_when_old_folders_are_where_the_command_is_run_uses_them_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, planet = tmp_path / "run", tmp_path / "planet"
    (run / "public").mkdir(parents=True)
    monkeypatch.chdir(run)
    text = "[Planet]\nname = P\noutput_dir = public\ncache_directory = cache\n"
    site = load(planet, text)
    assert (site.output, site.state) == (
        str(run / "public"), str(planet / "cache" / "config.sqlite"),
    )  # fmt: skip
    here, beside = site.notices[:2]
    assert here == "output_dir: found in the folder that the command is run in, and used there."
    assert beside.startswith("cache_directory: relative paths are seen from the folder of the")
    (run / "cache").mkdir()
    (planet / "public").mkdir()
    site = load(planet, text)
    assert (site.output, site.state) == (
        str(planet / "public"), str(run / "cache" / "config.sqlite"),
    )  # fmt: skip


GENSHI = '<p xmlns:py="http://genshi.edgewall.org/">$feed.title{}</p>'


def test_load_when_templates_are_converted_says_what_needs_a_look(tmp_path: Path) -> None:
    (tmp_path / "a.html.genshi").write_text(GENSHI.format("<b py:match='x'/>"), "utf-8")
    (tmp_path / "b.html.genshi").write_text("<p>", "utf-8")
    (tmp_path / "c.html.dj").write_text("{% include 'd.html' %}", "utf-8")
    (tmp_path / "d.html").write_text("\n{% nosuch %}", "utf-8")
    site = load(
        tmp_path,
        "[Planet]\nname = V\ndjango_autoescape = off\nspider_threads = 2\n"
        "template_files = a.html.genshi b.html.genshi c.html.dj\n",
    )
    assert [(one.path, one.kind, one.parameters) for one in site.templates] == [
        ("a.html", "genshi", {}),
        ("c.html", "django", {"django_autoescape": "off"}),
    ]
    said = "\n".join(site.notices)
    assert f"Not all of {tmp_path / 'a.html.genshi'} can be converted: line 1: py:match" in said
    assert f"{tmp_path / 'b.html.genshi'} cannot be converted: line 1: it is no XML" in said
    assert f"Not all of {tmp_path / 'd.html'} can be converted: line 2: the tag" in said
    assert "django_autoescape" not in said
