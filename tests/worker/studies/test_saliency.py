"""Saliency of what is linear are its weights; of words, the length of what reaches their embedding."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.catalogue import RESOURCES, catalogue
from engine.data.sentences import REVIEWED
from engine.errors import RecipeError
from engine.messages import Saliency
from engine.project import load
from engine.recipe import DataChoice, Recipe
from engine.worker.studies.saliency import saliency
from tests.engine.drawings import chain, layer
from tests.worker.studies.nets import SPIRALS, answers, held, ready, spirals, weigh

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def test_of_a_linear_model_it_is_its_weights_before_the_softmax() -> None:
    run = ready()
    kernel = np.random.default_rng(1).normal(size=(64, 10)).astype("float32")
    weigh(run, kernel, 0)
    (answer,) = answers(saliency, run, Saliency(4, sample=3, number=7))
    given = run.watched.inputs["image"][3]
    assert (answer.asked, answer.input, answer.number, answer.signed) == (4, "image", 7, True)
    assert np.array_equal(answer.given.numpy(), given)
    assert np.allclose(answer.values.numpy().reshape(-1), kernel[:, 7], atol=1e-6)
    assert answer.score == pytest.approx(float(given.reshape(-1) @ kernel[:, 7]), abs=1e-4)
    assert "before its activation" in answer.about


def test_what_is_asked_about_by_default_is_the_likeliest() -> None:
    run = ready()
    (answer,) = answers(saliency, run, Saliency(1))
    put_out = run.model(run.watched.inputs["image"][:1], training=False)
    assert answer.number == int(np.argmax(put_out))


def test_the_mean_over_noisy_copies_of_a_linear_model_is_the_same_and_seeded() -> None:
    run = ready()
    plain, smooth, again = (
        answers(saliency, run, Saliency(1, number=2, copies=copies, seed=5))[0].values.numpy() for copies in (0, 6, 6)
    )
    assert np.allclose(plain, smooth, atol=1e-6)
    assert np.array_equal(smooth, again)


def test_one_number_speaks_for_the_second_class_or_against_it() -> None:
    run = spirals()
    weigh(run, [[2.0], [-3.0]], 0)
    for number, sign in ((1, 1), (0, -1)):
        (answer,) = answers(saliency, run, Saliency(1, number=number))
        assert np.allclose(answer.values.numpy(), [2 * sign, -3 * sign], atol=1e-5)


def test_a_linear_output_is_asked_as_it_is() -> None:
    run = spirals(activation="linear")
    weigh(run, [[2.0], [-3.0]], 0)
    (answer,) = answers(saliency, run, Saliency(1, number=1))
    assert "the output" in answer.about
    assert np.allclose(answer.values.numpy(), [2, -3], atol=1e-6)


def test_of_words_it_is_the_length_at_each() -> None:
    project = load(RESOURCES / "templates" / "sentiment-average.loom", catalogue())
    run = ready(project.graph, project.recipe)
    (answer,) = answers(saliency, run, Saliency(1, sample=2, copies=3))
    values, given = answer.values.numpy(), answer.given.numpy()
    assert values.shape == given.shape == run.watched.inputs["words"][2].shape
    assert not answer.signed
    assert (values >= 0).all()
    assert values[given != 0].max() > 0
    assert max(given) < len(REVIEWED)


def test_a_frozen_embedding_is_followed_as_well() -> None:
    graph = chain(
        layer("InputLayer", shape=(16,)), layer("Embedding", input_dim=80, output_dim=4, trainable=False),
        layer("Flatten"), layer("Dense", units=1, activation="sigmoid", trainable=False),
    )  # fmt: skip
    run = ready(graph, _sentiment())
    (answer,) = answers(saliency, run, Saliency(1))
    assert answer.values.numpy().max() > 0


def _sentiment() -> Recipe:
    return replace(SPIRALS, data=DataChoice("sentiment"))


def test_nothing_is_disturbed() -> None:
    run = ready()
    before = held(run)
    answers(saliency, run, Saliency(1, copies=2))
    assert all(np.array_equal(a, b) for a, b in zip(before, held(run), strict=True))


@pytest.mark.parametrize("question", [Saliency(1, sample=-1), Saliency(1, output=1), Saliency(1, number=10)])
def test_what_is_not_there_is_refused(question: Saliency) -> None:
    with pytest.raises(RecipeError, match="are 0 to"):
        answers(saliency, ready(), question)
