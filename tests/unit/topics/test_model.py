"""A model's file that was cut, changed or made up gives an error, and runs nothing."""

from __future__ import annotations

import math
import pickle
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.errors import EclipticError
from ecliptic.topics.features import VERSION
from ecliptic.topics.judge import Judge
from ecliptic.topics.model import Packed, floats, from_bytes, to_bytes
from topical import needs_topics

WHERE = "planet.topics"


def packed(**fields: Any) -> Packed:
    values: dict[str, Any] = {
        "features": VERSION, "kernel": "linear", "words": ("a", "b", "c"),
        "rarity": floats([1.0, 1.5, 2.0]), "weights": floats([1.0, -1.0, 0.5]), "shift": 0.1,
        "slope": 2.0, "offset": 0.0, "on": 5, "off": 5, "quality": 0.9,
    }  # fmt: skip
    return Packed(**{**values, **fields})


def rbf(**fields: Any) -> Packed:
    import numpy as np  # noqa: PLC0415 - the extra may be missing

    values: dict[str, Any] = {
        "kernel": "rbf", "gamma": 0.5, "weights": floats([1.0, -1.0]),
        "starts": np.array([0, 1, 2, 3], "<u4").tobytes(),
        "places": np.array([0, 1, 1], "<u4").tobytes(), "values": floats([1.0, 0.6, 0.8]),
    }  # fmt: skip
    return packed(**{**values, **fields})


def test_from_bytes_when_the_file_is_whole_then_the_model_judges() -> None:
    judge = Judge(from_bytes(to_bytes(packed()), WHERE))
    assert judge.probability({"a": 2, "b": 1, "c": 1, "unknown": 9}) == pytest.approx(0.81, abs=0.1)


@given(st.data())
def test_from_bytes_when_the_file_is_cut_or_changed_then_it_says_so(data: st.DataObject) -> None:
    whole = to_bytes(packed())
    if data.draw(st.booleans()):
        broken = whole[: data.draw(st.integers(0, len(whole) - 1))]
    else:
        at = data.draw(st.integers(0, len(whole) - 1))
        broken = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    with pytest.raises(EclipticError, match="ecliptic topics train") as caught:
        from_bytes(broken, WHERE)
    assert caught.value.code in {"topics.damaged", "topics.not_a_model"}


def test_from_bytes_when_the_file_is_a_pickle_then_it_is_not_run() -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return exec, ("raise SystemExit",)

    with pytest.raises(EclipticError) as caught:
        from_bytes(pickle.dumps(Trap()), WHERE)
    assert caught.value.code == "topics.not_a_model"


def test_from_bytes_when_another_version_saw_other_features_then_it_says_so() -> None:
    with pytest.raises(EclipticError) as caught:
        from_bytes(to_bytes(packed(features=VERSION + 1)), WHERE)
    assert caught.value.code == "topics.old_model"


@pytest.mark.parametrize(
    "fields",
    [
        {"rarity": floats([1.0])},
        {"rarity": floats([1.0, 2.0, math.nan])},
        {"rarity": b"123"},
        {"words": ("a", "a", "b")},
        {"slope": math.inf},
        {"weights": floats([1.0])},
    ],
)
def test_from_bytes_when_it_is_signed_but_its_parts_do_not_fit_then_it_says_so(
    fields: dict[str, Any],
) -> None:
    with pytest.raises((EclipticError, ValueError)):
        Judge(from_bytes(to_bytes(packed(**fields)), WHERE))


@needs_topics
def test_from_bytes_when_support_vectors_do_not_fit_then_it_says_so() -> None:
    import numpy as np  # noqa: PLC0415 - the extra may be missing

    assert Judge(from_bytes(to_bytes(rbf()), WHERE)).probability({"a": 1, "b": 1, "c": 1})
    broken: list[dict[str, Any]] = [
        {"starts": np.array([0, 2, 1, 3], "<u4").tobytes()},
        {"starts": np.array([0, 1], "<u4").tobytes()},
        {"starts": b""},
        {"places": np.array([0, 1, 7], "<u4").tobytes()},
        {"values": floats([1.0, 0.6])},
        {"values": floats([1.0, 0.6, math.nan])},
        {"weights": b"123"},
    ]
    for fields in broken:
        with pytest.raises(ValueError):  # noqa: PT011 - numpy's own words, or ours
            Judge(from_bytes(to_bytes(rbf(**fields)), WHERE))


def test_from_bytes_when_a_field_is_of_another_kind_then_it_says_so() -> None:
    shape = msgspec.to_builtins(packed())
    shape["kernel"] = "poly"
    body = msgspec.msgpack.encode(shape)
    from ecliptic.topics import model  # noqa: PLC0415 - for the hash that a forger can make too

    signed = model._MAGIC + model._digest(body) + b"\n" + body
    with pytest.raises(EclipticError) as caught:
        from_bytes(signed, WHERE)
    assert caught.value.code == "topics.damaged"
