"""The curves beside activations' names are Keras's own functions."""

from __future__ import annotations

import numpy as np
import pytest
from keras import activations, ops

from gui.editors.curves import FORMULAS, REACH


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_a_curve_is_what_keras_computes(name: str) -> None:
    xs = np.linspace(-2 * REACH, 2 * REACH, 97, dtype="float32")
    ours = np.array([FORMULAS[name](float(x)) for x in xs])
    theirs = ops.convert_to_numpy(activations.get(name)(ops.convert_to_tensor(xs)))
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)
