from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ecliptic.model.page import Artifact
from ecliptic.publish import links, open_site
from publishing import believed, contents, generations, home, identity, make_page

PATHS = ["index.html", "a", "a/b.html", "a/b/c.html", "a/d.html", "e/f.xml", "status.json"]
CLOCK = "status.json"


def without_conflicts(pages: dict[str, bytes]) -> dict[str, bytes]:
    return {
        path: body
        for path, body in pages.items()
        if not any(other.startswith(f"{path}/") for other in pages)
    }


SITES = st.dictionaries(st.sampled_from(PATHS), st.binary(max_size=2)).map(without_conflicts)


class _Publishing(RuleBasedStateMachine):
    """Whatever is published after whatever: the site is what was asked for last."""

    mode = "auto"
    strangers: Mapping[str, bytes] = MappingProxyType({})

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.output = self.folder / "public"
        self.wanted: dict[str, bytes] = {}
        for path, body in self.strangers.items():
            (self.output / path).parent.mkdir(parents=True, exist_ok=True)
            (self.output / path).write_bytes(body)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(pages=SITES)
    def publish(self, pages: dict[str, bytes]) -> None:
        site = open_site(str(self.output), self.mode)
        stamps = site.stamps()
        before = {path: body for path, body in self.wanted.items() if path in stamps}
        made = [make_page(path, body, follows_clock=path == CLOCK) for path, body in pages.items()]
        changed = [page for page in made if stamps.get(page.path) != page.stamp]
        stood = identity(self.output) if self.output.exists() else {}
        done = site.commit(iter(changed), list(pages))
        self.wanted = pages
        stands = identity(self.output)
        kept = {path for path, body in pages.items() if before.get(path) == body}
        assert {path: stands[path] for path in kept} == {path: stood[path] for path in kept}
        assert done.written == sum(before.get(path) != body for path, body in pages.items())
        assert done.written + done.unchanged == len(pages)
        assert done.missing == ()

    @rule()
    def publish_the_same_again(self) -> None:
        if not self.output.exists():
            return
        site = open_site(str(self.output), self.mode)
        if site.stamps().keys() != self.wanted.keys():
            return
        before = identity(self.output)
        assert site.commit([], list(self.wanted)).written == 0
        assert identity(self.output) == before

    @rule(pages=SITES)
    def stop_while_rendering(self, pages: dict[str, bytes]) -> None:
        def render() -> Iterator[Artifact]:
            for path, body in pages.items():
                yield make_page(path, body)
            raise KeyboardInterrupt

        try:
            open_site(str(self.output), self.mode).commit(render(), list(pages))
        except KeyboardInterrupt:
            return
        raise AssertionError("the interrupt was swallowed")

    @precondition(lambda self: self.wanted)
    @rule(choice=st.integers(0, 99))
    def somebody_removes_a_page(self, choice: int) -> None:
        path = sorted(self.wanted)[choice % len(self.wanted)]
        (self.output / path).unlink(missing_ok=True)
        del self.wanted[path]

    @precondition(lambda self: self.wanted)
    @rule(choice=st.integers(0, 99))
    def somebody_writes_into_a_page_and_a_run_has_time_to_look(self, choice: int) -> None:
        path = sorted(self.wanted)[choice % len(self.wanted)]
        (self.output / path).write_bytes(b"not ours")
        site = open_site(str(self.output), self.mode)
        site.look()
        assert path not in site.stamps()
        page = make_page(path, self.wanted[path], follows_clock=path == CLOCK)
        site.commit([page], list(self.wanted))

    @rule()
    def a_second_passes(self) -> None:
        believed(self.output)

    @invariant()
    def the_site_is_what_was_asked_for(self) -> None:
        assert contents(self.output) == {**self.strangers, **self.wanted}

    @invariant()
    def nothing_is_left_over(self) -> None:
        names = {path.name for path in home(self.output).glob("*")}
        assert not names & {"staging", "link", "probe", "probe.twin"}
        assert not list(self.folder.rglob("*.new"))
        assert not (self.output / ".ecliptic").exists()


class _Links(_Publishing):
    mode = "links"

    def __init__(self) -> None:
        super().__init__()
        self.elsewhere = self.folder / "elsewhere"
        self.elsewhere.mkdir()
        (self.elsewhere / "b.html").write_bytes(b"theirs")

    @precondition(lambda self: self.others())
    @rule(path=st.sampled_from(PATHS), how=st.sampled_from(["file", "folder", "link", "gone"]))
    def somebody_meddles_with_the_oldest_generation(self, path: str, how: str) -> None:
        place = self.others()[0] / path
        if not place.parent.is_dir():
            return
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        place.unlink(missing_ok=True)
        if how == "file":
            place.write_bytes(b"me")
        elif how == "folder":
            (place / "b").mkdir(parents=True)
            (place / "b/c.html").write_bytes(b"ddled")
        elif how == "link":
            place.symlink_to(self.elsewhere)

    def others(self) -> list[Path]:
        """Return the generations that are not shown, oldest first, and the spares."""
        found = (home(self.output) / name for name in generations(self.output))
        return [folder for folder in found if folder != self.output.resolve()]

    @invariant()
    def what_is_not_ours_stays(self) -> None:
        assert contents(self.elsewhere) == {"b.html": b"theirs"}


class _Spares(_Links):
    """Runs that wrote some files count as those that wrote many."""

    def __init__(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(links, "_MANY", 2)
        super().__init__()

    def teardown(self) -> None:
        super().teardown()
        self.patch.undo()


class _Folder(_Publishing):
    mode = "folder"
    strangers = MappingProxyType({"robots.txt": b"mine", "e/theirs.xml": b"theirs"})


_SETTINGS = settings(max_examples=20, stateful_step_count=10, deadline=None)

TestLinks = _Links.TestCase
TestLinks.settings = _SETTINGS
TestSpares = _Spares.TestCase
TestSpares.settings = _SETTINGS
TestFolder = _Folder.TestCase
TestFolder.settings = _SETTINGS
