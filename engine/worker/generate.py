"""Lets a trained network write: one token after the other, each fed to it again. Knows no run and no wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Final

import numpy as np

from engine.data.columns import Column, Samples, Tensor
from engine.datasets import dataset
from engine.errors import RecipeError, ValueProblem
from engine.generation import Writing, filled, read, writing
from engine.messages import Generate, Generated
from engine.recipe import Recipe
from engine.worker import states
from engine.worker.prepare import Prepared, inputs

#: What is written so far is said at most so often, in seconds.
EVERY: Final = 0.1
#: Below this, the likeliest is always taken.
COLD: Final = 1e-3


def generate(run: Prepared, writing: Writing, wish: Generate, news: Callable[[], bool]) -> Iterator[Generated]:
    """Yield what is written so far, now and then, and all of it at the end, which comes early where there is news.

    Raises:
        RecipeError: What was typed cannot be read, or nothing was typed where something must be.
    """
    tokens, about = [*writing.begins, *_read(writing.fed, wish.prompt)], _about(run, writing, wish)
    if not tokens:
        raise RecipeError("A text is continued from its beginning", received="nothing", hint="Type a letter or more")
    random, said = np.random.default_rng(wish.seed), perf_counter()
    most = len(tokens) + wish.length
    with states.kept(run.model):
        while len(tokens) < most and not news():
            token = _picked(_following(run, writing, tokens, about), wish.temperature, random)
            if writing.ends(token):
                break
            tokens.append(token)
            if writing.begins and len(tokens) > writing.length:
                break
            if perf_counter() - said > EVERY:
                said = perf_counter()
                yield Generated(writing.spell(tokens), done=False)
    yield Generated(writing.spell(tokens))


def writing_of(recipe: Recipe) -> Writing:
    """Return how a network that learned a recipe's data writes, or raise RecipeError where it cannot."""
    spec = dataset(recipe.data)
    found = writing(spec)
    if found is None:
        raise RecipeError(
            "A network writes where it learned what follows what: a text, answers to sequences, captions",
            received=spec.title, hint="Train one of the templates of Sequences or Attention",
        )  # fmt: skip
    return found


def _read(column: Column, text: str) -> tuple[int, ...]:
    try:
        return read(column, text)
    except ValueProblem as problem:
        raise RecipeError(problem.expected, received=problem.received) from problem


def _about(run: Prepared, writing: Writing, wish: Generate) -> Tensor | None:
    """What is written about: what was typed, or one of the watched samples; an array of one sample."""
    if writing.about is None:
        return None
    if writing.about.words and wish.about:
        return filled(writing.about, _read(writing.about, wish.about))
    place = min(max(wish.sample, 0), len(run.watched) - 1)
    return np.asarray(run.watched.inputs[writing.about.name][place : place + 1])


def _following(run: Prepared, writing: Writing, tokens: list[int], about: Tensor | None) -> Tensor:
    """Return how likely each word is to follow, as the network says; shape (words,), whatever it has room for."""
    states.reset(run.model)
    arrays = {writing.fed.name: filled(writing.fed, tokens)}
    if writing.about is not None and about is not None:
        arrays[writing.about.name] = about
    rows = run.model.inputs[0].shape[0] or 1
    sample = Samples({name: np.repeat(array, rows, axis=0) for name, array in arrays.items()}, {})
    given = run.model.predict_on_batch(inputs(run.feeding, sample))
    each = given if isinstance(given, list) else [given]
    place = next(place for place, (_, column) in enumerate(run.feeding.outputs) if column == writing.gives)
    shares = likely(np.asarray(each[place][0, min(len(tokens), writing.length) - 1], "float64"))
    return shares[: len(writing.gives.words)]


def likely(scores: Tensor) -> Tensor:
    """Return shares that sum to 1: what they are already, or the softmax of scores."""
    if scores.min() >= 0 and abs(scores.sum() - 1) < 1e-2:
        return np.asarray(scores / scores.sum())
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def _picked(shares: Tensor, temperature: float, random: np.random.Generator) -> int:
    """Pick by chance: at temperature 1 as likely as the network says, below it the likelier more often."""
    if temperature < COLD:
        return int(shares.argmax())
    cooled = likely(np.log(np.maximum(shares, 1e-30)) / temperature)
    return int(random.choice(len(cooled), p=cooled))
