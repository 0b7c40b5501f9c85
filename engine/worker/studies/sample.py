"""One watched sample as a network takes it, and the score that is asked about. Knows no gradient and no message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

import keras
import numpy as np

from engine import judging
from engine.data.columns import Column, Tensor
from engine.errors import RecipeError
from engine.study_messages import LIKELIEST
from engine.worker import states
from engine.worker.prepare import Prepared


@contextmanager
def undisturbed(model: keras.Model) -> Iterator[None]:
    """Leave what layers remember, and the lots that they will draw, as they were."""
    weights = {id(weight) for weight in model.weights}
    chance = [variable for variable in model.variables if id(variable) not in weights]
    before = [keras.ops.convert_to_numpy(variable) for variable in chance]
    try:
        with states.kept(model):
            states.reset(model)
            yield
    finally:
        for variable, value in zip(chance, before, strict=True):
            variable.assign(value)


#: By model and by the tensors that are seen: what was traced once need not be traced again.
_PARTS: Final[WeakKeyDictionary[Any, dict[tuple[int, ...], Any]]] = WeakKeyDictionary()


def part_of(model: keras.Model, outputs: list[Any]) -> keras.Model:
    """Return the model that puts out these of its tensors, over the same layers; the same one for the same tensors."""
    parts = _PARTS.setdefault(model, {})
    key = tuple(id(tensor) for tensor in outputs)
    if key not in parts:
        parts[key] = keras.Model(model.inputs, outputs if len(outputs) > 1 else outputs[0])
        parts[key].jit_compile = False
    return parts[key]


def as_list(tensors: Any) -> list[Any]:
    return list(tensors) if isinstance(tensors, list | tuple) else [tensors]


def of_output(run: Prepared, output: int) -> tuple[str, Column]:
    """Return the name of an output and what it learns, or raise RecipeError where there is none of this number."""
    outputs = run.feeding.outputs
    if not 0 <= output < len(outputs):
        raise RecipeError(f"The network's outputs are 0 to {len(outputs) - 1}", received=str(output))
    return outputs[output]


def tells_distances(run: Prepared, output: int) -> bool:
    """Whether an output's least number is its answer, as its loss has it."""
    return run.recipe.loss_of(of_output(run, output)[0]).class_name in judging.DISTANCES


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sample of a run, by its index among the watched ones, and one of the network's outputs."""

    run: Prepared
    sample: int
    output: int = 0

    def __post_init__(self) -> None:
        count = len(self.run.watched)
        if not 0 <= self.sample < count:
            raise RecipeError(f"The watched samples are 0 to {count - 1}", received=str(self.sample))
        of_output(self.run, self.output)

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for _, column in self.run.feeding.inputs)

    @property
    def target(self) -> Column:
        return of_output(self.run, self.output)[1]

    @property
    def given(self) -> list[Tensor]:
        """The sample, as each input takes it."""
        return [np.asarray(self.run.watched.inputs[column.name][self.sample]) for column in self.columns]

    @property
    def batch(self) -> int:
        """How many samples the network takes at once where that is fixed, else one."""
        return int(self.run.model.inputs[0].shape[0] or 1)

    def fed(self, given: list[Tensor]) -> Any:
        """Return samples in the structure and type that the model takes; one sample is repeated to a fixed batch."""
        tensors = [
            keras.ops.convert_to_tensor(np.repeat(array[np.newaxis], self.batch, axis=0), tensor.dtype)
            for array, tensor in zip(given, self.run.model.inputs, strict=True)
        ]
        return tensors if len(tensors) > 1 else tensors[0]

    # -- the score

    def score(self, outputs: Any, number: int) -> tuple[Any, int, bool]:
        """Return one number of the first sample's output, which it is, and whether it stands before the activation.

        Of a sequence it is the last step's, of a picture the mean over its places. Of two classes that share one
        number it is for the second, against the first. A distance counts the more the less it is.
        """
        put_out = as_list(outputs)[self.output]
        logits = getattr(put_out, "_keras_logits", None)  # softmax and sigmoid leave what they were given
        raw = logits is not None and logits.shape == put_out.shape
        place = flattened(logits if raw else put_out)
        chosen = self.likeliest(flattened(put_out)) if number == LIKELIEST else number
        return *signed(-place if self.is_distance else place, self.target, chosen), raw

    def likeliest(self, place: Any) -> int:
        values = np.asarray(place)
        if is_pair(self.target, len(values)):
            return int(values[0] > 0.5)
        return int(values.argmin() if self.is_distance else values.argmax())

    @property
    def is_distance(self) -> bool:
        return tells_distances(self.run, self.output)

    def named(self, *, raw: bool) -> str:
        """Say what the score is."""
        plain = "the distance, taken from nought," if self.is_distance else "the output"
        return "the score before its activation" if raw else plain


def is_pair(target: Column, width: int) -> bool:
    """Whether one number tells two classes apart."""
    return target.task == "binary" and width == 1


def signed(place: Any, target: Column, number: int) -> tuple[Any, int]:
    width = int(place.shape[0])
    if is_pair(target, width):
        return (place[0] if number else -place[0]), int(bool(number))
    if not 0 <= number < width:
        raise RecipeError(f"The numbers of this output are 0 to {width - 1}", received=str(number))
    return place[number], number


def flattened(put_out: Any) -> Any:
    """Return the first sample's numbers, shape (numbers,): a sequence's last step, the mean of a picture's places."""
    first = put_out[0]
    rank = len(first.shape)
    if rank < 2:
        return keras.ops.reshape(first, (-1,))
    if rank == 2:
        return first[-1]
    return keras.ops.mean(first, axis=tuple(range(rank - 1)))


def chances(outputs: Any, asked: Chosen, number: int) -> Tensor:
    """Return the score of every sample of a batch as it is put out, shape (samples,): as `Chosen.score` has it."""
    put_out = np.asarray(as_list(outputs)[asked.output], "float64")
    places = put_out.reshape(len(put_out), -1) if put_out.ndim < 3 else put_out[:, -1]
    if put_out.ndim > 3:
        places = put_out.mean(axis=tuple(range(1, put_out.ndim - 1)))
    if is_pair(asked.target, places.shape[1]):
        return np.asarray(places[:, 0] if number else 1 - places[:, 0])
    return np.asarray(-places[:, number] if asked.is_distance else places[:, number])


def first_seen(model: keras.Model, tensors: Mapping[tuple[str, str], Any], place: int) -> Any | None:
    """Return the first tensor of fractions that tokens become: of an Embedding, or whatever spells them as numbers."""
    begin = model.inputs[place]
    known = {id(tensor) for tensor in tensors.values()}
    for operation in model.operations:
        for node in operation._inbound_nodes:
            if any(tensor is begin for tensor in node.input_tensors):
                for tensor in node.output_tensors:
                    is_real = keras.backend.is_float_dtype(tensor.dtype) and tensor.ndim > begin.ndim
                    if id(tensor) in known and is_real and tensor is not begin:
                        return tensor
    return None


def real(tensors: list[Any]) -> list[Any]:
    """Return those that hold fractions, and can be followed."""
    return [each for each in tensors if keras.backend.is_float_dtype(keras.backend.standardize_dtype(each.dtype))]
