"""Sentences made by a little grammar with a seed: reviews to judge, and pairs of sentences with words covered."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.data.columns import IGNORED, PAD, Column, Family, Layout, Samples, Tensor, Values, whole

SEED: Final = 4

# -- reviews

GOOD: Final = ("good", "great", "lovely", "brilliant", "moving", "funny", "clever", "fresh")
BAD: Final = ("bad", "dull", "boring", "weak", "silly", "slow", "stale", "clumsy")
THINGS: Final = ("film", "story", "ending", "acting", "music", "plot", "hero", "camera", "dialogue", "cast")
DEGREES: Final = ("", "really", "very", "quite", "so")
#: How a remark is made; `{word}` means what it says, and what {turned} says is turned into its opposite.
REMARKS: Final = (
    "the {thing} is {degree} {word}", "i found the {thing} {degree} {word}", "what a {word} {thing}",
    "it has a {degree} {word} {thing}", "the {thing} seemed {word} to me", "a {word} {thing}",
    "such a {word} {thing}", "the {thing} was {degree} {word}",
    "the {thing} is not {turned}", "nobody would call the {thing} {turned}",
)  # fmt: skip
#: How two remarks are joined; after `but` and `although` one of them counts for more.
JOINED: Final = (
    "{this}", "{this} and {same}", "{this} since {same}", "{this} moreover {same}", "{other} but {this}",
    "although {other} {this}",
)  # fmt: skip
#: although i found the hero really good nobody would call the camera silly
REVIEW: Final = 16


def _words(*texts: str) -> tuple[str, ...]:
    """The words of some patterns, in order, each once; what is in braces is none."""
    return tuple(dict.fromkeys(word for text in texts for word in text.split() if not word.startswith("{")))


REVIEWED: Final = (PAD, *_words(*JOINED, *REMARKS), *DEGREES[1:], *THINGS, *GOOD, *BAD)


def _sentiment_layout(values: Values) -> Layout:
    positive = Column("positive", (), "binary", ("negative", "positive"))
    return Layout((Column("words", (REVIEW,), "classes", REVIEWED),), (positive,), values["samples"])


def _sentiment(values: Values) -> Samples:
    random = np.random.default_rng(SEED)
    positive = np.arange(values["samples"]) % 2
    texts = [_review(random, bool(good)) for good in positive]
    return Samples({"words": numbered(texts, REVIEWED, REVIEW)}, {"positive": whole(positive)})


def _review(random: np.random.Generator, good: bool) -> str:
    this, same, other = _remark(random, good), _remark(random, good), _remark(random, not good)
    return str(_one(random, JOINED)).format(this=this, same=same, other=other)


def _remark(random: np.random.Generator, good: bool) -> str:
    said, meant = (GOOD, BAD) if good else (BAD, GOOD)
    return _one(random, REMARKS).format(
        thing=_one(random, THINGS), degree=_one(random, DEGREES), word=_one(random, said), turned=_one(random, meant)
    )


def _one(random: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(random.random() * len(words))]


def numbered(texts: list[str], vocabulary: tuple[str, ...], length: int) -> Tensor:
    """Return texts as the numbers of their words; 0 fills up."""
    numbers = {word: number for number, word in enumerate(vocabulary)}
    array = np.zeros((len(texts), length), "int64")
    for row, text in enumerate(texts):
        told = [numbers[word] for word in text.split()]
        array[row, : len(told)] = told
    return array


# -- covered words

CLS, SEP, MASK = "<cls>", "<sep>", "<mask>"
#: Each person does one thing with one kind of thing, so that a covered word follows from the others.
PEOPLE: Final = {
    "anna": ("she", "paints", "pictures", "red"), "bruno": ("he", "bakes", "bread", "brown"),
    "clara": ("she", "mends", "clocks", "old"), "david": ("he", "grows", "roses", "white"),
    "elena": ("she", "reads", "books", "thick"), "felix": ("he", "builds", "boats", "blue"),
    "greta": ("she", "sells", "apples", "green"), "henry": ("he", "plays", "songs", "slow"),
}  # fmt: skip
TIMES: Final = ("today", "at night", "on sunday", "every morning")
FIRST: Final = ("{name} {does} {kind} {things} {time}", "{time} {name} {does} the {kind} {things}")
SECOND: Final = ("{they} likes the {things}", "the {things} are {kind}", "{they} {does} them again {time}")
COVERED: Final = (
    PAD, CLS, SEP, MASK, *_words(*FIRST, *SECOND, *TIMES), "she", "he", *PEOPLE,
    *(word for told in PEOPLE.values() for word in told[1:]),
)  # fmt: skip
#: Of the words that are asked for, these shares are covered and are another word; the rest stay as they are.
ASKED, HIDDEN, SWAPPED = 0.15, 0.8, 0.1


def _masked_layout(values: Values) -> Layout:
    shape, room = (values["length"],), values["vocabulary"]
    tokens = Column("tokens", shape, "classes", COVERED, room=room)
    segments = Column("segments", shape, "classes", ("first", "second"))
    original = Column("original", shape, "classes", COVERED, least=-1.0, ignored=IGNORED, room=room)
    follows = Column("follows", (), "binary", ("strange", "follows"))
    both = values["targets"] == "both"
    return Layout((tokens, segments), (original, follows) if both else (original,), values["samples"])


def _masked(values: Values) -> Samples:
    """Cover words as BERT does, and where it is asked put half of the pairs together wrongly: Devlin et al., 3.1."""
    random, both = np.random.default_rng(SEED), values["targets"] == "both"
    follows = np.arange(values["samples"]) % 2 if both else np.ones(values["samples"])
    texts = [_told(random, bool(whether)) for whether in follows]
    tokens = numbered(texts, COVERED, values["length"])
    segments = whole(np.cumsum(tokens == COVERED.index(SEP), axis=1) - (tokens == COVERED.index(SEP)) == 1)
    asked = (random.random(tokens.shape) < ASKED) & (tokens > COVERED.index(MASK))
    original = np.where(asked, tokens, IGNORED)
    chance = random.random(tokens.shape)
    others = random.integers(COVERED.index(MASK) + 1, len(COVERED), tokens.shape)
    swapped = np.where(asked & (chance >= HIDDEN) & (chance < HIDDEN + SWAPPED), others, tokens)
    shown = np.where(asked & (chance < HIDDEN), COVERED.index(MASK), swapped)
    targets = {"original": whole(original), **({"follows": whole(follows)} if both else {})}
    return Samples({"tokens": whole(shown), "segments": segments}, targets)


def _told(random: np.random.Generator, follows: bool) -> str:
    name = _one(random, tuple(PEOPLE))
    first = _sentence(random, FIRST, name)
    other = name if follows else _one(random, tuple(person for person in PEOPLE if person != name))
    return f"{CLS} {first} {SEP} {_sentence(random, SECOND, other)} {SEP}"


def _sentence(random: np.random.Generator, ways: tuple[str, ...], name: str) -> str:
    they, does, things, kind = PEOPLE[name]
    words = {"name": name, "they": they, "does": does, "things": things, "kind": kind}
    return _one(random, ways).format(**words, time=_one(random, TIMES))


FAMILIES: Final = {
    "sentiment": Family(_sentiment_layout, _sentiment, quick=False),
    "masked-text": Family(_masked_layout, _masked, quick=False),
}
