from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.errors import PublishError
from ecliptic.model.paths import is_safe
from ecliptic.publish import open_site
from ecliptic.publish.paths import checked, in_order
from publishing import contents, make_page

HOSTILE = [
    "",
    "/",
    "/etc/passwd",
    "..",
    ".",
    "../up.html",
    "a/../../up.html",
    "a/..",
    "./a.html",
    "a//b.html",
    "a/",
    "a\\..\\b.html",
    "a\0.html",
    "a\n.html",
    "a\x7f.html",
    "\ud800.html",
    "x" * 256,
    "é" * 128,
    "/".join(["abc"] * 300),
    ".ecliptic/manifest.json",
    ".ecliptic",
]


@pytest.mark.parametrize("path", HOSTILE)
@pytest.mark.parametrize("mode", ["links", "folder"])
def test_commit_when_a_path_is_hostile_then_raises_and_writes_nothing(
    tmp_path: Path, path: str, mode: str
) -> None:
    site = open_site(str(tmp_path / "public"), mode)
    with pytest.raises(PublishError) as raised:
        site.commit([make_page(path, "evil")], [path, "index.html"])
    assert raised.value.code == "publish.bad_path"
    assert contents(tmp_path) == {}


def test_commit_when_a_page_was_not_asked_for_then_raises(tmp_path: Path) -> None:
    site = open_site(str(tmp_path / "public"))
    with pytest.raises(PublishError) as raised:
        site.commit([make_page("../evil.html")], ["index.html"])
    assert raised.value.code == "publish.unlisted_path"
    assert contents(tmp_path) == {}


def test_checked_when_a_page_needs_another_one_as_folder_then_raises() -> None:
    with pytest.raises(PublishError) as raised:
        checked(["a", "a/b/c.html"])
    assert raised.value.code == "publish.path_conflict"


@pytest.mark.parametrize(
    "path", ["index.html", ".well-known/x", "..a", "a..", "...", "日本語.html", "a b/c", "x" * 255]
)
def test_is_safe_when_a_path_is_merely_odd_then_accepts_it(path: str) -> None:
    assert is_safe(path)


@given(st.text(alphabet=st.sampled_from("./\\a\0\n é"), max_size=12))
def test_is_safe_when_true_then_the_path_is_its_own_and_inside(path: str) -> None:
    if is_safe(path):
        assert os.path.normpath(f"/site/{path}") == f"/site/{path}"
        assert path not in {"", "."}


def test_in_order_when_files_of_all_kinds_then_the_front_page_is_last() -> None:
    paths = ["index.html", "atom.xml", "feeds.html", "site.css", "feeds/index.html", "a.png"]
    assert in_order(paths) == [
        "a.png",
        "site.css",
        "feeds.html",
        "feeds/index.html",
        "atom.xml",
        "index.html",
    ]
