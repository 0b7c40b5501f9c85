"""The plane is what the network says at each place; data of more numbers are refused in words."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import RecipeError
from engine.messages import Boundary
from engine.worker.prepare import Prepared
from engine.worker.studies.boundary import boundary
from tests.worker.studies.nets import answers, held, ready, spirals, weigh

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def test_it_is_what_the_network_says_at_each_place() -> None:
    run = spirals()
    weigh(run, [[4.0], [1.0]], 0.5)
    before = held(run)
    (plane,) = answers(boundary, run, Boundary(3, side=40))
    values, bounds = plane.values.numpy(), plane.bounds.numpy()
    assert values.shape == (40, 40, 2)
    along, up = (np.linspace(low, high, 40) for low, high in bounds)
    for row, column in ((0, 0), (39, 3), (7, 21)):
        score = 4 * along[column] + up[row] + 0.5
        assert values[row, column, 1] == pytest.approx(1 / (1 + np.exp(-score)), abs=1e-5)
    assert np.allclose(values.sum(axis=-1), 1)
    assert len(plane.points.numpy()) == len(plane.targets.numpy())
    points = plane.points.numpy()
    assert (points > bounds[:, 0]).all()
    assert (points < bounds[:, 1]).all()
    assert all(np.array_equal(a, b) for a, b in zip(before, held(run), strict=True))


def test_scores_before_an_activation_become_chances() -> None:
    run = spirals(activation="linear")
    weigh(run, [[4.0], [1.0]], 0.5)
    (scores,) = answers(boundary, run, Boundary(3, side=8))
    (chances,) = answers(boundary, spirals_like(run), Boundary(3, side=8))
    assert np.allclose(scores.values.numpy(), chances.values.numpy(), atol=1e-5)


def spirals_like(run: Prepared) -> Prepared:
    made = spirals()
    made.model.set_weights(run.model.get_weights())
    return made


def test_pictures_have_no_plane() -> None:
    with pytest.raises(RecipeError, match=r"two numbers a sample.*8×8×1"):
        answers(boundary, ready(), Boundary(1))
