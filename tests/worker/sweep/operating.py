"""What operations are drawn with where values hang on what arrives, and what arrives beside: tables. Calls nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from hypothesis import strategies as st

from engine.specs import LayerSpec, PortSpec
from engine.values import Value
from tests.worker.sweep.shapes import USUAL, Arriving, Lengths

Fitted: TypeAlias = Callable[[Arriving], st.SearchStrategy[dict[str, Value]]]
Drawn: TypeAlias = st.SearchStrategy[Value]
#: What is taken of a tensor, as a person writes it.
KEYS: Final = (
    ":, 0", ":, -1", ":, 1:3", ":, ::2", ":, ::-1", "..., 0", "..., None", ":, None", ":, :, 0", ":, 1:, :2", "0",
    ":, 12", ":, 2:1", "..., 1:-1", ":, 0, 0, 0, 0", "1:", "..., 0, :",
)  # fmt: skip
#: Equations for tensors of which most are alike.
SUBSCRIPTS: Final = (
    "bi,bi->b", "bi,bj->bij", "bij,bij->bi", "bij,bkj->bik", "bij,bjk->bik", "bij,bik->bjk", "bij->bji", "bij->bi",
    "...i,...i->...", "...ij,...jk->...ik", "bij,bij,bij->bij", "bii->bi", "bijk,bljk->bil", "bi,bi", "ij,kj->ik",
    "bij,jk->bik", "b ij -> bij",
)  # fmt: skip


def _rank(first: Arriving) -> int:
    return len(first.shape) + 1


def _axis(first: Arriving) -> Drawn:
    """An axis: most are there, the batch among them; a few are not."""
    rank = _rank(first)
    inside: st.SearchStrategy[Value] = st.integers(1 - rank, rank - 1)
    return inside | inside | inside | st.integers(-rank - 1, rank + 1)


def _axes(first: Arriving) -> Drawn:
    several = st.lists(_axis(first), min_size=1, max_size=3, unique=True).map(tuple)
    return _axis(first) | _axis(first) | several


def _together(**values: Drawn) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries(dict(values))


def _count(first: Arriving) -> int:
    return math.prod(length or 1 for length in first.shape)


def _reshape(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    count, back = _count(first), tuple(reversed(first.shape))
    fitting: list[Value] = [(-1, count), (-1, 1, count), (-1, *back), (-1, 2), (2, -1), (count,), (None, count), (-1,)]
    return _together(newshape=st.sampled_from(fitting))


def _transpose(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    others, all_of_them = list(range(1, _rank(first))), list(range(_rank(first)))
    kept = st.permutations(others).map(lambda axes: (0, *axes))
    wrong: list[Value] = [(0, 2, 1), (0, 1), (0, 0, 1), (0, -1, 1)]
    return _together(axes=kept | kept | st.permutations(all_of_them).map(tuple) | st.sampled_from(wrong))


def _moved(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    return _together(source=_axes(first), destination=_axes(first))


def _two(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    return _together(axis1=_axis(first), axis2=_axis(first))


def _diagonal(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    return _together(axis1=_axis(first), axis2=_axis(first), offset=st.integers(-2, 3))


def _split(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    places: list[Value] = [(1,), (2,), (3,), (1, 2), (2, 3), (4, 2), (0, 9)]
    return _together(indices_or_sections=st.sampled_from(places), axis=_axis(first))


def _unstack(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    lengths: list[Value] = [length or 2 for length in first.shape] or [1]
    return _together(num=st.sampled_from(lengths), axis=_axis(first))


def _padded(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    pair = st.tuples(st.integers(0, 2), st.integers(0, 2))
    kept = st.tuples(*[pair] * len(first.shape)).map(lambda pairs: ((0, 0), *pairs))
    return _together(pad_width=kept | kept | pair | st.tuples(pair, pair))


def _tiled(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    some = st.lists(st.integers(1, 3), min_size=0, max_size=len(first.shape)).map(lambda times: (1, *times))
    return _together(repeats=some | st.sampled_from([(2,), (1,) * 7]))


#: Values that hang on the shape that arrives; axes are drawn for every operation that has some.
FITTED: Final[Mapping[str, Fitted]] = {
    "ops.reshape": _reshape, "ops.transpose": _transpose, "ops.moveaxis": _moved, "ops.split": _split,
    "ops.swapaxes": _two, "ops.diagonal": _diagonal, "ops.top_k": lambda _: _together(k=st.integers(1, 9)),
    "ops.unstack": _unstack, "ops.pad": _padded, "ops.tile": _tiled,
    "ops.get_item": lambda _: _together(key=st.sampled_from(KEYS)),
    **dict.fromkeys(
        ("ops.depth_to_space", "ops.space_to_depth"), lambda _: _together(block_size=st.sampled_from([2, 3, 4]))
    ),
    "ops.einsum": lambda _: _together(subscripts=st.sampled_from(SUBSCRIPTS)),
}  # fmt: skip


def fitted(spec: LayerSpec, first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    """Draw the values of an operation that its input decides."""
    if spec.name in FITTED:
        return FITTED[spec.name](first)
    along = [p for p in spec.parameters if p.name in ("axis", "axes")]
    axes: dict[str, Drawn] = {p.name: _axes(first) if p.kind == "axes" else _axis(first) for p in along}
    return st.fixed_dictionaries({}, optional=axes)


#: What stands in for a wire, by port.
NUMBERS: Final[Mapping[str, tuple[Value, ...]]] = {
    "x": (0.0, 1.0, -2.0, 0.5), "y": (0.0, 1.0, -2.0, 0.5, 300.0), "indices": ((0,), (0, 1), (2, 0, 1), (-1,), (12,)),
}  # fmt: skip
#: What arrives beside the first: the last axis of a product meets the one before the last.
DTYPE: Final[Mapping[str, str]] = {"indices": "int32", "mask": "bool"}


@st.composite
def beside(draw: st.DrawFn, spec: LayerSpec, first: Arriving, port: PortSpec, alike: Arriving) -> Arriving:
    """Draw what arrives at another port of an operation; `alike` is what arrives at another port of a layer."""
    shape: Lengths = alike.shape
    if spec.name == "ops.matmul" and first.shape:
        width = (first.shape[-1], draw(st.sampled_from(USUAL)))
        shape = draw(st.sampled_from([(*first.shape[:-2], *width), (*first.shape[:-2], *width), shape]))
    if spec.name == "ops.dot_product_attention" and port.name in ("bias", "mask") and first.shape:
        steps = first.shape[0]
        shape = draw(
            st.sampled_from([(first.shape[-2] if len(first.shape) > 1 else 1, steps, steps), (1, steps, steps)])
        )
    usual = "float32" if spec.name == "ops.where" else first.dtype
    return Arriving(shape, DTYPE.get(port.name, usual), first.batch)
