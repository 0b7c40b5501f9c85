"""What a function of keras.ops cannot do although Keras takes it without data: a table by its name. Asks no Keras."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Final, TypeAlias

from engine.kinds import spell
from engine.mends import Drop, Mend, Set
from engine.values import Value
from engine.wiring import title
from engine.worker.promises import agree
from engine.worker.site import Refusal, Site
from engine.worker.symbolic import Shape

Rule: TypeAlias = Callable[[Site], Refusal | None]
WHOLE: Final = ("int32", "int64", "uint8", "bool")


def wrong(site: Site) -> Refusal | None:
    """Say what an operation cannot do; None where nothing, and for a layer that asks about its axes by itself."""
    if not (site.spec.operation or site.node.layer == "UnitNormalization") or not site.arrivals:
        return None
    rule = RULES.get(site.node.layer)
    return _twice(site) or (None if rule is None else rule(site))


def _twice(site: Site) -> Refusal | None:
    """Axes are counted from the front or from the end, and each is meant once."""
    axes, rank = site.value("axis") if site.has("axis") else None, len(_shape(site))
    if not isinstance(axes, tuple) or site.node.layer == "ops.expand_dims":
        return None
    found = [axis % rank for axis in axes if isinstance(axis, int)]
    if len({*found}) == len(found):
        return None
    mend = Set(site.node.id, "axis", found[0] if len({*found}) == 1 else tuple(dict.fromkeys(found)))
    return _refusal(site, "works along each axis once", "axis", "Choose others", mend)


def _refusal(site: Site, expected: str, parameter: str, hint: str, mend: Mend | None = None) -> Refusal:
    received = f"{parameter.replace('_', ' ')} {spell(site.value(parameter))} for {site.received}"
    mends = () if mend is None else (mend,)
    return Refusal(f"{title(site.node)} {expected}", received, hint, parameter, mends=mends)


def _shape(site: Site) -> Shape:
    return site.arrivals[0].shape


def _length(site: Site, axis: Value) -> int | None:
    """The length along an axis; None where it is free, or the axis is not there."""
    shape = _shape(site)
    return shape[axis] if isinstance(axis, int) and -len(shape) <= axis < len(shape) else None


def _parts(site: Site) -> Refusal | None:
    length, count = _length(site, site.value("axis")), site.value("num")
    if length is None or length == count:
        return None
    words = f"cuts its input into as many places as there are along its axis, {length:,}"
    return _refusal(site, words, "num", f"Set num to {length:,}", Set(site.node.id, "num", length))


def _best(site: Site) -> Refusal | None:
    count, last = site.value("k"), _length(site, -1)
    if last is None or len(_shape(site)) < 2 or not isinstance(count, int) or count <= last:
        return None
    words = f"takes the best of the {last:,} along the last axis"
    return _refusal(site, words, "k", f"Set k to {last:,} or less", Set(site.node.id, "k", last))


def _norm(site: Site) -> Refusal | None:
    axis = site.value("axis")
    count = len(_shape(site)) if axis is None else len(axis) if isinstance(axis, tuple) else 1
    if count <= 2:
        return None
    words = "measures vectors or matrices, along one axis or two"
    return _refusal(site, words, "axis", "Set axis to -1, the last", Set(site.node.id, "axis", -1))


def _shares(site: Site) -> Refusal | None:
    """Keras takes several axes for a function that is called, and fails on them in a model."""
    axis = site.value("axis")
    if not isinstance(axis, tuple):
        return None
    mend = Set(site.node.id, "axis", axis[-1])
    return _refusal(site, "gives shares along one axis", "axis", "Set one, or use a Softmax layer", mend)


def _triangle(site: Site) -> Refusal | None:
    """TensorFlow keeps a band of a matrix, which is no wider than that."""
    k, lower = site.value("k"), site.node.layer == "ops.tril"
    edge = _length(site, -1 if lower else -2)
    if not isinstance(k, int) or len(_shape(site)) < 2 or edge is None or (k if lower else -k) <= edge:
        return None
    words = f"begins at a diagonal of its matrix, at most {edge:,} from the middle"
    return _refusal(site, words, "k", "Set k to 0", Set(site.node.id, "k", 0))


def _diagonal(site: Site) -> Refusal | None:
    offset = site.value("offset")
    length = _length(site, site.value("axis2" if isinstance(offset, int) and offset > 0 else "axis1"))
    if not isinstance(offset, int) or length is None or abs(offset) < max(length, 1):
        return None
    words = "takes a diagonal of the matrix that its axes make"
    return _refusal(site, words, "offset", "Set offset to 0", Set(site.node.id, "offset", 0))


def _new_shape(site: Site) -> Refusal | None:
    return _unknown(site) or _count(site)


def _count(site: Site) -> Refusal | None:
    """Where lengths are free and none follows, those that are known must divide what is asked for."""
    shape, known = site.value("newshape"), prod(length for length in _shape(site) if length is not None)
    if not isinstance(shape, tuple) or -1 in shape or prod(n for n in shape if isinstance(n, int)) % known == 0:
        return None
    return _refusal(site, f"arranges a multiple of {known:,} numbers", "newshape", "Set one length to -1")


def _unknown(site: Site) -> Refusal | None:
    shape = site.value("newshape")
    if not isinstance(shape, tuple) or None not in shape:
        return None
    several = sum(length in (-1, None) for length in shape) > 1
    mend = None if several else Set(site.node.id, "newshape", tuple(-1 if n is None else n for n in shape))
    words = "takes whole numbers as its new shape, and -1 for the one that follows from the others"
    return _refusal(site, words, "newshape", "Set each length", mend)


def _borders(site: Site) -> Refusal | None:
    return _pairs(site) or _filled(site)


def _filled(site: Site) -> Refusal | None:
    if site.values.get("constant_values") is None or site.value("mode") == "constant":
        return None
    words = "fills its border with a constant in mode constant alone"
    return _refusal(site, words, "constant_values", "Clear it", Drop(site.node.id, "constant_values"))


def _pairs(site: Site) -> Refusal | None:
    width, rank = site.value("pad_width"), len(_shape(site))
    pairs = width if isinstance(width, tuple) and width and isinstance(width[0], tuple) else (width,)
    if len(pairs) == rank:
        return None
    kept = ((0, 0), *(pairs[-1],) * (rank - 1))
    words = f"takes a pair for each of the {rank} axes of its input, the batch first"
    return _refusal(site, words, "pad_width", "Set a pair for each", Set(site.node.id, "pad_width", kept))


def _by_zero(site: Site) -> Refusal | None:
    whole = all(arrival.signal.dtype in WHOLE for arrival in site.arrivals)
    if site.values.get("y") != 0 or not whole or any(arrival.port == "y" for arrival in site.arrivals):
        return None
    mend = Set(site.node.id, "y", 1.0)
    return _refusal(site, "divides whole numbers, and none by 0", "y", "Set y to another number", mend)


def _edges(site: Site) -> Refusal | None:
    """The border is mirrored, which takes a place beside it."""
    if len(_shape(site)) != 4 or 1 not in (_length(site, 1), _length(site, 2)):
        return None
    expected = f"{title(site.node)} looks for edges in images of at least 2×2"
    return Refusal(expected, site.received, "Give it larger images")


def _summed(site: Site) -> Refusal | None:
    """An axis has one length wherever its letter stands; Keras lets 1 meet any, TensorFlow does not."""
    terms = str(site.value("subscripts")).replace(" ", "").partition("->")[0].split(",")
    found: dict[str, int] = {}
    for term, arrival in zip(terms, site.arrivals, strict=False):
        for letter, length in _letters(term, arrival.shape):
            if length is not None and found.setdefault(letter, length) != length:
                received = f"{found[letter]:,} and {length:,} along {letter}, {site.received}"
                expected = f"{title(site.node)} gives an axis one length wherever its letter stands"
                return Refusal(expected, received, "Give both the same length, or another letter", "subscripts")
    return None


def _stacked(site: Site) -> Refusal | None:
    """Keras compares each with the first, where lengths may be free."""
    columns = zip(*(arrival.shape for arrival in site.arrivals), strict=False)
    if all(len({length for length in lengths if length is not None}) < 2 for lengths in columns):
        return None
    return Refusal(
        f"{title(site.node)} puts inputs of one shape side by side", site.received, "Give them the same lengths"
    )


def _patches(site: Site) -> Refusal | None:
    strides, gaps = site.value("strides") or site.value("size"), site.value("dilation_rate")
    if not all(_large(found) for found in (strides, gaps)):
        return None
    words = "takes steps of more than 1, or gaps between its places, not both"
    return _refusal(site, words, "dilation_rate", "Set it to 1", Drop(site.node.id, "dilation_rate"))


def _large(sizes: Value) -> bool:
    return any(size not in (None, 1) for size in (sizes if isinstance(sizes, tuple) else (sizes,)))


def _letters(term: str, shape: Shape) -> list[tuple[str, int | None]]:
    """The axes that a term names, from both ends where dots stand for those between."""
    before, _, after = term.partition("...")
    return [*zip(before, shape, strict=False), *zip(reversed(after), reversed(shape), strict=False)]


def _attention(site: Site) -> Refusal | None:
    """Queries and keys have as many heads and features, keys and values as many steps."""
    shapes = {arrival.port: arrival.shape for arrival in site.arrivals}
    query, key, value = (shapes.get(port, ()) for port in ("query", "key", "value"))
    if any(len(shape) != 4 for shape in (query, key, value)):
        return None
    if agree(key[1:2], value[1:2]) and agree(query[2:], key[2:]) and agree(query[2:], value[2:]):
        return None
    return Refusal(
        f"{title(site.node)} takes a query, a key and a value of as many heads and features, and a value for each key",
        site.received, "Give all three the same shape; the query may have other steps",
    )  # fmt: skip


#: By operation.
RULES: Final[Mapping[str, Rule]] = {
    "ops.unstack": _parts, "ops.top_k": _best, "ops.norm": _norm, "ops.softmax": _shares, "ops.log_softmax": _shares,
    "ops.tril": _triangle, "ops.triu": _triangle, "ops.diagonal": _diagonal, "ops.reshape": _new_shape,
    "ops.pad": _borders, "ops.floor_divide": _by_zero, "ops.mod": _by_zero, "ops.dot_product_attention": _attention,
    "ops.image.sobel_edges": _edges, "ops.einsum": _summed, "ops.stack": _stacked,
    "ops.image.extract_patches": _patches,
}  # fmt: skip
