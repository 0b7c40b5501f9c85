"""Grad-CAM of a network made by hand is what the paper's formula says."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import RecipeError
from engine.messages import GradCam
from engine.worker.prepare import Prepared
from engine.worker.studies.gradcam import grad_cam, last_with_places, weighed
from tests.engine.drawings import chain, layer
from tests.worker.drawings import DIGITS, SMALL
from tests.worker.studies.nets import answers, ready, spirals, weigh

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def made() -> Prepared:
    """Two maps, the image and its negative, averaged: class 3 takes one of them and the other taken away."""
    graph = chain(
        layer("InputLayer", shape=(8, 8, 1)), layer("Conv2D", filters=2, kernel_size=(1, 1)),
        layer("GlobalAveragePooling2D"), layer("Dense", units=10, activation="softmax"),
    )  # fmt: skip
    run = ready(graph, SMALL)
    last = np.zeros((2, 10))
    last[0, 3], last[1, 3] = 64, 32
    weigh(run, np.array([1.0, -1.0]).reshape(1, 1, 1, 2), 0, last, 0)
    return run


def test_of_a_network_made_by_hand_it_is_known() -> None:
    run = made()
    (answer,) = answers(grad_cam, run, GradCam(2, sample=1, number=3))
    image = run.watched.inputs["image"][1][..., 0]
    # A mean over 64 places: its gradient by a place of the first map is 64/64, of the second 32/64.
    assert np.allclose(answer.values.numpy(), np.maximum(image * 1.0 - image * 0.5, 0), atol=1e-5)
    assert (answer.number, answer.signed) == (3, False)
    (none,) = answers(grad_cam, run, GradCam(2, sample=1, number=4))
    assert not none.values.numpy().any(), "nothing speaks for a class that looks at nothing"


def test_channels_may_come_first() -> None:
    maps, slope = (np.random.default_rng(seed).normal(size=(4, 5, 3)) for seed in (1, 2))
    first = [np.moveaxis(each, -1, 0) for each in (maps, slope)]
    assert np.allclose(weighed(maps, slope), weighed(first[0], first[1], first=True))


def test_the_last_convolution_is_looked_at_where_none_is_named() -> None:
    assert last_with_places(ready(DIGITS.graph)) == "n4"


def test_a_network_without_places_is_refused() -> None:
    with pytest.raises(RecipeError, match="a network that has none"):
        answers(grad_cam, spirals(), GradCam(1))


def test_a_layer_without_places_is_refused() -> None:
    for node in ("n7", "nowhere"):
        with pytest.raises(RecipeError, match="places"):
            answers(grad_cam, ready(DIGITS.graph), GradCam(1, node=node))
