"""What arrives at a layer: shapes of samples by rank, lengths small, odd, free and impossible. Knows no parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from hypothesis import strategies as st

from engine.specs import LayerSpec, PortSpec

Lengths: TypeAlias = tuple[int | None, ...]
#: Lengths that axes are drawn with.
USUAL: Final = (1, 2, 3, 4, 5, 6, 8, 9)
#: Features that some layers cannot do without.
FEATURES: Final[Mapping[str, tuple[int, ...]]] = {
    "CodeDistance": (84,), "GroupNormalization": (32, 64), "TableConv2D": (6, 12), "MelSpectrogram": (600, 3000),
    "STFTSpectrogram": (1, 2, 3), "PCAColorAugmentation": (3,), "ops.depth_to_space": (4, 8, 9),
    **dict.fromkeys(("ops.image.rgb_to_grayscale", "ops.image.rgb_to_hsv", "ops.image.hsv_to_rgb"), (3,)),
}  # fmt: skip
#: Ranks, batch included, of the layers whose values say which they take.
BY_VALUE: Final[Mapping[str, tuple[int, ...]]] = {
    "EinsumDense": (2, 3, 4), "Permute": (2, 3, 4), "CategoryEncoding": (1, 2), "Bidirectional": (3,),
    "TimeDistributed": (3, 4, 5), "IntegerLookup": (1, 2, 3),
}  # fmt: skip
#: Layers that look places up in a table.
LOOKING_UP: Final = (
    "Embedding",
    "ReversibleEmbedding",
    "CategoryEncoding",
    "Hashing",
    "HashedCrossing",
    "IntegerLookup",
    "ops.one_hot",
)
#: Operations on yes and no.
LOGICAL: Final = ("ops.where", "ops.any", "ops.all", "ops.logical_and", "ops.logical_or", "ops.logical_not")
DTYPES: Final = ("float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool")


@dataclass(frozen=True, slots=True)
class Arriving:
    """What an InputLayer gives: a sample's shape, dtype, and the batch where it is fixed."""

    shape: Lengths
    dtype: str = "float32"
    batch: int | None = None


def ranks(spec: LayerSpec) -> tuple[int, ...]:
    return spec.ranks or BY_VALUE.get(spec.name, (2, 3, 4))


@st.composite
def arriving(draw: st.DrawFn, spec: LayerSpec) -> Arriving:
    """Draw what arrives first: mostly of a rank that the layer takes, now and then of any, from none to five axes."""
    fits = draw(st.sampled_from([True] * 7 + [False]))
    axes = draw(st.sampled_from([rank - 1 for rank in ranks(spec)])) if fits else draw(st.integers(0, 5))
    most = 4 if axes > 3 else 9
    wide = 5 if "Random" in spec.name or spec.group == "Augmentation" else 1
    one = st.sampled_from([length for length in USUAL if wide <= length <= max(most, wide)])
    shape: list[int | None] = [draw(one) for _ in range(axes)]
    if shape and draw(st.sampled_from([True, True, True, False])):
        shape[-1] = draw(
            st.sampled_from(FEATURES.get(spec.name, (3, 1, 4, 6, 8) if spec.group != "Augmentation" else (3,)))
        )
    free = draw(st.sampled_from([""] * 6 + ["inner", "any", "none at all"]))
    if free and shape:
        place = draw(st.integers(0, max(0, len(shape) - 2 if free == "inner" else len(shape) - 1)))
        shape = [None] * len(shape) if free == "none at all" else [*shape[:place], None, *shape[place + 1 :]]
    usual = "int32" if spec.name in LOOKING_UP else "bool" if spec.name in LOGICAL else "float32"
    dtype = draw(st.sampled_from([usual] * 7 + list(DTYPES)))
    return Arriving(tuple(shape), dtype, draw(st.sampled_from([None, None, None, None, 2])))


@st.composite
def beside(draw: st.DrawFn, first: Arriving, port: PortSpec) -> Arriving:
    """Draw what arrives at another port: what the first is, the same but for one axis, or of another rank."""
    if port.optional and ("mask" in port.name or "state" in port.name):
        return draw(_wired(first, port))
    shape = list(first.shape)
    change = draw(st.sampled_from(["", "", "", "one", "length", "length", "drop", "last"]))
    if shape and change in ("one", "length"):
        place = draw(st.integers(0, max(0, len(shape) - 2)))
        shape[place] = 1 if change == "one" else draw(st.sampled_from(USUAL))
    elif shape and change == "drop":
        shape = shape[1:]
    elif shape and change == "last":
        shape[-1] = draw(st.sampled_from(USUAL))
    return Arriving(tuple(shape), first.dtype, first.batch)


@st.composite
def _wired(draw: st.DrawFn, first: Arriving, port: PortSpec) -> Arriving:
    """Draw a mask or a state."""
    if "state" in port.name:
        rest = tuple(first.shape[1:-1])
        return Arriving((*rest, draw(st.sampled_from([2, 3, 4]))), "float32", first.batch)
    steps = first.shape[:1] or (4,)
    shape = draw(st.sampled_from([steps, steps, steps * 2, first.shape, (3,)]))
    return Arriving(shape, draw(st.sampled_from(["bool", "bool", "bool", "int32", "float32"])), first.batch)


#: No length can be so: refused before any layer is asked.
IMPOSSIBLE: Final[tuple[object, ...]] = (0, -1, 2**31)
