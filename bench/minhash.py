"""What a MinHash costs, and how well it estimates, by library: python -m bench.minhash.

Texts of 300 words in shingles of three, 128 permutations; each has a copy with
one word in twenty changed. Libraries that are not installed are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable, Sequence
from random import Random
from statistics import mean
from time import process_time
from zlib import crc32

from bench.report import show

from ecliptic.decide.likeness import resemblance, shingles

PERMUTATIONS = 128
PRIME = (1 << 61) - 1
Signature = Callable[[Sequence[str]], Sequence[int]]


def rensa() -> Signature:
    """Return MinHash as rensa does it."""
    import rensa as library  # noqa: PLC0415 - it may be missing

    def signature(tokens: Sequence[str]) -> Sequence[int]:
        made = library.RMinHash(num_perm=PERMUTATIONS, seed=1)
        made.update(tokens)
        found: list[int] = made.digest()
        return found

    return signature


def datasketch() -> Signature:
    """Return MinHash as datasketch does it, all tokens at once."""
    import datasketch as library  # noqa: PLC0415 - it may be missing

    def signature(tokens: Sequence[str]) -> Sequence[int]:
        made = library.MinHash(num_perm=PERMUTATIONS)
        made.update_batch([token.encode() for token in tokens])
        found: list[int] = made.hashvalues.tolist()
        return found

    return signature


def python() -> Signature:
    """Return MinHash with one permutation cut into bins, in plain Python."""

    def signature(tokens: Sequence[str]) -> Sequence[int]:
        bins = [PRIME] * PERMUTATIONS
        for token in tokens:
            mixed = crc32(token.encode()) * 0x9E3779B97F4A7C15 & PRIME
            place = mixed % PERMUTATIONS
            bins[place] = min(bins[place], mixed)
        last = next((value for value in reversed(bins) if value != PRIME), PRIME)
        for place, value in enumerate(bins):  # an empty bin takes what the one before it has
            last = bins[place] = value if value != PRIME else last
        return bins

    return signature


def texts(number: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return texts, each with a copy that differs in one word of twenty."""
    random, made = Random(1), []
    for _ in range(number):
        text = tuple(f"w{random.randrange(20_000):x}" for _ in range(300))
        copy = tuple("other" if random.random() < 0.05 else word for word in text)
        made.append((text, copy))
    return made


def measure(signature: Signature, number: int) -> tuple[float, float]:
    """Return microseconds of CPU for a text, and by how much estimates are off on average."""
    pairs = texts(number)
    tokens = [[sorted(shingles(text)) for text in pair] for pair in pairs]
    start = process_time()
    made = [[signature(each) for each in pair] for pair in tokens]
    spent = process_time() - start
    errors = []
    for (one, other), (first, second) in zip(pairs, made, strict=True):
        equal = sum(a == b for a, b in zip(first, second, strict=True)) / PERMUTATIONS
        errors.append(abs(equal - resemblance(one, other)))
    return 1e6 * spent / (2 * number), mean(errors)


def main() -> None:
    """Measure every library that is installed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=int, default=1_000)
    asked = parser.parse_args()
    makers = {"rensa": rensa, "datasketch": datasketch, "python": python}
    rows = []
    for name, maker in makers.items():
        if name == "python" or importlib.util.find_spec(name):
            spent, error = measure(maker(), asked.texts)
            rows.append((name, f"{spent:.1f}", f"{error:.3f}"))
    show("MinHash of 300 words", ("library", "CPU µs a text", "mean error"), rows)


if __name__ == "__main__":
    main()
