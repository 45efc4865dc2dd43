"""The same feed gives the same bytes: in another process, with another hash seed, in a thread."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import ecliptic
from ecliptic.clean import clean_html
from shared_data import DATA

OWN = [
    '<img alt="a" src="/x.png" width="1" height="2" srcset="a 1x" class="u-photo" id="i">' * 2,
    '<video src="v.mp4" poster="p.png" loop muted width="10" height="10"></video>',
    '<iframe title="t" allowfullscreen width="1" height="1" src="//youtube.com/embed/x"></iframe>',
    '<pre><code class="language-python">def f(x): return {"a": x}</code></pre>',
    '<td headers="a b" colspan="2" rowspan="2" align="left" valign="top"><a href=x title=y id=z>',
]
PROGRAM = """
import json, sys
from ecliptic.clean import clean_html
for html in json.load(sys.stdin):
    print(json.dumps(clean_html(html, base="https://blog.example/post/", top_heading=5)))
"""


def vectors() -> list[str]:
    file = DATA / "vectors" / "html.json"
    given = json.loads(file.read_bytes())[::5] if file.is_file() else []
    return [*OWN, *(vector["payload"] for vector in given)]


def cleaned_elsewhere(payloads: list[str], seed: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(payloads),
        env={
            **os.environ,
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": str(Path(ecliptic.__file__).parents[1]),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return sha256(done.stdout.encode()).hexdigest()


def test_clean_in_any_process_writes_the_same_bytes() -> None:
    payloads = vectors()
    assert len({cleaned_elsewhere(payloads, seed) for seed in (0, 1, 2, 3)}) == 1


def test_clean_in_any_thread_writes_the_same_bytes() -> None:
    """Each thread has a cleaner of its own: bases and namespaces never meet."""
    payloads = vectors()[:500]

    def clean_all(number: int) -> list[str]:
        base = f"https://blog{number}.example/"
        return [clean_html(html, base=base, entry=f"e{number}") for html in payloads]

    alone = [clean_all(number) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(clean_all, range(4))) == alone
