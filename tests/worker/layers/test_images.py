"""The layers of our own for images: each against its formula written in plain numpy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.worker import layers as own
from tests.worker.layers.arrays import IMAGES, RNG, given, same


def test_response_normalization_divides_by_the_neighbouring_channels() -> None:
    layer = own.LocalResponseNormalization(depth=3, k=1.5, alpha=0.1, beta=0.6)
    expected = np.empty_like(IMAGES)
    for channel in range(6):
        near = IMAGES[..., max(0, channel - 1) : channel + 2]
        expected[..., channel] = IMAGES[..., channel] / (1.5 + 0.1 * (near**2).sum(-1)) ** 0.6
    same(given(layer, IMAGES), expected)


def test_channels_are_kept_in_their_order() -> None:
    same(given(own.ChannelSelection([4, 0, 4]), IMAGES), IMAGES[..., [4, 0, 4]])


def windows(length: int, count: int, *, overlapping: bool) -> list[slice]:
    """The windows of fractional pooling at test, worked out one border at a time."""
    spread = (length - count) / count
    borders = [0]
    for place in range(count):
        step = 1 + int(np.floor((place + 1) * spread + 1e-4)) - int(np.floor(place * spread + 1e-4))
        borders.append(borders[-1] + step)
    return [slice(a, b + overlapping) for a, b in itertools.pairwise(borders)]


@pytest.mark.parametrize("overlapping", [False, True])
@pytest.mark.parametrize("ratio", [1.2, 2**0.5, 1.9, 2.0])
def test_fractional_pooling_takes_the_largest_of_each_window(ratio: float, overlapping: bool) -> None:
    layer = own.FractionalMaxPooling2D(ratio, overlapping)
    rows = windows(9, int(9 / ratio), overlapping=overlapping)
    columns = windows(8, int(8 / ratio), overlapping=overlapping)
    assert rows[-1].stop in (9, 9 + overlapping)
    expected = np.array([[IMAGES[:, row, column].max((1, 2)) for column in columns] for row in rows])
    same(given(layer, IMAGES), expected.transpose(2, 0, 1, 3))


def test_fractional_windows_are_drawn_anew_in_training() -> None:
    layer = own.FractionalMaxPooling2D(1.5, seed=3)
    ramp = np.broadcast_to(np.arange(90.0)[None, :, None, None], (1, 90, 6, 1))
    first, second = (given(layer, ramp, training=True)[0, :, 0, 0] for _ in range(2))
    assert not np.array_equal(first, second)
    for ends in (first, second):
        assert len(ends) == 60
        assert ends[-1] == 89
        assert set(np.diff(ends)) == {1.0, 2.0}


def test_colours_shift_along_the_main_directions_in_training_alone() -> None:
    layer = own.PCAColorAugmentation(stddev=0.5, scale=255.0, seed=1)
    images = RNG.uniform(0, 255, (2000, 2, 2, 3))
    same(given(layer, images), images)
    shift = given(layer, images, training=True) - images
    assert np.ptp(shift, axis=(1, 2)).max() < 1e-2  # one shift an image
    values = np.linalg.eigvalsh(np.cov(shift[:, 0, 0].T))[::-1]
    np.testing.assert_allclose(values, (np.array([0.2175, 0.0188, 0.0045]) * 0.5 * 255) ** 2, rtol=0.15)
