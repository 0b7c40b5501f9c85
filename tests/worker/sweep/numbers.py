"""What a parameter of each kind may hold, must hold at its bounds, and cannot hold: one table. Knows no layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Final, TypeAlias

from hypothesis import strategies as st

from engine.catalogue import Catalogue
from engine.kinds import LARGEST, PARTS, ParameterSpec
from engine.values import FrozenMap, Part, Value

Values: TypeAlias = st.SearchStrategy[Value]
Draws: TypeAlias = Callable[[ParameterSpec], Values]
#: Counts that layers are drawn with: small, odd, and those that groups divide.
COUNTS: Final = (1, 2, 3, 4, 5, 6, 8, 9)
#: Sizes of which Keras wants one for each axis, where we spread one over all.
UNSPREAD: Final = ("tile_grid_size",)
#: Wrong for every parameter that is a number.
NO_NUMBER: Final[tuple[Value, ...]] = ("three", "", True, ("a",), 2**31, -(2**40))


def _whole(spec: ParameterSpec) -> Values:
    low = -3 if spec.minimum is None else int(spec.minimum)
    high = LARGEST if spec.maximum is None else int(spec.maximum)
    usual = [low, low + 1, *(count for count in COUNTS if low <= count <= high)]
    return st.sampled_from(usual) | st.sampled_from(usual) | st.sampled_from([low, min(high, 64)])


def _number(spec: ParameterSpec) -> Values:
    low = -2.0 if spec.minimum is None else float(spec.minimum)
    high = low + 4.0 if spec.maximum is None else float(spec.maximum)
    middle = st.floats(low, high, allow_subnormal=False).map(lambda number: round(number, 3)).filter(
        lambda number: low <= number <= high
    )  # fmt: skip
    return middle | st.sampled_from([low, high, (low + high) / 2])


def _sizes(spec: ParameterSpec) -> Values:
    low = int(spec.minimum or 0)
    one = st.integers(low, low + 3)
    length = spec.length or 1
    if spec.name in UNSPREAD:
        return st.tuples(*[one] * length)
    return one if length == 1 else one | st.tuples(*[one] * length)


def _pairs(spec: ParameterSpec) -> Values:
    one, length = st.integers(0, 3), spec.length or 1
    pair = st.tuples(one, one)
    return one | (pair if length == 1 else st.tuples(*[pair] * length))


def _range(spec: ParameterSpec) -> Values:
    pair = st.tuples(_number(spec), _number(spec)).map(lambda ends: tuple(sorted(ends)))  # type: ignore[type-var]
    return pair if spec.length == 2 else pair | _number(spec)


def _axes(_: ParameterSpec) -> Values:
    one = st.integers(-4, 5)
    return one | st.sampled_from([-1, 1, 2]) | st.lists(one, min_size=1, max_size=3, unique=True).map(tuple)


#: Shapes, some of their lengths free.
SHAPES: Final[Values] = st.lists(st.sampled_from([None, 1, 2, 3, 4, 6]), min_size=1, max_size=3).map(tuple)
#: By kind, what is right; parts and layers stand below, for they have values of their own.
RIGHT: Final[Mapping[str, Draws]] = {
    "int": _whole,
    "float": _number,
    "rate": _number,
    "bool": lambda _: st.booleans(),
    "text": lambda spec: st.sampled_from(spec.choices or ("ab", "c", "")),
    "choice": lambda spec: st.sampled_from(spec.choices),
    "dtype": lambda spec: st.sampled_from(spec.choices),
    "activation": lambda spec: st.sampled_from(spec.choices),
    "sizes": _sizes,
    "shape": lambda _: SHAPES,
    "axes": _axes,
    "pairs": _pairs,
    "range": _range,
    "numbers": lambda spec: st.lists(_number(spec), min_size=1, max_size=4).map(tuple),
    "integers": lambda spec: st.lists(_whole(spec), min_size=1, max_size=4).map(tuple),
}


def right(catalogue: Catalogue, spec: ParameterSpec, depth: int = 0) -> Values:
    """Draw what the catalogue takes for a parameter, its bounds among it; Keras may refuse it beside others."""
    drawn = _parts(catalogue, spec, depth) if spec.kind in PARTS else RIGHT[spec.kind](spec)
    return st.none() | drawn | drawn if spec.optional else drawn


def wrong(spec: ParameterSpec) -> Values:
    """Draw what the catalogue refuses for a parameter."""
    found: list[Value] = ["no such", *(() if spec.optional else (None,))]
    if spec.kind in ("int", "float", "sizes", "pairs", "range", "numbers", "integers", "axes"):
        found += [value for value in NO_NUMBER if spec.kind in ("int", "sizes", "pairs") or value is not NO_NUMBER[-2]]
        found += [] if spec.minimum is None else [int(spec.minimum) - 1, int(spec.minimum) - 100]
        found += [] if spec.maximum is None else [int(spec.maximum) + 1]
    if spec.kind in ("bool", "choice", "dtype", "activation", "index", *PARTS):
        found += [7, 1.5, ("same",), Part("Nothing")]
    return st.sampled_from([value for value in found if _refused(spec, value)] or [("no", ("such",))])


def _refused(spec: ParameterSpec, value: Value) -> bool:
    try:
        spec.check(value)
    except Exception:  # noqa: BLE001 - a refusal is what is looked for
        return True
    return False


def _parts(catalogue: Catalogue, spec: ParameterSpec, depth: int) -> Values:
    """Draw a Keras object with some values of its own; layers within layers hold none of their own."""
    names = [
        name for name in spec.choices or tuple(catalogue.layers) if spec.kind != "layer" or _within(catalogue, name)
    ]
    return st.sampled_from(names).flatmap(lambda name: _part(catalogue, spec.kind, name, depth))


def _within(catalogue: Catalogue, name: str) -> bool:
    layer = catalogue.layers[name]
    return bool(layer.inputs) and not layer.wraps and len([port for port in layer.inputs if not port.optional]) == 1


def _part(catalogue: Catalogue, kind: str, name: str, depth: int) -> st.SearchStrategy[Part]:
    parameters = [p for p in catalogue.part(kind, name).parameters if depth < 1 or p.kind not in PARTS]
    return some(catalogue, parameters, depth + 1, most=3).map(lambda values: Part(name, FrozenMap(values)))


def some(
    catalogue: Catalogue,
    parameters: list[ParameterSpec],
    depth: int = 0,
    most: int = 4,
    but: Set[str] = frozenset(),
) -> st.SearchStrategy[dict[str, Value]]:
    """Draw values for those parameters that must be given and for some of the others, but for those of some names."""
    parameters = [p for p in parameters if p.name not in but]
    needed = [p for p in parameters if p.required]
    free = [p for p in parameters if not p.required]
    chosen = st.lists(st.sampled_from(free), max_size=most, unique=True) if free else st.just([])
    return chosen.flatmap(
        lambda more: st.fixed_dictionaries({p.name: right(catalogue, p, depth) for p in (*needed, *more)})
    )
