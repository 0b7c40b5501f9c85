"""The layers of LeCun's networks: each against its formula written in plain numpy, their tables and codes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.worker import layers as own
from tests.worker.layers.arrays import IMAGES, RNG, Array, given, same, weights


def test_the_squashing_function_keeps_one() -> None:
    same(given(own.ScaledTanh(), IMAGES), 1.7159 * np.tanh(2 * IMAGES / 3))
    assert given(own.ScaledTanh(), np.ones((1, 1)))[0, 0] == pytest.approx(1.0, abs=1e-4)


def test_subsampling_sums_windows_times_a_number_plus_one() -> None:
    layer = own.TrainableSubsampling2D(2)
    layer.build(IMAGES.shape)
    layer.set_weights([np.arange(6.0), np.arange(6.0) - 3])
    total = IMAGES[:, :8].reshape(2, 4, 2, 4, 2, 6).sum((2, 4))
    same(given(layer, IMAGES), total * np.arange(6) + np.arange(6) - 3)
    assert layer.count_params() == 12


def convolved(images: Array, kernel: Array, stride: int) -> Array:
    """One output channel of a valid convolution, `kernel` (height, width, inputs)."""
    high, wide = ((images.shape[axis] - kernel.shape[axis - 1]) // stride + 1 for axis in (1, 2))
    found = np.empty((len(images), high, wide))
    for y in range(high):
        for x in range(wide):
            window = images[:, y * stride : y * stride + kernel.shape[0], x * stride : x * stride + kernel.shape[1]]
            found[:, y, x] = (window * kernel).sum((1, 2, 3))
    return found


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("table", ["lenet5", "5 0; 1; 2 3 4"])
def test_a_table_says_which_channels_an_output_sees(table: str, stride: int) -> None:
    layer = own.TableConv2D(table, kernel_size=3, strides=stride)
    layer.build(IMAGES.shape)
    kernel, bias = weights(layer)
    bias = RNG.normal(size=bias.shape)
    layer.set_weights([kernel, bias])
    expected, start = [], 0
    for row, channels in enumerate(layer.rows):
        part = kernel[..., start : start + len(channels)]
        start += len(channels)
        expected.append(convolved(IMAGES[..., channels], part, stride) + bias[row])
    same(given(layer, IMAGES), np.stack(expected, -1))


def test_the_published_tables_have_the_published_sizes() -> None:
    third = own.TableConv2D("lenet5")
    third.build((None, 14, 14, 6))
    assert third.count_params() == 1_516
    second = own.TableConv2D("lecun1989", strides=2, padding="same", use_bias=False)
    second.build((None, 8, 8, 12))
    assert second.count_params() == 12 * 8 * 25
    assert second.compute_output_shape((None, 8, 8, 12)) == (None, 4, 4, 12)


def test_each_row_of_a_table_is_drawn_by_its_own_inputs() -> None:
    layer = own.TableConv2D("0; 0 1 2 3 4 5", 5, kernel_initializer=own.FanInUniform(2.4, seed=None))
    layer.build((None, 9, 9, 6))
    kernel = weights(layer)[0]
    assert 2.4 / 50 < abs(kernel[..., 0]).max() <= 2.4 / 25
    assert abs(kernel[..., 1:]).max() <= 2.4 / 150 + 1e-6


def test_an_untied_bias_is_one_for_each_unit() -> None:
    layer = own.UntiedBias("random_normal")
    found = given(layer, IMAGES)
    assert layer.count_params() == 9 * 8 * 6
    same(found, IMAGES + weights(layer)[0])


def test_distances_to_codes_are_squared_sums() -> None:
    layer = own.CodeDistance(4, "random", seed=2)
    points = RNG.normal(size=(3, 11))
    found = given(layer, points)
    code = weights(layer)[0]
    assert set(code.ravel()) == {-1.0, 1.0}
    same(found, ((points[:, None] - code) ** 2).sum(-1))
    assert not layer.trainable_weights


def test_the_codes_of_the_digits_are_ten_pictures() -> None:
    layer = own.CodeDistance()
    layer.build((None, 84))
    code = weights(layer)[0]
    assert code.shape == (10, 84)
    assert set(code.ravel()) == {-1.0, 1.0}
    apart = (code[:, None] != code).sum(-1)[~np.eye(10, dtype=bool)]
    assert apart.min() >= 4
    one = code[1].reshape(12, 7)
    assert one[5].tolist() == [-1, -1, -1, 1, 1, -1, -1]  # its stem
