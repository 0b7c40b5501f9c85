"""How each layer's outputs have the names of their axes: a table of rules. Knows no Keras, no drawing.

A layer's rule and what it reads stand in the catalogue. A rule says what is true and leaves the rest without a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from engine.axes import Names, Shape, agreed, filled, merged, product, unnamed
from engine.catalogue import Catalogue
from engine.reshaping import reshaped
from engine.specs import LayerSpec
from engine.values import Part, Value

#: Rules whose outputs have names that only those who read them know.
ASKING: Final = frozenset({"given", "reshaped", "repeated"})
#: What a sample's axes are where nothing else says so: a row is one of features, an image has few channels.
FEW_CHANNELS: Final = (1, 3, 4)
#: What another axis is called within a time step.
STEP: Final = {"time": "length"}
IMAGE: Final = ("height", "width", "channels")


@dataclass(frozen=True, slots=True)
class Arriving:
    """What arrives at a port: its shape with the batch first, and the names of a sample's axes."""

    port: str
    shape: Shape
    names: Names


@dataclass(frozen=True, slots=True)
class Site:
    """A layer with its values, what arrives by port, in order, and the shapes that leave."""

    catalogue: Catalogue
    spec: LayerSpec
    values: Mapping[str, Value]
    arriving: tuple[Arriving, ...]
    leaving: tuple[Shape, ...]

    def value(self, name: str) -> Value:
        if name in self.values:
            return self.values[name]
        return next((spec.default for spec in self.spec.parameters if spec.name == name), None)

    @property
    def first(self) -> Names:
        return self.arriving[0].names

    def of(self, *ports: str) -> Names:
        """The names at the first of some ports that is wired."""
        return next((there.names for port in ports for there in self.arriving if there.port == port), ())

    @property
    def channel(self) -> int:
        """Where the channels of a sample are."""
        return 0 if self.value("data_format") == "channels_first" else -1


def named(site: Site) -> tuple[Names, ...]:
    """Return the names of the axes of each output, empty where nothing is known."""
    rule = RULES.get(site.spec.axes)
    counts = [len(shape) - 1 for shape in site.leaving]
    if rule is None:
        return tuple(unnamed(count) for count in counts)
    told = iter(list(rule(_read(site))))
    found = (next(told, ()) for _ in counts)
    return tuple(
        names if len(names) == count else unnamed(count) for names, count in zip(found, counts, strict=True)
    )  # fmt: skip


def reads(catalogue: Catalogue, spec: LayerSpec, values: Mapping[str, Value]) -> Names:
    """Return what the axes of a sample mean to a layer; to a wrapper, what they mean to the layer within."""
    inner = values.get("layer")
    if spec.wraps and isinstance(inner, Part):
        held = catalogue.known(inner.class_name)
        within = reads(catalogue, held, inner.values) if held is not None else ()
        return (
            ("time", *("length" if name == "time" else name for name in within)) if spec.axes == "stepped" else within
        )
    names = spec.reads
    if values.get("data_format") == "channels_first" and names[-1:] == ("channels",):
        begin = 1 if spec.axes == "recurrent" else 0
        return (*names[:begin], names[-1], *names[begin:-1])
    return names


def usual(shape: Shape) -> Names:
    """Name axes by their lengths alone, where nothing else says what they are."""
    if len(shape) == 2:
        return ("features",)
    return IMAGE if len(shape) == 4 and shape[-1] in FEW_CHANNELS else unnamed(len(shape) - 1)


def _read(site: Site) -> Site:
    """Name what arrives without a name by what the layer reads."""
    meant = reads(site.catalogue, site.spec, site.values)
    if not meant or not any("" in there.names for there in site.arriving):
        return site
    return replace(
        site,
        arriving=tuple(
            there if "mask" in there.port else replace(there, names=filled(there.names, meant))
            for there in site.arriving
        ),
    )


# -- the rules: what each output's axes are called, in order


def _same(site: Site) -> Iterator[Names]:
    yield site.first


def _given(site: Site) -> Iterator[Names]:
    yield from ()


def _weighed(site: Site) -> Iterator[Names]:
    yield (*site.first[:-1], "features")


def _channelled(site: Site, names: Names) -> Names:
    """Names with the channels at their place."""
    return ("channels", *names[1:]) if site.channel == 0 else (*names[:-1], "channels")


def _filtered(site: Site) -> Iterator[Names]:
    yield _channelled(site, site.first)


def _pooled(site: Site) -> Iterator[Names]:
    kept = len(site.leaving[0]) == len(site.arriving[0].shape)
    yield site.first if kept else (site.first[site.channel],)


def _embedded(site: Site) -> Iterator[Names]:
    yield (*site.first[:-1], "tokens") if site.value("reverse") else (*site.first, "features")


def _recurrent(site: Site) -> Iterator[Names]:
    time, *inner = site.first
    held = ("features",) if len(inner) == 1 else _channelled(site, tuple(inner))
    yield (time, *held) if len(site.leaving[0]) == len(site.arriving[0].shape) else held
    yield from [held] * (len(site.leaving) - 1)


def _within(site: Site) -> Site | None:
    inner = site.value("layer")
    if not isinstance(inner, Part) or inner.class_name not in site.catalogue.layers:
        return None
    return replace(site, spec=site.catalogue.layers[inner.class_name], values=inner.values)


def _wrapped(site: Site) -> Iterable[Names]:
    within = _within(site)
    return named(within) if within is not None else ()


def _stepped(site: Site) -> Iterator[Names]:
    within = _within(site)
    if within is None:
        return
    (there,) = site.arriving[:1]
    step = replace(there, shape=_step(there.shape), names=there.names[1:])
    leaving = tuple(_step(shape) for shape in site.leaving)
    for names in named(replace(within, arriving=(step,), leaving=leaving)):
        yield (there.names[0] or "time", *names)


def _step(shape: Shape) -> Shape:
    """The shape of one time step."""
    return (shape[0], *shape[2:])


def _attended(site: Site) -> Iterator[Names]:
    yield (*site.of("query", "input")[:-1], "features")
    yield _scores(site, "heads")


def _looked(site: Site) -> Iterator[Names]:
    yield (*site.of("query")[:-1], site.of("value")[-1])
    yield _scores(site)


def _decoded(site: Site) -> Iterator[Names]:
    yield (*site.of("query")[:-1], "features")
    yield _scores(site)


def _scores(site: Site, *heads: str) -> Names:
    """Batch and axes without attention first, then heads, then the query's places and the key's."""
    query, key = site.of("query"), site.of("key", "value")
    axes = site.value("attention_axes")
    rank = len(query) + 1
    chosen = (axes,) if isinstance(axes, int) else axes if isinstance(axes, tuple) else range(1, rank - 1)
    along = [axis % rank - 1 for axis in chosen if isinstance(axis, int)]
    kept = [name for place, name in enumerate(query[:-1]) if place not in along]
    told = [f"{whose} {names[place]}".strip() for whose, names in (("query", query), ("key", key)) for place in along]
    return (*kept, *heads, *told)


def _flattened(site: Site) -> Iterator[Names]:
    first = site.first
    yield (product((*first[1:], first[0]) if site.channel == 0 and first else first),)


def _reshaped(site: Site) -> Iterator[Names]:
    yield reshaped(site.arriving[0].shape[1:], site.first, site.leaving[0][1:])


def _permuted(site: Site) -> Iterator[Names]:
    dims = site.value("dims")
    if isinstance(dims, tuple) and len(dims) == len(site.first):
        yield tuple(site.first[int(str(dim)) - 1] for dim in dims)


def _repeated(site: Site) -> Iterator[Names]:
    yield ("", *site.first)


def _taken(site: Site) -> Iterator[Names]:
    yield site.first[1:]


def _merged(site: Site) -> Iterator[Names]:
    yield merged([there.names for there in site.arriving])


def _joined(site: Site) -> Iterator[Names]:
    columns = zip(*(there.names for there in site.arriving), strict=True)
    yield tuple(agreed(column) for column in columns)


def _dotted(site: Site) -> Iterator[Names]:
    axes = site.value("axes")
    both = axes if isinstance(axes, tuple) and len(axes) == 2 else (axes, axes)
    left, right = (
        [name for place, name in enumerate(there.names, 1) if place != int(str(axis)) % len(there.shape)]
        for there, axis in zip(site.arriving[:2], both, strict=True)
    )
    yield (
        *(f"first {name}" if name and name in right else name for name in left),
        *(f"second {name}" if name and name in left else name for name in right),
    )


def _equation(site: Site) -> Iterator[Names]:
    """Letters that come in keep their names; a new one at the end is the features."""
    terms, _, out = str(site.value("equation")).replace(" ", "").partition("->")
    came = _letters(terms.partition(",")[0], len(site.arriving[0].shape))
    names = dict(zip(came[1:], site.first, strict=False))
    went = _letters(out, len(site.leaving[0]))
    last = [name for name in went[-1:] if name not in names]
    yield tuple(names.get(letter, "features" if [letter] == last else "") for letter in went[1:])


def _letters(term: str, rank: int) -> list[str]:
    """The letters of a term, those that its dots stand for included."""
    before, dots, after = term.partition("...")
    count = rank - len(before) - len(after) if dots else 0
    return [*before, *(f"...{place}" for place in range(count)), *after]


def _categorical(site: Site) -> Iterator[Names]:
    first = site.first
    if site.value("output_mode") == "int":
        yield first
    else:
        yield (*(first if len(site.leaving[0]) > len(site.arriving[0].shape) else first[:-1]), "categories")


def _mel(site: Site) -> Iterator[Names]:
    yield ("frequency", "time")


Rule: TypeAlias = Callable[[Site], Iterable[Names]]
RULES: Final[Mapping[str, Rule]] = {
    "given": _given, "same": _same, "weighed": _weighed, "filtered": _filtered, "pooled": _pooled,
    "embedded": _embedded, "recurrent": _recurrent, "wrapped": _wrapped, "stepped": _stepped, "attended": _attended,
    "looked": _looked, "decoded": _decoded, "flattened": _flattened, "reshaped": _reshaped, "permuted": _permuted,
    "repeated": _repeated, "taken": _taken, "merged": _merged, "joined": _joined, "dotted": _dotted,
    "equation": _equation, "categorical": _categorical, "mel": _mel,
}  # fmt: skip
