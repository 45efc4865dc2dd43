"""What a picture is: by its bytes alone."""

from __future__ import annotations

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.parse import icons, picture_of
from pictures import GIF, JPEG, SVG, WEBP, ico, png

EXTENDED = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x2b\x01\0" + b"\xc7\0\0"
LOSSLESS = b"RIFF\x12\0\0\0WEBPVP8L\x06\0\0\0\x2f" + pack("<I", (39 << 14) | 63) + b"\0"


@pytest.mark.parametrize(
    ("body", "kind", "width", "height"),
    [
        (png(33, 44), "png", 33, 44),
        (JPEG, "jpeg", 20, 12),
        (GIF, "gif", 9, 8),
        (WEBP, "webp", 20, 12),
        (EXTENDED, "webp", 300, 200),
        (LOSSLESS, "webp", 64, 40),
        (ico(png(16, 16), png(48, 48)), "ico", 48, 48),
    ],
)
def test_picture_of_each_kind_then_its_size_is_read(
    body: bytes, kind: str, width: int, height: int
) -> None:
    found = picture_of(body)
    assert found is not None
    assert (found.kind, found.width, found.height) == (kind, width, height)
    assert found.path("faces").startswith(f"faces/{found.mark}.")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html><img src=x>", SVG, b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", png()[:20], GIF[:7],
        b"GIF88a" + bytes(20), JPEG[:30], b"\xff\xd8\xff" + b"\xff" * 50, WEBP[:20],
        b"RIFF\0\0\0\0WAVE" + bytes(40), ico(), ico(png())[:40], ico(b"<html>" + bytes(60)),
        png(0, 5), b"\0\0\1\0\1\0" + bytes(16),
    ],
)  # fmt: skip
def test_picture_when_it_is_none_then_nothing(body: bytes) -> None:
    assert picture_of(body) is None


def test_drawing_when_it_is_the_operators_own_then_it_is_a_picture() -> None:
    found = picture_of(SVG, drawings=True)
    assert found is not None
    assert (found.kind, found.width, found.height) == ("svg", 30, 40)
    assert picture_of(b"<html><body><p>svg</p>", drawings=True) is None
    unsized = picture_of(b"\xef\xbb\xbf <svg>", drawings=True)
    assert unsized is not None
    assert (unsized.width, unsized.height) == (64, 64)


@given(
    st.one_of(
        st.binary(max_size=200),
        *(
            st.binary(max_size=80).map(magic.__add__)
            for magic in (b"\xff\xd8\xff", png()[:16], GIF[:6], WEBP[:12], b"\0\0\1\0")
        ),
    )
)
def test_picture_of_any_bytes_never_raises(body: bytes) -> None:
    found = picture_of(body, drawings=True)
    assert found is None or min(found.width, found.height) > 0


PAGE = """<head><base href="https://cdn.example/x/">
<link rel="stylesheet" href="a.css">
<link rel="shortcut icon" href="small.ico">
<link rel="icon" type="image/svg+xml" href="logo.svg">
<link rel="icon" sizes="96x96" href="/96.png">
<link rel="apple-touch-icon" href="touch.png">
<link rel="icon" sizes="512x512" href="big.png">
<link rel="icon" href="javascript:alert(1)"><link rel="icon" href="data:image/png;base64,AA==">
</head>"""


def test_icons_of_a_page_then_the_one_nearest_to_the_best_size_comes_first() -> None:
    assert icons(PAGE.encode(), url="https://blog.example/") == (
        "https://cdn.example/96.png",
        "https://cdn.example/x/touch.png",
        "https://cdn.example/x/small.ico",
        "https://cdn.example/x/big.png",
    )


def test_icons_of_what_is_no_page_then_none() -> None:
    assert icons(b"", url="https://blog.example/") == ()
    assert icons(png(), url="https://blog.example/") == ()
