"""What is made by the program is right: each target is checked against its inputs by other means."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from engine.choices import DataChoice
from engine.data.columns import END, IGNORED, PAD, START, Samples
from engine.data.files import resized
from engine.data.sentences import ASKED, COVERED, MASK, PEOPLE
from engine.data.sequences import MONTHS
from engine.datasets import DataSpec, dataset, read
from engine.values import FrozenMap, Value


def made(name: str, **values: Value) -> tuple[DataSpec, Samples]:
    spec = dataset(DataChoice(name, values=FrozenMap(values)))
    return spec, read(spec)


def test_words_are_reversed() -> None:
    _, samples = made("reverse", length=5)
    assert np.array_equal(samples.targets["after"], samples.inputs["source"][:, ::-1])


@pytest.mark.parametrize("name", ["reverse", "dates"])
def test_a_decoder_is_fed_what_it_has_to_say_one_step_late(name: str) -> None:
    spec, samples = made(name)
    before, after = samples.inputs["before"], samples.targets["after"]
    assert (before[:, 0] == spec.inputs[1].words.index(START)).all()
    assert np.array_equal(before[:, 1:], after[:, :-1])


def test_dates_are_translated() -> None:
    spec, samples = made("dates", samples=500)
    for source, after in zip(samples.inputs["source"], samples.targets["after"], strict=True):
        written, day = spec.inputs[0].spell(source), date.fromisoformat(spec.targets[0].spell(after))
        assert str(day.year) in written
        assert str(day.day) in written
        assert MONTHS[day.month - 1][:3] in written or str(day.month) in written


def closed(row: list[int]) -> bool:
    opened: list[int] = []
    for letter in row:
        if letter in (1, 3):
            opened.append(letter)
        elif letter and (not opened or opened.pop() != letter - 1):
            return False
    return not opened


def test_brackets_close_where_it_is_said() -> None:
    _, samples = made("brackets")
    told = [closed(row) for row in samples.inputs["letters"].tolist()]
    assert told == samples.targets["balanced"].astype(bool).tolist()
    assert sum(told) == 2000


def test_depths_are_counted() -> None:
    _, samples = made("brackets", targets="depth")
    steps = np.isin(samples.inputs["letters"], (1, 3)).astype(int) - np.isin(samples.inputs["letters"], (2, 4))
    assert np.array_equal(np.cumsum(steps, axis=1), samples.targets["depth"])


@pytest.mark.parametrize("inputs", ["tokens", "apart"])
def test_the_answer_stands_beside_the_key_that_is_asked_for(inputs: str) -> None:
    spec, samples = made("pairs", inputs=inputs)
    for row in range(200):
        words = " ".join(column.spell(samples.inputs[column.name][row]) for column in spec.inputs).split()
        if inputs == "tokens":
            told = dict(zip(words[:-1:2], words[1:-1:2], strict=True))
            query = words[-1]
        else:
            query, keys, values = words[0], words[1:7], words[7:]
            told = dict(zip(keys, values, strict=True))
        assert len(told) == 6
        assert told[query] == spec.targets[0].words[samples.targets["answer"][row]]


def test_captions_name_what_is_seen() -> None:
    """The colour that a caption names first is most of what is seen where it says that the figure stands."""
    spec, samples = made("captions", samples=100)
    inks = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1), "yellow": (1, 1, 0)}
    for image, words, following in zip(
        samples.inputs["image"], samples.inputs["words"], samples.targets["next"], strict=True
    ):
        told = spec.inputs[1].spell(words).split()
        assert spec.targets[0].spell(following).split() == told
        half = image[:16] if "above" in told else image[:, :16] if "left" in told else image
        centre = half[tuple(slice(side // 2 - 7, side // 2 + 7) for side in half.shape[:2])]
        spread = centre.max(axis=2) - centre.min(axis=2)
        seen = centre[spread > 0.35].mean(axis=0)
        nearest = min(inks, key=lambda ink: float(np.square(seen - inks[ink]).sum()))
        assert nearest == told[1]


def test_captions_begin_and_end() -> None:
    spec, samples = made("captions")
    words = spec.targets[0].words
    assert (samples.inputs["words"][:, 0] == words.index(START)).all()
    assert ((samples.targets["next"] == words.index(END)).sum(axis=1) == 1).all()
    filled = samples.inputs["words"] != words.index(PAD)
    assert np.array_equal(filled, samples.targets["next"] != words.index(PAD))


def test_masks_cover_what_stands_out() -> None:
    _, samples = made("shapes", targets="mask", samples=60)
    for image, mask in zip(samples.inputs["image"], samples.targets["mask"], strict=True):
        inside, outside = image[mask == 1].mean(axis=0), image[mask == 0].mean(axis=0)
        assert np.abs(inside - outside).max() > 0.25
        assert 0.03 < mask.mean() < 0.6


def test_words_are_covered_and_asked_for() -> None:
    _, samples = made("masked-text")
    tokens, original = samples.inputs["tokens"], samples.targets["original"]
    asked = original != IGNORED
    assert 0.7 * ASKED < asked[tokens != 0].mean() < ASKED
    assert (asked[tokens == COVERED.index(MASK)]).all()
    changed = asked & (tokens != original)
    assert 0.75 < (tokens[changed] == COVERED.index(MASK)).mean() < 1
    assert (original[asked] > COVERED.index(MASK)).all()


def test_half_of_the_second_sentences_are_about_another() -> None:
    spec, samples = made("masked-text", targets="both", samples=400)
    follows, told = samples.targets["follows"], samples.inputs["tokens"]
    assert follows.mean() == 0.5
    things = {person: {does, *kinds} for person, (_, does, *kinds) in PEOPLE.items()}
    for whether, row, asked in zip(follows, told, samples.targets["original"], strict=True):
        words = spec.inputs[0].spell(np.where(asked == IGNORED, row, asked)).split("<sep>")
        first, second = ({name for name, known in things.items() if known & {*part.split()}} for part in words[:2])
        assert (first == second) == bool(whether)


@pytest.mark.parametrize(
    ("name", "value", "columns"),
    [("shapes", "classes", {"shape"}), ("text", "vocabulary", {"letters", "next"}),
     ("reverse", "vocabulary", {"source", "before", "after"}), ("masked-text", "vocabulary", {"tokens", "original"})],
)  # fmt: skip
def test_there_can_be_room_for_more_than_comes(name: str, value: str, columns: set[str]) -> None:
    plain, roomy = dataset(DataChoice(name)), dataset(DataChoice(name, values=FrozenMap({value: 1000})))
    wide = {column.name for column in (*roomy.inputs, *roomy.targets) if column.width == 1000}
    assert wide == columns
    assert plain.classes == roomy.classes
    assert len(plain.classes) == plain.targets[0].width


def test_segments_are_two() -> None:
    _, samples = made("masked-text")
    ends = samples.inputs["tokens"] == COVERED.index("<sep>")
    assert (ends.sum(axis=1) == 2).all()
    assert (samples.inputs["segments"][ends].reshape(-1, 2) == [0, 1]).all()


def test_reviews_cannot_be_told_by_counting_good_words() -> None:
    spec, samples = made("sentiment")
    good = ("good", "great", "lovely", "brilliant", "moving", "funny", "clever", "fresh")
    numbers = [spec.inputs[0].words.index(word) for word in good]
    guess = np.isin(samples.inputs["words"], numbers).any(axis=1)
    right = (guess == samples.targets["positive"].astype(bool)).mean()
    assert right < 0.75


def test_text_goes_on() -> None:
    spec, samples = made("text")
    letters, following = samples.inputs["letters"], samples.targets["next"]
    assert np.array_equal(letters[:, 1:], following[:, :-1])
    assert spec.inputs[0].spell(letters[0]).startswith("First Citizen:\nBefore we proceed")


def test_ordered_text_continues_from_piece_to_piece() -> None:
    spec, samples = made("text", ordered=True)
    assert spec.ordered
    assert np.array_equal(samples.inputs["letters"][1:, 0], samples.targets["next"][:-1, -1])


def test_waves_go_on() -> None:
    _, every = made("waves")
    _, last = made("waves", targets="last")
    assert np.array_equal(every.inputs["wave"][:, 1:], every.targets["next"][:, :-1])
    assert np.array_equal(every.targets["next"][:, -1], last.targets["next"])


def test_classes_are_the_tenths_that_are_counted() -> None:
    _, classes = made("counting")
    _, numbers = made("counting", targets="numbers")
    assert np.array_equal(classes.targets["run"], np.floor(numbers.targets["run"] * 10))
    assert np.array_equal(classes.targets["run"][:, 0], np.floor(classes.inputs["start"][:, 0] * 10))


def test_scans_are_enlarged_smoothly() -> None:
    flat = np.ones((2, 8, 8), "float32")
    assert np.allclose(resized(flat, 16), 1)
    slope = np.tile(np.arange(8, dtype="float32"), (1, 8, 1))
    steps = np.diff(resized(slope, 16)[0, 4])
    assert np.allclose(steps[1:-1], 0.5)


def test_digits_from_another_black_to_white() -> None:
    _, samples = made("digits", low=-1.0, size=16)
    assert (samples.inputs["image"].min(), samples.inputs["image"].max()) == (-1, 1)


def test_digits_of_three_channels_are_grey_in_each() -> None:
    _, samples = made("digits", channels=3)
    image = samples.inputs["image"]
    assert image.shape == (1797, 8, 8, 3)
    assert (image == made("digits")[1].inputs["image"]).all()


def test_an_autoencoder_learns_its_input() -> None:
    spec, samples = made("digits", targets="image")
    assert spec.targets == spec.inputs
    assert samples.targets["image"] is samples.inputs["image"]
