from __future__ import annotations

import tracemalloc
import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coded import (
    BROTLI_BOMB,
    MAGIC,
    PACK,
    SKIPPED,
    bare_deflate,
    gzip,
    gzip_bomb,
    pack,
    zstd_bomb,
    zstd_frame,
    zstd_of_window,
)
from ecliptic.fetch.coding import OFFERED, BadCodingError, TooLargeError, Unpacker
from ecliptic.fetch.streams import STEP

TEXT = b"<rss>" + b"All is well here. " * 20 + b"</rss>"
LIMIT = 1_000_000
stacks = st.lists(st.sampled_from(sorted(PACK)), min_size=1, max_size=4).map(", ".join)
cuts = st.lists(st.integers(0, 400))


def pieces(body: bytes, at: Iterable[int]) -> Iterator[bytes]:
    """Cut a body, as a network does."""
    places = sorted({0, len(body), *(place % (len(body) + 1) for place in at)})
    return (body[start:end] for start, end in pairwise(places))


def unpacked(codings: str, chunks: Iterable[bytes], limit: int = LIMIT) -> tuple[bytes, bool]:
    """Return what a body holds, and whether it is whole."""
    unpacker = Unpacker(codings, limit)
    body = b"".join(piece for chunk in chunks for piece in unpacker.unpack(chunk))
    return body, unpacker.is_whole


def one_by_one(body: bytes) -> list[bytes]:
    return [body[at : at + 1] for at in range(len(body))]


@given(stacks, st.binary(), cuts)
@example("gzip, br, deflate, zstd", TEXT * 2_000, list(range(400)))
def test_unpack_of_any_body_in_any_codings_and_pieces_then_the_body(
    codings: str, body: bytes, at: list[int]
) -> None:
    assert unpacked(codings, pieces(pack(codings, body), at)) == (body, True)


@given(st.binary(), cuts)
def test_unpack_of_deflate_without_its_wrapping_then_the_body(body: bytes, at: list[int]) -> None:
    assert unpacked("deflate", pieces(bare_deflate(body), at)) == (body, True)


@given(st.lists(st.binary(), min_size=1), cuts)
def test_unpack_of_several_members_of_gzip_then_all_of_them(
    bodies: list[bytes], at: list[int]
) -> None:
    packed = b"".join(map(gzip, bodies))
    assert unpacked("gzip", pieces(packed, at)) == (b"".join(bodies), True)


@pytest.mark.parametrize("members", [2, 100])
@pytest.mark.parametrize("size", [STEP, STEP + 64, 3 * STEP])
def test_unpack_of_members_of_gzip_larger_than_a_step_then_each_once(
    members: int, size: int
) -> None:
    body = b"".join(gzip(bytes([65 + number % 26]) * size) for number in range(members))
    tail = gzip(b"<end/>")
    tracemalloc.start()
    unpacker = Unpacker("gzip", LIMIT * 20)
    sizes = [len(piece) for piece in unpacker.unpack(body + tail)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(sizes) == members * size + len(b"<end/>")
    assert unpacker.is_whole
    assert peak < 8 * STEP + 3 * len(body)


@given(st.lists(st.binary() | st.none(), min_size=1), cuts)
def test_unpack_of_several_frames_of_zstd_then_all_but_the_skipped_ones(
    bodies: list[bytes | None], at: list[int]
) -> None:
    packed = b"".join(SKIPPED if body is None else zstd_frame(body) for body in bodies)
    expected = b"".join(body or b"" for body in bodies)
    assert unpacked("zstd", pieces(packed, at)) == (expected, True)


@given(st.sampled_from(["gzip", "deflate", "zstd"]), st.binary(min_size=1), cuts)
@example("gzip", bytes(1000), [])
@example("zstd", b"\n", [])
def test_unpack_of_what_stands_behind_the_end_then_left_out(
    coding: str, garbage: bytes, at: list[int]
) -> None:
    if MAGIC.get(coding, b"?")[:1] == garbage[:1] or b"\x50" <= garbage[:1] < b"\x60":
        garbage = b"?" + garbage
    packed = PACK[coding](TEXT) + garbage + PACK[coding](TEXT)
    assert unpacked(coding, pieces(packed, at)) == (TEXT, True)


@pytest.mark.parametrize("is_at_once", [True, False])
def test_unpack_of_what_stands_behind_the_end_of_brotli_then_bad(*, is_at_once: bool) -> None:
    packed = PACK["br"](TEXT) + b"more"
    with pytest.raises(BadCodingError, match="what came is not brotli"):
        unpacked("br", [packed] if is_at_once else one_by_one(packed))


@pytest.mark.parametrize("codings", [*PACK, "gzip, br", "zstd, deflate"])
def test_unpack_of_a_body_cut_at_any_byte_then_not_whole(codings: str) -> None:
    packed = pack(codings, TEXT)
    for size in range(len(packed)):
        body, is_whole = unpacked(codings, [packed[:size]])
        assert TEXT.startswith(body)
        assert not is_whole


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_unpack_of_a_second_part_cut_at_any_byte_then_not_whole(coding: str) -> None:
    first, second = PACK[coding](b"one"), PACK[coding](b"two")
    for size in range(1, len(second)):
        assert not unpacked(coding, [first + second[:size]])[1]


@given(stacks, st.binary(), cuts)
def test_unpack_of_any_bytes_then_the_same_however_they_come(
    codings: str, body: bytes, at: list[int]
) -> None:
    def outcome(chunks: Iterable[bytes]) -> object:
        try:
            return unpacked(codings, chunks)
        except BadCodingError:  # which of several is met first may differ
            return "bad"

    assert outcome(pieces(body, at)) == outcome(one_by_one(body))


@given(st.sampled_from(sorted(PACK)), st.integers(0, 400), st.integers(1, 255))
def test_unpack_of_a_damaged_body_then_bad_or_not_whole_or_the_body(
    coding: str, place: int, change: int
) -> None:
    packed = bytearray(PACK[coding](TEXT))
    packed[place % len(packed)] ^= change
    try:
        body, is_whole = unpacked(coding, [bytes(packed)])
    except BadCodingError:
        return
    # Brotli has no checksum, and what begins as zlib cannot may be bare deflate, which has none.
    assert not is_whole or body == TEXT or coding in {"br", "deflate"}


# Names


def test_offered_codings_are_those_that_are_undone() -> None:
    for name in OFFERED.split(", "):
        assert unpacked(name, [PACK[name](TEXT)]) == (TEXT, True)


@pytest.mark.parametrize(
    "listed", ["GZip", "x-gzip", " gzip\t", "identity, gzip", "gzip, ", ",,gzip,,", "gzip,none"]
)
def test_unpacker_when_a_name_is_written_otherwise_then_it_is_the_same(listed: str) -> None:
    assert unpacked(listed, [gzip(TEXT)]) == (TEXT, True)


@pytest.mark.parametrize("listed", ["", "identity", "None, Identity"])
def test_unpacker_when_there_is_no_coding_then_as_it_came(listed: str) -> None:
    assert unpacked(listed, one_by_one(TEXT)) == (TEXT, True)


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        ("x-made-up", "'x-made-up' is not known"),
        ("gzip, Made, br", "'made' is not known"),
        ("\xfc" * 1000, "^'\xfc{50}' is not known"),
        ("a\x1bb", r"'a\\x1bb' is not known"),
        ("gzip, " * 5, "more than 4 codings"),
    ],
)
def test_unpacker_when_codings_cannot_be_undone_then_says_why(listed: str, why: str) -> None:
    with pytest.raises(BadCodingError, match=why):
        Unpacker(listed, LIMIT)


# Limits


@pytest.mark.parametrize("codings", [*PACK, "gzip, gzip", "br, zstd"])
def test_unpack_when_a_body_is_as_large_as_allowed_then_whole_and_a_byte_less_is_too_large(
    codings: str,
) -> None:
    packed = pack(codings, TEXT)
    assert unpacked(codings, [packed], len(TEXT)) == (TEXT, True)
    with pytest.raises(TooLargeError):
        unpacked(codings, [packed], len(TEXT) - 1)


BOMBS = {
    "gzip": gzip_bomb(),
    "deflate": b"\x78\x9c" + gzip_bomb()[10:-8],
    "br": BROTLI_BOMB,
    "zstd": zstd_bomb(),
    "gzip, gzip": gzip(gzip_bomb()),
    "zstd, gzip": gzip_bomb(start=b"\x50\x2a\x4d\x18" + (1 << 30).to_bytes(4, "little")),
    "zstd, zstd, zstd, br": pack("zstd, zstd, br", zstd_bomb()),
}


@pytest.mark.parametrize("codings", BOMBS)
def test_unpack_of_a_bomb_then_it_ends_at_the_limit_and_in_small_steps(codings: str) -> None:
    sizes: list[int] = []
    with pytest.raises(TooLargeError):
        sizes.extend(map(len, Unpacker(codings, 10_000_000).unpack(BOMBS[codings])))
    assert sum(sizes) <= 10_000_000
    assert max(sizes, default=0) <= STEP


def test_unpack_when_more_than_enough_came_packed_then_too_large_though_nothing_comes_of_it() -> (
    None
):
    with pytest.raises(TooLargeError):
        unpacked("gzip", [gzip(TEXT) + bytes(1000)], len(TEXT))


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_unpack_of_parts_without_end_then_bad_before_they_cost_time(coding: str) -> None:
    part = PACK[coding](b"")
    assert unpacked(coding, [part * 1_000]) == (b"", True)
    with pytest.raises(BadCodingError, match="more than 1000 parts"):
        unpacked(coding, [part * 1_001])


def test_unpack_of_zstd_then_a_window_of_eight_megabytes_at_most() -> None:
    """RFC 9659."""
    assert unpacked("zstd", [zstd_of_window(23)]) == (b"A", True)
    with pytest.raises(BadCodingError, match="what came is not zstd"):
        unpacked("zstd", [zstd_of_window(24)])


def test_unpack_of_zlib_with_a_dictionary_then_bad() -> None:
    packer = zlib.compressobj(zdict=b"what we do not have")
    with pytest.raises(BadCodingError, match="what came is not deflate"):
        unpacked("deflate", [packer.compress(TEXT) + packer.flush()])
