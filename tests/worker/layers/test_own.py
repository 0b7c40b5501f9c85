"""All layers of our own: shape, config, weights and refusals of each, and that exported code can carry it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import keras
import pytest

from engine.code.own import classes
from engine.worker import layers as own
from tests.worker.layers.arrays import RNG, given, same

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


@pytest.fixture
def registered() -> Iterator[None]:
    """What is registered meanwhile under the names of our classes gives way to these again."""
    objects = keras.saving.get_custom_objects()
    ours = dict(objects)
    yield
    objects.clear()
    objects.update(ours)


@pytest.mark.usefixtures("registered")
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
