"""What the catalogue says of a layer, its ports and the other Keras objects: frozen values. Knows no Keras, no file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.pieces import BLOCK
from engine.values import FrozenMap

#: The kinds of Keras object beside layers, as keys of layers.json.
PART_KINDS = ("initializer", "regularizer", "constraint", "optimizer", "schedule", "loss", "metric")
#: Between two values that a layer refuses a type with.
AND = "&"


@dataclass(frozen=True, slots=True)
class PortSpec:
    """Where a wire may end.

    Attributes:
        name: Shown, and written in the file.
        argument: The argument of the layer's call that the tensor goes into; for an output, empty.
        index: Its place where that argument takes a list of named tensors, else None.
        many: It takes any number of wires, in order, as one list.
        optional: The layer can be called without it.
        when: The parameter that must be true for the port to exist; empty where it always does.
        number: What the parameter of the port's own name holds may stand in for its wire.
    """

    name: str
    argument: str = ""
    index: int | None = None
    many: bool = False
    optional: bool = False
    when: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A Keras object that a parameter or a recipe can hold: Adam, L2, GlorotUniform, Huber; `own` as for a layer."""

    name: str
    kind: str
    summary: str = ""
    parameters: tuple[ParameterSpec, ...] = ()
    own: bool = False

    def parameter(self, name: str) -> ParameterSpec:
        return find(self.parameters, name, self.name)


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """A layer as the palette, the inspector, the checker and the export see it.

    Attributes:
        name: The public Keras name (`keras.layers.<name>`).
        group: Its group in the palette.
        stem: What a new node is called, as Keras would: `conv2d`, `multi_head_attention`.
        summary: One line, from Keras's docstring.
        inputs, outputs: Its ports, in order.
        parameters: In Keras's order; call arguments last.
        ranks: Ranks, batch included, of a first input on which the layer was seen to run; empty where its values say.
        brief: The parameters that a node shows.
        aliases: Other words by which people look for it.
        wraps: It takes another layer as its `layer` parameter.
        refuses: Types of an input's numbers on which it was seen to fail.
        refuses_with: Further ones, where a value is given: `dropout` any but 0, `activation=gelu` that one, or two of
            them, `negative_slope&max_value`.
        one_type: It was seen to fail on fractions of another type than those it computes with.
        on_gpu: Types to compute in on which it was seen to fail on a processor.
        tensorflow: Keras makes it on its TensorFlow backend alone.
        own: Keras lacks it: it is one of `engine/worker/layers`, and exported code carries its source.
        axes: How its outputs have the names of their axes, a rule of `engine.naming`; empty where none is known.
        reads: What the axes of a sample mean to it, where they have no names of their own.
        operation: It is a function of `keras.ops`, which has no weights; `name` is where it stands: `ops.mean`.
        counts: The parameter that says how many outputs it has; empty where that does not depend on a value.
        file: The module of the person's own file that it comes from, which stands beside exported code; else empty.
    """

    name: str
    group: str
    stem: str
    summary: str = ""
    inputs: tuple[PortSpec, ...] = ()
    outputs: tuple[PortSpec, ...] = ()
    parameters: tuple[ParameterSpec, ...] = ()
    ranks: tuple[int, ...] = ()
    brief: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    wraps: bool = False
    tensorflow: bool = False
    refuses: tuple[str, ...] = ()
    refuses_with: FrozenMap[tuple[str, ...]] = field(default_factory=FrozenMap)
    one_type: bool = False
    on_gpu: tuple[str, ...] = ()
    own: bool = False
    axes: str = ""
    reads: tuple[str, ...] = ()
    file: str = ""
    operation: bool = False
    counts: str = ""

    @property
    def title(self) -> str:
        """What people read: a block is called by its own name."""
        return self.name.removeprefix(BLOCK)

    def parameter(self, name: str) -> ParameterSpec:
        return find(self.parameters, name, self.name)


def find(parameters: Iterable[ParameterSpec], name: str, owner: str) -> ParameterSpec:
    """Return a parameter by name, or raise ValueProblem naming its owner."""
    for parameter in parameters:
        if parameter.name == name:
            return parameter
    raise ValueProblem(f"{owner} has no parameter of that name", received=repr(name)[:80])
