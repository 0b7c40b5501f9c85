"""A filter on the wall is the very weights that the layer computes with, whichever way Keras lays them out."""

from __future__ import annotations

import numpy as np
import pytest

from gui.monitor.looking.kernels import kernels

RANDOM = np.random.default_rng(1)


def weight(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return RANDOM.normal(size=shape).astype("float32")


@pytest.mark.parametrize(
    ("layer", "name", "shape", "filters", "inputs", "tile"),
    [
        ("Conv2D", "kernel", (3, 5, 4, 8), 8, 4, (3, 5)),
        ("Conv2DTranspose", "kernel", (3, 5, 8, 4), 8, 4, (3, 5)),
        ("DepthwiseConv2D", "kernel", (3, 5, 4, 2), 8, 1, (3, 5)),
        ("SeparableConv2D", "depthwise_kernel", (3, 5, 4, 2), 8, 1, (3, 5)),
        ("Conv1D", "kernel", (7, 4, 8), 8, 1, (4, 7)),
        ("Conv1DTranspose", "kernel", (7, 8, 4), 8, 1, (4, 7)),
        ("DepthwiseConv1D", "kernel", (7, 4, 2), 8, 1, (1, 7)),
        ("Conv3D", "kernel", (2, 3, 5, 4, 8), 8, 4, (3, 10)),
        ("Conv3DTranspose", "kernel", (2, 3, 5, 8, 4), 8, 4, (3, 10)),
        ("MultiHeadAttention", "query/kernel", (16, 4, 6), 4, 1, (16, 6)),
        ("MultiHeadAttention", "attention_output/kernel", (4, 6, 16), 4, 1, (6, 16)),
    ],
)
def test_each_kind_has_its_filters(
    layer: str, name: str, shape: tuple[int, ...], filters: int, inputs: int, tile: tuple[int, int]
) -> None:
    found = kernels(layer, name, weight(*shape))
    assert found is not None
    assert found.values.shape == (filters, inputs, *tile)


def test_a_filter_holds_its_own_weights() -> None:
    values = weight(3, 3, 2, 5)
    found = kernels("Conv2D", "kernel", values)
    assert found is not None
    assert np.array_equal(found.tiles(1)[:, :, 4], values[:, :, 1, 4])
    assert np.allclose(found.tiles(None)[:, :, 4], values[:, :, :, 4].mean(axis=2))
    assert np.allclose(found.norms, [np.linalg.norm(values[..., place]) for place in range(5)])
    turned = kernels("Conv2DTranspose", "kernel", values)
    assert turned is not None
    assert np.array_equal(turned.tiles(3)[:, :, 1], values[:, :, 1, 3])


def test_the_slices_of_a_volume_stand_side_by_side() -> None:
    values = weight(2, 3, 5, 1, 2)
    found = kernels("Conv3D", "kernel", values)
    assert found is not None
    assert np.array_equal(found.tiles(0)[:, 5:, 1], values[1, :, :, 0, 1])


def test_three_inputs_are_colours() -> None:
    values = weight(3, 3, 3, 4)
    found = kernels("Conv2D", "kernel", values)
    assert found is not None
    assert found.coloured
    assert np.array_equal(found.rgb[:, :, 2], values[:, :, :, 2])


def test_a_unit_that_sees_an_image_is_one() -> None:
    values = weight(4 * 6 * 1, 5)
    found = kernels("Dense", "kernel", values, (4, 6, 1))
    assert found is not None
    assert np.array_equal(found.tiles(None)[:, :, 3], values[:, 3].reshape(4, 6))
    assert kernels("Dense", "kernel", values) is None


@pytest.mark.parametrize(
    ("layer", "name", "shape"),
    [
        ("Embedding", "embeddings", (9, 4)),
        ("LSTM", "lstm_cell/kernel", (4, 20)),
        ("SeparableConv2D", "pointwise_kernel", (1, 1, 8, 4)),
    ],
)
def test_the_rest_is_matrices(layer: str, name: str, shape: tuple[int, ...]) -> None:
    assert kernels(layer, name, weight(*shape)) is None


def test_filters_are_compared_by_all_their_values() -> None:
    values = weight(3, 3, 2, 6)
    found = kernels("Conv2D", "kernel", values)
    assert found is not None
    assert found.vectors.shape == (6, 18)
    assert np.array_equal(np.sort(found.vectors[4]), np.sort(values[..., 4].reshape(-1)))
