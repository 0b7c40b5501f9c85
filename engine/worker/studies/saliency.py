"""Saliency: how a score changes with each number of a sample (Simonyan et al. 2013), smoothed where asked.

SmoothGrad (Smilkov et al. 2017) is the mean over copies with noise. Of words, which are no numbers, it is the length
of the gradient by what each is embedded as.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from engine.data.columns import Tensor
from engine.errors import RecipeError
from engine.messages import Array, Attributed, Saliency, Working
from engine.worker.gradients import gradient
from engine.worker.studies.sample import Chosen, as_list, first_seen, part_of, real, undisturbed
from engine.worker.studies.subject import Steps, Subject


def saliency(subject: Subject, question: Saliency) -> Steps:
    """Yield one answer for each input."""
    chosen = Chosen(subject.run, question.sample, question.output)
    seen, places = _seen(chosen)
    given = chosen.given
    found = _Found(*_look(chosen, seen, places, given, question.number))
    number, sums = found.number, found.gradients
    copies = question.copies if any(column.task == "numbers" for column in chosen.columns) else 0
    random = np.random.default_rng(question.seed)
    if copies:
        sums = [np.zeros_like(each) for each in sums]
    for copy in range(copies):
        yield Working(question.asked, copy / copies)
        noisy = [_noisy(random, each, question.noise) for each in given]
        more = _look(chosen, seen, places, noisy, number)[3]
        sums = [total + part / copies for total, part in zip(sums, more, strict=True)]
    of = chosen.named(raw=found.raw)
    for column, sample, values in zip(chosen.columns, given, sums, strict=True):
        yield Attributed(
            question.asked, column.name, Array.of(sample), Array.of(_by_token(values, sample)), number, found.score,
            column.task == "numbers", _about(of, words=column.task != "numbers", copies=copies),
        )  # fmt: skip


class _Found:
    def __init__(self, score: float, number: int, raw: bool, gradients: list[Tensor]) -> None:
        self.score, self.number, self.raw, self.gradients = score, number, raw, gradients


def _seen(chosen: Chosen) -> tuple[keras.Model, dict[int, int]]:
    """Return the model with what tokens become beside its outputs, and where among these each input's stands."""
    run, places = chosen.run, {}
    outputs = list(run.model.outputs)
    for place, column in enumerate(chosen.columns):
        if column.task == "numbers":
            continue
        tensor = first_seen(run.model, run.built.tensors, place)
        if tensor is None:
            raise RecipeError(
                f"{column.name} are words, and a gradient reaches only what they become: the output of an Embedding",
                hint="Ask what is lost where each is covered (occlusion)",
            )  # fmt: skip
        places[place] = len(outputs)
        outputs.append(tensor)
    return part_of(run.model, outputs), places


def _look(
    chosen: Chosen, seen: keras.Model, places: dict[int, int], given: list[Tensor], number: int
) -> tuple[float, int, bool, list[Tensor]]:
    """Return the score, its number, whether it stands before the activation, and the gradient by each input."""
    fed = chosen.fed(given)
    told: dict[str, Any] = {}

    def score() -> tuple[Any, list[Any]]:
        put_out = as_list(seen(fed, training=False))
        value, told["number"], told["raw"] = chosen.score(put_out, number)
        return value, [put_out[places[i]] if i in places else each for i, each in enumerate(as_list(fed))]

    with undisturbed(chosen.run.model):
        weights = [variable.value for variable in chosen.run.model.non_trainable_weights]
        value, found = gradient(score, [*real(as_list(fed)), *real(weights)])
    gradients = [
        np.zeros_like(each, "float32") if part is None else part[0] for part, each in zip(found, given, strict=True)
    ]
    return value, told["number"], told["raw"], gradients


def _by_token(values: Tensor, sample: Tensor) -> Tensor:
    """Return the gradient as it is, or its length at each token."""
    if values.ndim <= sample.ndim:
        return values
    return np.asarray(np.sqrt((values**2).sum(axis=tuple(range(sample.ndim, values.ndim)))), "float32")


def _noisy(random: np.random.Generator, given: Tensor, share: float) -> Tensor:
    if not np.issubdtype(given.dtype, np.floating):
        return given
    noise = random.normal(0, share * float(np.ptp(given)), given.shape)
    return np.asarray(given + noise, given.dtype)


def _about(of: str, *, words: bool, copies: int) -> str:
    by = "what each word is embedded as (its length)" if words else "the input"
    mean = f", the mean of {copies} copies with noise" if copies and not words else ""
    return f"Gradient of {of} by {by}{mean}"
