from __future__ import annotations

from msgspec.structs import replace

from ecliptic.decide import held_back, in_turns
from ecliptic.model.feed import FeedState
from ecliptic.model.outcome import Held
from making import NOON
from rendering import make_feed


def feed(number: int, host: str, *, held: bool = False) -> FeedState:
    made = make_feed(number, url=f"https://{host}/{number}.xml")
    return (
        replace(made, fetch=held_back(made.fetch, Held(url="", until=NOON), NOON)) if held else made
    )


def numbers(feeds: list[FeedState]) -> list[int]:
    return [each.id for each in feeds]


def test_in_turns_when_each_has_its_own_host_then_the_operator_s_order() -> None:
    made = (feed(n, f"{n}.example") for n in range(1, 6))
    assert numbers(in_turns(made, kept=9)) == [1, 2, 3, 4, 5]


def test_in_turns_when_a_host_has_thousands_then_nobody_waits_behind_all_of_them() -> None:
    feeds = [feed(n, "big.example") for n in range(1, 5_001)]
    feeds += [feed(n, f"{n}.example") for n in range(5_001, 5_011)]
    assert numbers(in_turns(feeds, kept=99))[:11] == [1, *range(5_001, 5_011)]


def test_in_turns_when_some_were_held_back_then_they_go_before_the_others_of_their_host() -> None:
    feeds = [feed(1, "a"), feed(2, "a"), feed(3, "b"), feed(4, "a", held=True)]
    assert numbers(in_turns(feeds, kept=9)) == [4, 3, 1, 2]


def test_in_turns_when_fewer_connections_are_kept_than_there_are_hosts_then_eight_at_a_turn() -> (
    None
):
    feeds = [feed(n, "ab"[n % 2]) for n in range(20)]
    ordered = numbers(in_turns(feeds, kept=1))
    first, second = list(range(0, 20, 2)), list(range(1, 20, 2))
    assert ordered == [*first[:8], *second[:8], *first[8:], *second[8:]]
