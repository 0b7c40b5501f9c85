"""What fills sequences up says nothing to the templates that mask it."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.datasets import dataset, split
from engine.feeding import feeding
from engine.templates import start
from engine.worker.build import build
from engine.worker.prepare import inputs

KERAS = catalogue()


@pytest.mark.parametrize(
    "name", ["sentiment-average", "sentiment-bilstm", "many-to-one", "seq2seq-luong", "seq2seq-bahdanau"]
)
def test_the_vector_of_what_fills_up_changes_nothing(name: str) -> None:
    project = start(name, "", KERAS)
    keras.utils.set_random_seed(1)
    model = build(project.graph, KERAS).model
    fed = feeding(project.graph, KERAS, project.recipe, dataset(project.recipe.data))
    x = inputs(fed, split(project.recipe.data, 1).validation.taken(slice(20)))
    before = np.asarray(model(x))
    table = model.get_layer("embedding").embeddings
    rows = table.numpy().copy()
    rows[0] += 1
    table.assign(rows)
    after = np.asarray(model(x))
    rows[1:] += 1
    table.assign(rows)
    assert np.allclose(before, after, atol=1e-6)
    assert not np.allclose(before, np.asarray(model(x)), atol=1e-3), "what is there counts"


@pytest.mark.parametrize("name", ["seq2seq-luong", "seq2seq-bahdanau"])
def test_attention_does_not_look_at_what_fills_up(name: str) -> None:
    project = start(name, "", KERAS)
    built = build(project.graph, KERAS)
    fed = feeding(project.graph, KERAS, project.recipe, dataset(project.recipe.data))
    samples = split(project.recipe.data, 1).validation.taken(slice(20))
    scores = next(tensor for (_, port), tensor in built.tensors.items() if port == "scores")
    seen = np.asarray(keras.Model(built.model.inputs, scores)(inputs(fed, samples)))
    filler = samples.inputs["source"] == 0
    assert filler.any()
    assert np.allclose(seen.sum(axis=2), 1, atol=1e-5)
    assert not seen.swapaxes(1, 2)[filler].any()
