"""What is learned from labels, and how well: figures of cross-validation, with floors."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest

from ecliptic.model.entry import Entry
from ecliptic.topics.features import features_of
from ecliptic.topics.judge import Judge
from ecliptic.topics.model import TopicModel, from_bytes, to_bytes
from topical import GARDEN, SOFTWARE, entry_of, labelled_entries, needs_topics, paired_entries

if TYPE_CHECKING:
    from ecliptic.topics.train import Example

pytestmark = needs_topics
URL = "https://blog.example/feed"


def examples(labelled: Sequence[tuple[Entry, bool]]) -> list[Example]:
    from ecliptic.topics.train import Example  # noqa: PLC0415 - the extra may be missing

    return [
        Example(uid=entry.uid, features=features_of(entry, URL), is_on=is_on)
        for entry, is_on in labelled
    ]


def judge_of(labelled: Sequence[tuple[Entry, bool]]) -> Judge:
    from ecliptic.topics.train import train  # noqa: PLC0415 - the extra may be missing

    return Judge(TopicModel(train(examples(labelled))))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "precision", "recall"), [(50, 0.8, 0.75), (600, 0.95, 0.95)], ids=["50", "600"]
)
def test_train_when_two_topics_share_most_words_then_they_are_told_apart(
    count: int, precision: float, recall: float, tell: Callable[[str], None]
) -> None:
    from ecliptic.topics.evaluate import at_threshold, cross_validated  # noqa: PLC0415 - see above

    judged = cross_validated(examples(labelled_entries(count)))
    assert len(judged) == count
    even = at_threshold(judged, 0.5)
    low = at_threshold(judged, 0.2)
    tell(
        f"topics, {count} labels: precision {even.precision:.3f} and recall {even.recall:.3f} of "
        f"off topic below 0.5; {low.precision or 0:.3f} and {low.recall:.3f} below 0.2"
    )
    assert even.precision is not None
    assert even.recall is not None
    assert even.precision >= precision
    assert even.recall >= recall
    assert (low.precision or 1) >= even.precision, "a lower threshold is the more careful one"


def test_train_when_labels_are_few_then_the_kernel_is_linear() -> None:
    assert judge_of(labelled_entries(50)).model.packed.kernel == "linear"
    assert judge_of(paired_entries(200)).model.packed.kernel == "linear"


@pytest.mark.slow
def test_train_when_only_pairs_of_subjects_tell_then_rbf_wins_from_500_labels_on() -> None:
    judge = judge_of(paired_entries(600))
    assert judge.model.packed.kernel == "rbf"
    assert judge.model.packed.quality > 0.9
    unseen = [(entry, is_on) for entry, is_on in paired_entries(800)[600:]]
    right = [(judge.probability(features_of(e, URL)) or 0) > 0.5 for e, _ in unseen]
    assert sum(a == b for a, (_, b) in zip(right, unseen, strict=True)) > 0.85 * len(unseen)


@pytest.mark.slow
def test_train_when_labels_come_in_another_order_then_the_file_is_the_same() -> None:
    from ecliptic.topics.train import train  # noqa: PLC0415 - see above

    for labelled in (examples(labelled_entries(60)), examples(paired_entries(520))):
        shuffled = list(labelled)
        random.Random(5).shuffle(shuffled)
        assert to_bytes(train(labelled)) == to_bytes(train(shuffled))


def test_train_when_labels_are_chance_then_nothing_is_called_off_topic() -> None:
    chance = random.Random(11)
    labelled = [(entry, chance.random() < 0.5) for entry, _ in labelled_entries(60)]
    judge = judge_of(labelled)
    found = [judge.probability(features_of(entry, URL)) for entry, _ in labelled_entries(200)]
    assert min(each for each in found if each is not None) > 0.2


def test_train_when_one_kind_is_rare_then_it_still_weighs_half() -> None:
    labelled = labelled_entries(200)
    few = [pair for pair in labelled if pair[1]] + [pair for pair in labelled if not pair[1]][:12]
    judge = judge_of(few)
    garden = judge.probability(
        features_of(entry_of(900, "basil apple bean autumn aphid bark bee"), URL)
    )
    code = judge.probability(
        features_of(entry_of(901, "algorithm binary branch backend cache buffer"), URL)
    )
    assert garden is not None
    assert code is not None
    assert garden < 0.4
    assert code > 0.6


@pytest.mark.slow
def test_judge_when_rbf_then_it_decides_as_scikit_learn_does() -> None:
    import numpy as np  # noqa: PLC0415 - the extra may be missing

    from ecliptic.topics import train as training  # noqa: PLC0415 - the extra may be missing

    chosen = sorted(examples(paired_entries(520)), key=lambda example: example.uid)
    words, rarity = training._vocabulary(chosen)
    vectors = training._vectors(chosen, words, rarity)
    truth = np.array([example.is_on for example in chosen])
    kernel = training._RBF
    products = (vectors @ vectors.T).toarray()
    machine = training._machine(kernel.cost).fit(kernel.of(products), truth)
    theirs = machine.decision_function(kernel.of(products))
    judge = judge_of(paired_entries(520))
    assert judge.model.packed.gamma == kernel.gamma
    for example, decision in list(zip(chosen, theirs, strict=True))[:40]:
        vector = judge._vector(example.features)
        assert vector is not None
        assert judge._machine.decision(judge._machine.look(vector)) == pytest.approx(
            decision, abs=1e-4
        )


@pytest.mark.parametrize(
    "labelled", [labelled_entries(60), paired_entries(520)], ids=["lin", "rbf"]
)
def test_opinion_of_a_word_is_how_far_the_decision_falls_without_it(
    labelled: list[tuple[Entry, bool]],
) -> None:
    judge = judge_of(labelled)
    features = dict(features_of(labelled[0][0], URL))
    opinion = judge.opinion(features, all_words=True)
    assert opinion is not None
    loudest = opinion.words[0]
    vector = judge._vector(features)
    assert vector is not None
    number = judge.model.index[loudest.word]
    without = {n: value for n, value in vector.items() if n != number}
    if judge.model.packed.kernel == "rbf":
        norm = sum(value**2 for value in without.values()) ** 0.5
        without = {n: value / norm for n, value in without.items()}
    machine = judge._machine
    fall = machine.decision(machine.look(vector)) - machine.decision(machine.look(without))
    assert loudest.weight == pytest.approx(fall, abs=1e-3)
    short = judge.opinion(features)
    assert short is not None
    assert short.probability == opinion.probability
    assert short.words[0] == loudest


def test_opinion_when_an_entry_is_off_topic_then_words_of_the_other_topic_spoke() -> None:
    judge = judge_of(labelled_entries(300))
    text = "we found more about compost and soil and mulch because slugs leave seedling linux"
    opinion = judge.opinion(features_of(entry_of(900, text), URL))
    assert opinion is not None
    assert opinion.probability < 0.5
    assert set(opinion.told().split(", ")) <= set(GARDEN)
    towards = {word.word for word in judge.leanings(20) if word.weight > 0}
    assert towards < {*SOFTWARE}


def test_opinion_when_too_few_words_are_known_then_there_is_none() -> None:
    judge = judge_of(labelled_entries(60))
    assert judge.probability(features_of(entry_of(900, "Zxqw qwzx"), URL)) is None
    assert judge.opinion(features_of(entry_of(900, "kernel"), URL)) is None


@pytest.mark.slow
def test_model_when_written_and_read_then_it_judges_the_same() -> None:
    for labelled in (labelled_entries(60), paired_entries(520)):
        judge = judge_of(labelled)
        again = Judge(from_bytes(to_bytes(judge.model.packed), "planet.topics"))
        features = features_of(labelled[3][0], URL)
        assert again.opinion(features) == judge.opinion(features)


def test_judge_when_an_entry_is_in_a_language_it_never_saw_then_it_is_not_called_off_topic() -> (
    None
):
    judge = judge_of(labelled_entries(300))
    german = (
        "Gestern haben wir eine neue Fassung des Planeten veröffentlicht, und viele haben sie "
        "seitdem ausprobiert; nun freuen wir uns über Berichte aus allen Gärten und Rechnern"
    )
    assert judge.probability(features_of(entry_of(900, german), URL)) is None
