"""The search without a server: what its index costs, and how soon it answers in Chromium.

Run as ``python -m bench.search --entries 50000``. The archive is filled through the store,
with words that are as frequent as those of a language (Zipf); the command itself is
measured, and then the published site over loopback in a headless Chromium. Needs
``playwright`` (requirements/dev.txt) and Chromium (``CHROMIUM``, or one on the path).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Final

import msgspec
from bench.measure import Cost
from bench.publish import FEEDS, FILLED_AT, SETTINGS, Archive, apply
from bench.report import Conditions, conditions, keep, show
from msgspec.structs import replace

from ecliptic.engine import Planet
from ecliptic.model.entry import Entry
from ecliptic.model.text import SafeHTML
from ecliptic.store import open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page

VOCABULARY: Final = 120_000
UNSPACED_SHARE: Final = 25
"""One entry in so many is of a script without spaces."""

KEYS: Final = ("(focus)", "1st letter", "2nd letter", "3rd letter", "4th letter")
PAUSE: Final = 500
"""Milliseconds between two keys: each finds the machine at rest."""

RUNS: Final = (
    *("without search", "same, no change", "same, 5 new"),
    *("with search", "no change", "5 new", "5 changed", "5 hidden"),
)
SERVER: Final = """
import sys, time
from ecliptic.engine import Planet
from ecliptic.web.preview import Preview
with Preview(Planet.open(sys.argv[1]).site, port=0) as preview:
    print(preview.url, flush=True)
    time.sleep(3_600)
"""
WATCH: Final = """
    const input = document.querySelector('#q'), list = document.querySelector('#hits');
    input.addEventListener('focus', () => {
        window.typed = performance.now();
        performance.clearResourceTimings();
    });
    input.addEventListener('keydown', () => {
        window.typed = performance.now();
        performance.clearResourceTimings();
    });
    new MutationObserver(() => { window.shown = performance.now(); })
        .observe(list.parentNode, {childList: true, subtree: true, characterData: true});
"""
LOADED: Final = """() => {
    const parts = performance.getEntriesByType('resource')
        .filter((each) => each.name.includes('/search/'));
    return {
        began: window.typed,
        ends: parts.map((each) => each.responseEnd),
        bytes: parts.reduce((sum, each) => sum + each.encodedBodySize, 0),
    };
}"""


class Run(msgspec.Struct, frozen=True):
    """One publishing run: what it took, and wrote."""

    kind: str
    cpu: float
    wall: float
    memory: int
    files: int
    size: int


class Typing(msgspec.Struct, frozen=True):
    """Milliseconds from a key to its results, and bytes loaded for them."""

    what: str
    times: list[float]
    loaded: list[int]
    requests: list[int]


class Figures(msgspec.Struct, frozen=True):
    """Everything one run of the benchmark found."""

    conditions: Conditions
    entries: int
    index_files: int
    index_bytes: int
    runs: list[Run]
    typing: list[Typing]


class Library(Archive):
    """An archive whose texts have the words of a language, and their frequencies."""

    def __init__(self, folder: Path, settings: str) -> None:
        super().__init__(folder, settings)
        random = Random("vocabulary")
        vowels, others = "aeiou", ("st", "tr", *"bcdfghjklmnpqrstvwxyz")
        parts = [*(a + b for a in others for b in vowels), *(b + a for a in others for b in vowels)]
        words = dict.fromkeys(
            "".join(
                random.choices(parts, k=1 + min(5, int(random.expovariate(0.55)) + number // 400))
            )
            for number in range(VOCABULARY)
        )
        self.words = list(words)
        self._weights = list(
            accumulate(1 / (number + 2.7) ** 1.08 for number in range(len(self.words)))
        )

    def entry(self, feed: int, number: int) -> Entry:
        """Return an entry with a text of its own, of some 150 words."""
        random = Random(f"{feed}/{number}")
        count = min(1_500, int(random.lognormvariate(4.5, 1.2)) + 5)
        if random.randrange(UNSPACED_SHARE):
            title, text = self._text(random, 6), self._text(random, count)
        else:
            title, text = (self._unspaced(random, size) for size in (4, count))
        entry = super().entry(feed, number)
        return replace(entry, title=title, content=SafeHTML(f"<p>{text}</p>"))

    def change(self, entries: int, turn: int, *, hidden: bool) -> None:
        """Change one old entry in each of five feeds, or hide it."""
        number = (turn * 37) % (entries // FEEDS)
        if hidden:
            planet = Planet.open(self.config)
            for feed in range(5, 10):
                planet.hide_entries(f"https://blog-{feed + 1}.example/{number}")
            return
        with open_store(self.state) as store:
            for state in store.feeds()[:5]:
                entry = replace(self.entry(state.id, number), title=f"Changed {turn}")
                apply(store, state.id, [replace(entry, fingerprint=f"changed {turn}".encode())])

    def _text(self, random: Random, count: int) -> str:
        return " ".join(random.choices(self.words, cum_weights=self._weights, k=count))

    def _unspaced(self, random: Random, count: int) -> str:
        numbers = random.choices(range(len(self.words)), cum_weights=self._weights, k=count)
        return "".join(chr(0x4E00 + each % 3_001) + chr(0x5E00 + each % 97) for each in numbers)


def publishing(library: Library, entries: int, rounds: int) -> Iterator[Run]:
    """Measure the kinds of run; each the best of its rounds, but for whole ones."""
    now = FILLED_AT
    for kind in RUNS:
        costs: list[Cost] = []
        for turn in range(1 if "search" in kind else rounds):
            if kind == "without search":
                library.config.write_text(_without(library.config), encoding="utf-8")
            elif kind == "with search":
                library.config.write_text(_with(library.config), encoding="utf-8")
            elif "new" in kind:
                library.add(entries // FEEDS + turn + (rounds if kind == "5 new" else 0))
            elif "no change" not in kind:
                library.change(entries, turn, hidden=kind == "5 hidden")
            now += timedelta(hours=1)
            costs.append(library.publish(now))
        yield _run(kind, min(costs, key=lambda cost: cost.cpu))


def _without(config: Path) -> str:
    return config.read_text("utf-8").replace(SETTINGS, SETTINGS + "search = false\n")


def _with(config: Path) -> str:
    return config.read_text("utf-8").replace("search = false\n", "")


def _run(kind: str, cost: Cost) -> Run:
    said = msgspec.json.decode(cost.output)
    return Run(
        kind=kind,
        cpu=cost.cpu,
        wall=cost.wall,
        memory=cost.memory,
        files=said["pages"]["written"],
        size=said["bytes"]["written"],
    )


def typing(library: Library, words: int) -> Iterator[Typing]:
    """Type words into the page, each in a browser that has loaded no part of the index yet."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - for this part alone

    frequent = [word for word in library.words[:5_000] if len(word) > 3]
    chosen = Random("typing").choices(frequent, k=words)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    times: dict[str, list[tuple[float, int, int]]] = {key: [] for key in KEYS}
    with served(library.config) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for word in chosen:
            page = browser.new_context(bypass_csp=True).new_page()
            for what, time, loaded, requests in _type(page, url, word):
                times[what].append((time, loaded, requests))
            page.context.close()
        browser.close()
    for what, found in times.items():
        yield Typing(
            what,
            [time for time, _, _ in found],
            [loaded for _, loaded, _ in found],
            [requests for _, _, requests in found],
        )


@contextmanager
def served(config: Path) -> Iterator[str]:
    """Serve the files alone, in a process of its own, and give the address."""
    command = [sys.executable, "-c", SERVER, str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def _type(page: Page, url: str, word: str) -> Iterator[tuple[str, float, int, int]]:
    """Open the page and type the first letters of a word; yield what each took."""
    page.goto(f"{url}search.html", wait_until="networkidle")
    page.evaluate(WATCH)
    page.focus("#q")
    page.wait_for_timeout(PAUSE)
    loaded = page.evaluate(LOADED)
    yield KEYS[0], max(loaded["ends"]) - loaded["began"], loaded["bytes"], len(loaded["ends"])
    for key, letter in zip(KEYS[1:], word, strict=False):
        page.keyboard.type(letter)
        page.wait_for_timeout(PAUSE)
        loaded = page.evaluate(LOADED)
        took = page.evaluate("window.shown - window.typed")
        yield key, took, loaded["bytes"], len(loaded["ends"])


def main() -> None:
    """Read the arguments, measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", type=int, default=40)
    asked = parser.parse_args()
    taken = conditions()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        library = Library(Path(name), SETTINGS)
        library.fill(asked.entries)
        runs = list(publishing(library, asked.entries, asked.rounds))
        planet = Planet.open(library.config)
        parts = [path.stat().st_size for path in Path(planet.site.output, "search").rglob("*.json")]
        typed = list(typing(library, asked.words))
    print_tables(asked.entries, parts, runs, typed)
    figures = Figures(taken, asked.entries, len(parts), sum(parts), runs, typed)
    print(f"\nAll figures: {keep('search', figures)}")


def print_tables(
    entries: int, parts: Sequence[int], runs: Sequence[Run], typed: Sequence[Typing]
) -> None:
    """Print what publishing took, with the ratio to none; and how soon results came."""
    base = next(run for run in runs if run.kind == "same, no change")
    rows = [
        [
            run.kind,
            f"{run.cpu:.2f}",
            f"{run.wall:.2f}",
            f"{run.wall / base.wall:.1f}",
            f"{run.memory / 1e6:.0f}",
            f"{run.files:,}",
            f"{run.size / 1e6:.2f}",
        ]
        for run in runs
    ]
    index = f"index of {len(parts):,} files, {sum(parts) / 1e6:.1f} MB"
    heads = (
        "run",
        "CPU s",
        "wall s",
        "times without, no change",
        "MB",
        "files written",
        "MB written",
    )
    show(f"Publishing {entries:,} entries: {index}", heads, rows)
    answers = [
        [
            each.what,
            f"{median(each.times):.0f}",
            f"{sorted(each.times)[int(len(each.times) * 0.95)]:.0f}",
            f"{median(each.loaded) / 1e3:.0f}",
            f"{median(each.requests):.0f}",
        ]
        for each in typed
    ]
    keys = ("key", "median ms", "p95 ms", "kB loaded", "requests")
    show("From a key to its results, in Chromium over loopback", keys, answers)


if __name__ == "__main__":
    main()
