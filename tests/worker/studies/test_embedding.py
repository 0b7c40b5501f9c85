"""Samples lie where the components of a layer's outputs put them; rows bear their words; what is lacking is said."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from threading import Event
from time import sleep

import keras
import numpy as np
import pytest

from engine.catalogue import RESOURCES, catalogue
from engine.data.columns import Tensor
from engine.errors import RecipeError
from engine.messages import Embed, Embedded, Working
from engine.pca import principal
from engine.project import load
from engine.worker.studies.embedding import embed, flat
from engine.worker.studies.placing import METHODS, Placing
from engine.worker.studies.subject import Subject
from tests.worker.drawings import DIGITS
from tests.worker.studies.nets import answers, held, ready

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def test_samples_lie_where_the_components_put_them() -> None:
    run = ready(DIGITS.graph)
    before = held(run)
    (answer,) = answers(embed, run, Embed(6, "n7", samples=150))
    image = run.watched.inputs["image"][:150]
    put_out = np.asarray(keras.Model(run.model.inputs, run.built.tensors["n7", "output"])([image], training=False))
    points, shares = principal(put_out.astype("float64"), 3)
    assert np.allclose(answer.points.numpy(), points, atol=1e-3)
    assert np.allclose(answer.explained.numpy(), shares, atol=1e-5)
    assert answer.targets.numpy().tolist() == run.watched.targets["digit"][:150].tolist()
    assert answer.samples.numpy().tolist() == list(range(150))
    assert all(np.array_equal(a, b) for a, b in zip(before, held(run), strict=True))


def test_rows_of_an_embedding_bear_their_words() -> None:
    project = load(RESOURCES / "templates" / "sentiment-average.loom", catalogue())
    run = ready(project.graph, project.recipe)
    node = next(id for id, layer in run.built.layers.items() if isinstance(layer, keras.layers.Embedding))
    (answer,) = answers(embed, run, Embed(1, node, rows=True))
    words = run.feeding.inputs[0][1].words
    assert answer.words[: len(words)] == words
    assert len(answer.points.numpy()) == run.built.layers[node].input_dim


def test_a_large_output_is_averaged_over_its_places() -> None:
    values = np.random.default_rng(1).normal(size=(3, 20, 30, 16))
    assert np.allclose(flat(values), values.mean(axis=(1, 2)))
    assert flat(values[:, :2, :2]).shape == (3, 64)


@pytest.mark.parametrize(("method", "module"), [("t-sne", "sklearn"), ("umap", "umap")])
def test_what_is_not_installed_is_said(method: str, module: str) -> None:
    if find_spec(module) is not None:
        pytest.skip("it is installed here")
    with pytest.raises(RecipeError, match="pip install"):
        answers(embed, ready(DIGITS.graph), Embed(1, "n7", method=method))  # type: ignore[arg-type]


def test_a_method_that_does_not_tell_how_far_it_is_says_what_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, end = Event(), Event()

    def place(values: Tensor, seed: int) -> Tensor:
        begun.set()
        end.wait(30)
        return values[:, :3] + seed

    monkeypatch.setitem(METHODS, "t-sne", replace(METHODS["t-sne"], module="numpy", place=place))
    study = embed(Subject(ready(DIGITS.graph)), Embed(1, "n7", "t-sne", samples=40, seed=2))
    told = next(message for message in study if isinstance(message, Working) and message.doing)
    assert "t-SNE is placing 40 points" in told.doing
    assert begun.wait(30)
    end.set()
    (answer,) = [message for message in study if isinstance(message, Embedded)]
    assert answer.points.numpy().shape == (40, 3)
    assert not answer.explained.numpy().size


def test_what_is_given_up_stops_working() -> None:
    begun = Event()

    def place(values: Tensor, seed: int) -> Tensor:
        while True:
            begun.set()
            sleep(0.001)

    placing = Placing(replace(METHODS["umap"], place=place), np.zeros((5, 3)), 0)
    placing.start()
    assert begun.wait(30)
    placing.give_up()
    placing.join(30)
    assert not placing.is_alive()
    with pytest.raises(RecipeError, match="UMAP found no places"):
        placing.points()


def test_why_a_method_fails_is_told() -> None:
    def place(values: Tensor, seed: int) -> Tensor:
        raise ValueError("perplexity must be less than n_samples")

    placing = Placing(replace(METHODS["t-sne"], place=place), np.zeros((2, 3)), 0)
    placing.run()
    with pytest.raises(RecipeError, match="perplexity"):
        placing.points()


def test_a_layer_of_another_run_is_refused() -> None:
    for question in (Embed(1, "nowhere"), Embed(1, "n2", rows=True)):
        with pytest.raises(RecipeError):
            answers(embed, ready(DIGITS.graph), question)
