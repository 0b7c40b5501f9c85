"""The sample under watch: pictures, words and right answers of any data; what takes long is made beside the loop."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from engine.choices import DataChoice
from engine.datasets import split
from engine.values import FrozenMap, Value
from gui.monitor.sample import SAMPLES, ProbeSamples, SampleCard


def read(qtbot: QtBot, name: str, **values: Value) -> ProbeSamples:
    samples = ProbeSamples()
    with qtbot.waitSignal(samples.ready, timeout=20_000):
        samples.choose(DataChoice(name, values=FrozenMap(values)), 1)
    return samples


def shown(qtbot: QtBot, samples: ProbeSamples) -> SampleCard:
    card = SampleCard()
    qtbot.addWidget(card)
    card.show_sample(samples, 0)
    return card


def test_digits_are_there_at_once(qtbot: QtBot) -> None:
    samples = ProbeSamples()
    samples.choose(DataChoice(), 1)
    assert len(samples) == SAMPLES
    card = shown(qtbot, samples)
    assert (card.words, card.caption) == ("", "is 3")
    assert not card.isHidden()


def test_a_caption_is_told_beside_its_picture(qtbot: QtBot) -> None:
    samples = read(qtbot, "captions", samples=100, size=24)
    assert samples.picture(0) is not None
    card = shown(qtbot, samples)
    assert card.words.startswith("a ")
    assert card.caption == f"→ {card.words}"


def test_words_are_shown_without_a_picture(qtbot: QtBot) -> None:
    samples = read(qtbot, "sentiment", samples=100)
    card = shown(qtbot, samples)
    assert len(card.words.split()) > 3
    assert card.caption in ("is positive", "is negative")


def test_numbers_show_nothing(qtbot: QtBot) -> None:
    samples = ProbeSamples()
    samples.choose(DataChoice("iris"), 1)
    card = shown(qtbot, samples)
    assert card.isHidden()


def test_the_samples_are_those_of_the_trainer(qtbot: QtBot) -> None:
    samples = read(qtbot, "shapes", samples=60, size=16)
    validation = split(DataChoice("shapes", values=FrozenMap({"samples": 60, "size": 16})), 1).validation
    picture = samples.picture(2)
    assert picture is not None
    assert (picture == validation.inputs["image"][2]).all()
    assert samples.answer(2) == validation.targets["shape"][2]


@pytest.mark.parametrize("name", ["gone", "digits"])
def test_data_that_are_not_there_show_nothing(qtbot: QtBot, name: str) -> None:
    samples = ProbeSamples()
    samples.choose(DataChoice(name, values=FrozenMap({"colour": 1})), 1)
    assert len(samples) == 0
    assert shown(qtbot, samples).isHidden()
