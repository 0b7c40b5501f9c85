"""The layers of our own: each against its formula written in plain numpy, its shape, its config and its refusals."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, TypeAlias

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.code.own import classes
from engine.worker import layers as own

Array: TypeAlias = NDArray[np.float64]
RNG = np.random.default_rng(7)
IMAGES: Array = RNG.normal(size=(2, 9, 8, 6))
SEQUENCES: Array = RNG.normal(size=(3, 5, 8))


def given(layer: Any, *inputs: Array, **call: Any) -> Array:
    """What a layer gives for arrays."""
    return np.asarray(layer(*(value.astype("float32") for value in inputs), **call), dtype=float)


def weights(layer: Any) -> list[Array]:
    return [np.asarray(weight, dtype=float) for weight in layer.weights]


def same(found: Array, expected: Array) -> None:
    np.testing.assert_allclose(found, expected, rtol=2e-4, atol=2e-5)


# -- images


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


# -- LeCun


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


# -- units


def test_maxout_takes_the_largest_piece() -> None:
    layer = own.Maxout(4, pieces=3)
    found = given(layer, SEQUENCES)
    kernel, bias = weights(layer)
    pieces = (SEQUENCES @ kernel + bias).reshape(3, 5, 4, 3)
    same(found, pieces.max(-1))
    assert layer.count_params() == (8 + 1) * 4 * 3


def test_a_branch_is_dropped_sample_by_sample() -> None:
    layer = own.StochasticDepth(0.75, seed=5)
    ones = np.ones((4000, 2, 3))
    same(given(layer, ones), 0.75 * ones)
    drawn = given(layer, ones, training=True)
    assert set(drawn.ravel()) == {0.0, 1.0}
    assert np.ptp(drawn, axis=(1, 2)).max() == 0
    assert drawn.mean() == pytest.approx(0.75, abs=0.03)


# -- tokens


def test_a_class_token_stands_first_and_is_never_masked() -> None:
    layer = own.ClassToken("random_normal")
    found = given(layer, SEQUENCES)
    same(found[:, 1:], SEQUENCES)
    same(found[:, 0], np.broadcast_to(weights(layer)[0][0], (3, 8)))
    mask = layer.compute_mask(None, np.array([[True, False]]))
    assert np.asarray(mask).tolist() == [[True, True, False]]


@pytest.mark.parametrize("length", [None, 7])
def test_learned_positions_are_added(length: int | None) -> None:
    layer = own.LearnedPositions(length)
    found = given(layer, SEQUENCES)
    (table,) = weights(layer)
    assert table.shape == (length or 5, 8)
    same(found, SEQUENCES + table[:5])


@pytest.mark.parametrize("features", [8, 7])
def test_waves_are_those_of_the_paper(features: int) -> None:
    values = RNG.normal(size=(2, 40, features))
    waves = np.empty((40, features))
    for place in range(40):
        for i in range(features):
            angle = place / 10_000 ** ((i - i % 2) / features)
            waves[place, i] = np.cos(angle) if i % 2 else np.sin(angle)
    same(given(own.SinusoidalPositions(), values), values + waves)


@pytest.mark.parametrize("index", [0, 3, -1])
def test_one_place_is_taken(index: int) -> None:
    same(given(own.TakeToken(index), SEQUENCES), SEQUENCES[:, index])


# -- decoding


def gru(cell: Any, state: Array, given_: Array) -> Array:
    """A step of Keras's GRU cell, reset after, in numpy."""
    kernel, recurrent, bias = weights(cell)
    units = state.shape[-1]
    x, h = given_ @ kernel + bias[0], state @ recurrent + bias[1]
    gate = 1 / (1 + np.exp(-(x[:, : 2 * units] + h[:, : 2 * units])))
    update, reset = gate[:, :units], gate[:, units:]
    new = np.tanh(x[:, 2 * units :] + reset * h[:, 2 * units :])
    return np.asarray(update * state + (1 - update) * new)


def test_the_decoder_looks_back_as_bahdanau_does() -> None:
    layer = own.BahdanauDecoder(4, attention_units=3, return_attention_scores=True)
    query, value, state = RNG.normal(size=(2, 3, 5)), RNG.normal(size=(2, 6, 7)), RNG.normal(size=(2, 4))
    states, scores = (np.asarray(each) for each in layer(*(each.astype("float32") for each in (query, value, state))))
    from_state, from_value, to_score = weights(layer)[:3]
    for step in range(3):
        energy = (np.tanh((state @ from_state)[:, None] + value @ from_value) @ to_score)[..., 0]
        alpha = np.exp(energy) / np.exp(energy).sum(-1, keepdims=True)
        same(scores[:, step], alpha)
        context = (alpha[..., None] * value).sum(1)
        state = gru(layer.cell, state, np.concatenate([query[:, step], context], -1))
        same(states[:, step], state)


def test_masked_steps_get_no_attention() -> None:
    layer = own.BahdanauDecoder(4, return_attention_scores=True)
    query, value = RNG.normal(size=(1, 2, 5)).astype("float32"), RNG.normal(size=(1, 3, 7)).astype("float32")
    _, scores = layer(query, value, value_mask=np.array([[True, False, True]]))
    assert np.asarray(scores)[0, :, 1].max() == 0


def test_the_decoder_takes_any_number_of_steps() -> None:
    query, value = keras.Input((None, 5)), keras.Input((6, 7))
    decoder = own.BahdanauDecoder(4)
    model = keras.Model([query, value], decoder(query, value))
    arrays = [RNG.normal(size=(2, 3, 5)).astype("float32"), RNG.normal(size=(2, 6, 7)).astype("float32")]
    same(np.asarray(model(arrays)), np.asarray(decoder(*arrays)))


# -- losses and the initializer


def test_every_wrong_class_counts_in_the_hinge() -> None:
    scores, labels = RNG.normal(size=(5, 4)), np.array([0, 3, 1, 2, 2])
    expected = 0.0
    for row, label in zip(scores, labels, strict=True):
        expected += sum(max(0.0, row[j] - row[label] + 2.0) for j in range(4) if j != label)
    assert float(own.MultiClassHinge(margin=2.0)(labels, scores)) == pytest.approx(expected / 5, rel=1e-5)
    assert float(own.MultiClassHinge(margin=2.0)(labels[:, None], scores)) == pytest.approx(expected / 5, rel=1e-5)


def test_the_error_of_codes_wants_the_right_class_high_and_others_low() -> None:
    outputs, labels = RNG.normal(size=(5, 4)), np.array([0, 3, 1, 2, 2])
    codes = np.where(np.arange(4) == labels[:, None], 0.9, -0.5)
    assert float(own.PlaceCodeError(low=-0.5, high=0.9)(labels, outputs)) == pytest.approx(
        np.mean((outputs - codes) ** 2), rel=1e-5
    )
    assert float(own.PlaceCodeError()(labels, 2.0 * np.eye(4)[labels] - 1.0)) == 0.0


def test_the_criterion_of_lenet() -> None:
    distances, labels = RNG.uniform(0, 90, size=(5, 4)), np.array([0, 3, 1, 2, 2])
    expected = [
        row[label] + np.log(np.exp(-0.5) + np.exp(-row).sum()) for row, label in zip(distances, labels, strict=True)
    ]
    assert float(own.LeNetMAP(floor=0.5)(labels, distances)) == pytest.approx(np.mean(expected), rel=1e-4)


def test_weights_lie_within_a_bound_over_the_fan_in() -> None:
    drawn = np.asarray(own.FanInUniform(2.4, seed=1)((5, 5, 8, 400)))
    assert abs(drawn).max() == pytest.approx(2.4 / 200, rel=0.01)
    assert drawn.mean() == pytest.approx(0, abs=1e-3)


# -- all of them

CASES: dict[str, tuple[Callable[[], Any], tuple[int, ...]]] = {
    "response normalization": (own.LocalResponseNormalization, (9, 8, 6)),
    "channels": (lambda: own.ChannelSelection([1, 2]), (9, 8, 6)),
    "fractional": (own.FractionalMaxPooling2D, (9, 8, 6)),
    "colours": (own.PCAColorAugmentation, (9, 8, 3)),
    "tanh": (own.ScaledTanh, (9,)),
    "subsampling": (lambda: own.TrainableSubsampling2D((2, 3)), (9, 8, 6)),
    "table": (lambda: own.TableConv2D(padding="same", strides=2), (9, 8, 6)),
    "bias": (own.UntiedBias, (3, 4)),
    "codes": (own.CodeDistance, (84,)),
    "maxout": (lambda: own.Maxout(3), (9,)),
    "depth": (own.StochasticDepth, (9, 8, 6)),
    "class token": (own.ClassToken, (5, 8)),
    "learned": (own.LearnedPositions, (5, 8)),
    "waves": (own.SinusoidalPositions, (5, 8)),
    "taken": (own.TakeToken, (5, 8)),
}


#: What a class's constructor cannot do without, and the samples on which its layer runs.
NEEDED: dict[str, tuple[Any, ...]] = {"Maxout": (3,), "BahdanauDecoder": (4,), "OneCycle": (0.1, 100)}
LAYER_CASES = {type(make()).__name__: shape for make, shape in CASES.values()}


@pytest.mark.parametrize("name", CASES)
def test_the_shape_before_any_data_is_the_shape_of_the_data(name: str) -> None:
    make, shape = CASES[name]
    values = RNG.normal(size=(2, *shape))
    layer = make()
    symbolic = layer(keras.KerasTensor((None, *shape)))
    assert tuple(symbolic.shape[1:]) == given(make(), values).shape[1:]
    assert tuple(layer.compute_output_shape((None, *shape))) == tuple(symbolic.shape)


@pytest.mark.parametrize("name", CASES)
def test_a_layer_comes_back_from_its_config_and_weights(name: str) -> None:
    make, shape = CASES[name]
    values = RNG.normal(size=(2, *shape))
    layer = make()
    expected = given(layer, values)
    again = type(layer).from_config(layer.get_config())
    again.build((None, *shape))
    again.set_weights(layer.get_weights())
    same(given(again, values), expected)
    assert again.get_config() == layer.get_config()


REFUSED: dict[str, tuple[Callable[[], Any], tuple[int | None, ...], str]] = {
    "even depth": (lambda: own.LocalResponseNormalization(4), (9, 8, 6), "an odd number of channels"),
    "no such channel": (lambda: own.ChannelSelection([6]), (9, 8, 6), "channels from 0 to 5"),
    "no channel": (lambda: own.ChannelSelection([]), (9, 8, 6), "channels from 0 to 5"),
    "ratio": (lambda: own.FractionalMaxPooling2D(2.5), (9, 8, 6), "more than 1 and at most 2"),
    "free height": (own.FractionalMaxPooling2D, (None, 8, 6), "a fixed height and width"),
    "grey": (own.PCAColorAugmentation, (9, 8, 1), "red, green and blue"),
    "no table": (lambda: own.TableConv2D("all of them"), (9, 8, 6), "rows of channels such as"),
    "a channel twice": (lambda: own.TableConv2D("0 0; 1"), (9, 8, 6), "rows of channels such as"),
    "table too wide": (lambda: own.TableConv2D("0 9"), (9, 8, 6), "names channel 9"),
    "free length": (own.UntiedBias, (None, 8), "fixed lengths"),
    "no picture": (own.CodeDistance, (83,), "84 features"),
    "no codes": (lambda: own.CodeDistance(codes="letters"), (84,), "'digits' or 'random'"),
    "free positions": (own.LearnedPositions, (None, 8), "needs a length"),
    "too many places": (lambda: own.LearnedPositions(4), (5, 8), "has 4 places"),
    "no such place": (lambda: own.TakeToken(5), (5, 8), "takes place 5"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_with_its_reason(name: str) -> None:
    make, shape, words = REFUSED[name]
    with pytest.raises(ValueError, match=words):
        make()(keras.KerasTensor((None, *shape)))


@pytest.mark.parametrize("name", own.__all__)
def test_a_class_stands_by_itself(name: str) -> None:
    """Exported code carries its source beside `import keras` and nothing else."""
    space: dict[str, Any] = {"keras": keras, "Any": Any, "__name__": "exported"}
    exec(compile(f"from __future__ import annotations\n{classes()[name]}", name, "exec"), space)  # noqa: S102
    theirs, ours = space[name](*NEEDED.get(name, ())), getattr(own, name)(*NEEDED.get(name, ()))
    assert theirs.get_config().keys() == ours.get_config().keys()
    if name in LAYER_CASES:
        values = RNG.normal(size=(2, *LAYER_CASES[name])).astype("float32")
        assert tuple(theirs(values).shape) == tuple(ours(values).shape)
