"""How layers name the axes of what they give: a table of layers, what arrives, and what leaves."""

from __future__ import annotations

from typing import Final, TypeAlias

import pytest

from engine import naming
from engine.axes import Names, Shape
from engine.catalogue import catalogue
from engine.drawing import Drawing
from engine.foresight import Foresight
from engine.naming import Arriving, Site
from engine.values import FrozenMap, Part, Value
from tests.engine.drawings import chain, drawing, layer

#: What arrives at a port: its sample's shape and the names of its axes.
Came: TypeAlias = tuple[str, Shape, Names]
T: Final[Names] = ("time", "features")
HWC: Final[Names] = ("height", "width", "channels")
ROW, SEQUENCE, PICTURE = ("input", (6,), ("features",)), ("input", (7, 4), T), ("input", (8, 9, 3), HWC)
LSTM, DENSE = Part("LSTM", FrozenMap({"units": 4})), Part("Dense", FrozenMap({"units": 4}))
CONV1, CONV2 = (Part(kind, FrozenMap({"filters": 4, "kernel_size": 3})) for kind in ("Conv1D", "Conv2D"))
LAST: dict[str, Value] = {"data_format": "channels_first"}


def _across(*ports: str) -> list[Came]:
    return [(port, (7, 4) if port == "query" else (9, 4), T) for port in ports]


ROWS: Final[list[tuple[str, dict[str, Value], list[Came], list[Shape], list[Names]]]] = [
    ("Dense", {}, [SEQUENCE], [(7, 5)], [T]),
    ("Dense", {}, [("input", (8, 9, 3), HWC)], [(8, 9, 5)], [("height", "width", "features")]),
    ("Conv2D", {}, [PICTURE], [(6, 7, 4)], [HWC]),
    ("Conv2D", {}, [("input", (8, 9, 3), ("", "", ""))], [(6, 7, 4)], [HWC]),
    ("Conv2D", {}, [("input", (8, 9, 3), ("time", "height", ""))], [(6, 7, 4)], [("time", "height", "channels")]),
    ("Conv2D", LAST, [("input", (3, 8, 9), ("", "", ""))], [(4, 6, 7)], [("channels", "height", "width")]),
    ("Conv1D", {}, [SEQUENCE], [(5, 32)], [("time", "channels")]),
    ("MaxPooling1D", {}, [SEQUENCE], [(3, 4)], [T]),
    ("GlobalAveragePooling2D", {}, [PICTURE], [(3,)], [("channels",)]),
    ("GlobalAveragePooling2D", {"keepdims": True}, [PICTURE], [(1, 1, 3)], [HWC]),
    ("GlobalMaxPooling2D", LAST, [("input", (3, 8, 9), ("channels", "height", "width"))], [(3,)], [("channels",)]),
    ("GlobalAveragePooling1D", {}, [SEQUENCE], [(4,)], [("features",)]),
    ("Embedding", {}, [("input", (7,), ("time",))], [(7, 4)], [T]),
    ("Embedding", {}, [("input", (7,), ("",))], [(7, 4)], [T]),
    ("ReversibleEmbedding", {"reverse": True}, [SEQUENCE], [(7, 99)], [("time", "tokens")]),
    ("LSTM", {"return_sequences": True}, [SEQUENCE], [(7, 8)], [T]),
    ("LSTM", {"return_state": True}, [SEQUENCE], [(8,), (8,), (8,)], [("features",)] * 3),
    ("LSTM", {"return_sequences": True}, [("input", (8, 9), HWC[:2])], [(8, 4)], [("height", "features")]),
    ("ConvLSTM2D", {}, [("input", (5, 8, 9, 3), ("",) * 4)], [(6, 7, 4)], [HWC]),
    ("ConvLSTM2D", LAST, [("input", (5, 3, 8, 9), ("",) * 4)], [(4, 6, 7)], [("channels", "height", "width")]),
    ("Bidirectional", {"layer": LSTM}, [SEQUENCE], [(8,)], [("features",)]),
    ("Bidirectional", {"layer": LSTM}, [("input", (7, 4), ("", ""))], [(7, 8)], [T]),
    ("TimeDistributed", {"layer": CONV2}, [("input", (5, 8, 9, 3), ("",) * 4)], [(5, 6, 7, 4)], [("time", *HWC)]),
    ("TimeDistributed", {"layer": CONV1}, [("input", (5, 8, 3), ("",) * 3)], [(5, 6, 4)],
     [("time", "length", "channels")]),
    ("TimeDistributed", {"layer": DENSE}, [PICTURE], [(8, 9, 4)], [("height", "width", "features")]),
    ("MultiHeadAttention", {}, _across("query", "value"), [(7, 4), (2, 7, 9)],
     [T, ("heads", "query time", "key time")]),
    ("MultiHeadAttention", {"attention_axes": 2}, [("query", (5, 6, 3), HWC), ("value", (5, 7, 3), HWC)],
     [(5, 6, 3), (5, 2, 6, 7)], [("height", "width", "features"), ("height", "heads", "query width", "key width")]),
    ("GroupQueryAttention", {}, _across("query", "value"), [(7, 4), (2, 7, 9)],
     [T, ("heads", "query time", "key time")]),
    ("Attention", {}, _across("query", "value"), [(7, 4), (7, 9)], [T, ("query time", "key time")]),
    ("Attention", {}, [("query", (7, 4), T), ("value", (9, 5), ("height·width", "channels"))], [(7, 5), (7, 9)],
     [("time", "channels"), ("query time", "key height·width")]),
    ("BahdanauDecoder", {}, _across("query", "value"), [(7, 8), (7, 9)], [T, ("query time", "key time")]),
    ("Flatten", {}, [PICTURE], [(216,)], [("height·width·channels",)]),
    ("Flatten", LAST, [("input", (3, 8, 9), ("channels", "height", "width"))], [(216,)], [("height·width·channels",)]),
    ("Flatten", {}, [("input", (8, 9), ("", "width"))], [(72,)], [("features",)]),
    ("Flatten", {}, [ROW], [(6,)], [("features",)]),
    ("Reshape", {"target_shape": (72, 3)}, [PICTURE], [(72, 3)], [("height·width", "channels")]),
    ("Permute", {"dims": (2, 1)}, [SEQUENCE], [(4, 7)], [("features", "time")]),
    ("RepeatVector", {"n": 5}, [ROW], [(5, 6)], [("", "features")]),
    ("Add", {}, [SEQUENCE, ("input", (7, 4), ("time", "channels"))], [(7, 4)], [T]),
    ("Add", {}, [SEQUENCE, ("input", (7, 4), HWC[:2])], [(7, 4)], [("", "")]),
    ("Multiply", {}, [PICTURE, ("input", (1, 1, 3), HWC)], [(8, 9, 3)], [HWC]),
    ("Concatenate", {}, [SEQUENCE, SEQUENCE], [(7, 8)], [T]),
    ("Dot", {"axes": 2}, [("first", (7, 4), T), ("second", (9, 4), T)], [(7, 9)], [("first time", "second time")]),
    ("Dot", {"axes": (2, 1)}, [("first", (7, 9), ("time", "key time")), ("second", (9, 4), T)], [(7, 4)], [T]),
    ("Dot", {"axes": 1}, [ROW, ROW], [(1,)], [("",)]),
    ("EinsumDense", {"equation": "abc,cd->abd"}, [SEQUENCE], [(7, 9)], [T]),
    ("EinsumDense", {"equation": "...x,xy->...y"}, [PICTURE], [(8, 9, 5)], [("height", "width", "features")]),
    ("EinsumDense", {"equation": "abc,bd->adc"}, [SEQUENCE], [(9, 4)], [("", "features")]),
    ("ClassToken", {}, [("input", (7, 4), ("", ""))], [(8, 4)], [T]),
    ("TakeToken", {}, [SEQUENCE], [(4,)], [("features",)]),
    ("SinusoidalPositions", {}, [SEQUENCE], [(7, 4)], [T]),
    ("CategoryEncoding", {"output_mode": "one_hot"}, [("input", (7,), ("time",))], [(7, 9)], [("time", "categories")]),
    ("CategoryEncoding", {"output_mode": "multi_hot"}, [("input", (7,), ("time",))], [(9,)], [("categories",)]),
    ("STFTSpectrogram", {}, [SEQUENCE], [(7, 4)], [("", "")]),
]  # fmt: skip


def _whole(shape: Shape) -> Shape:
    return (None, *shape)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_a_layer_names_what_it_gives(
    row: tuple[str, dict[str, Value], list[Came], list[Shape], list[Names]],
) -> None:
    kind, values, came, leaving, found = row
    arriving = tuple(Arriving(port, _whole(shape), names) for port, shape, names in came)
    site = Site(catalogue(), catalogue().layer(kind), values, arriving, tuple(_whole(shape) for shape in leaving))
    assert naming.named(site) == tuple(found)


@pytest.mark.parametrize("kind", catalogue().layers)
def test_every_layer_has_as_many_names_as_axes(kind: str) -> None:
    spec = catalogue().layer(kind)
    values = catalogue().new_node(chain(), kind).values
    for rank in (1, 2, 3, 4, 5):
        shape: Shape = (None, 6, 6, 6, 4)[:rank]
        arriving = tuple(Arriving(port.name, shape, ("",) * (rank - 1)) for port in spec.inputs) * 2
        if not arriving or rank in spec.ranks or not spec.ranks:
            site = Site(catalogue(), spec, values, arriving, (shape, shape))
            if rank > 1 or kind == "InputLayer":
                assert [len(names) for names in naming.named(site)] == [rank - 1, rank - 1]


# -- what nobody says before it is read


AHEAD: Final = {
    "an image is read": (chain(layer("InputLayer"), layer("Rescaling"), layer("Conv2D")), 4, HWC),
    "steps are read": (chain(layer("InputLayer"), layer("Dense"), layer("LSTM")), 3, T),
    "words are read": (chain(layer("InputLayer"), layer("Embedding")), 2, ("time",)),
    "nobody reads": (chain(layer("InputLayer"), layer("Flatten")), 4, ("", "", "")),
    "of another rank": (chain(layer("InputLayer"), layer("Conv2D")), 3, ("", "")),
    "a frame in time": (chain(layer("InputLayer"), layer("TimeDistributed", layer=CONV2)), 5, ("time", *HWC)),
    "channels first": (
        chain(layer("InputLayer"), layer("Conv2D", data_format="channels_first")), 4, ("channels", "height", "width"),
    ),
    "two that agree": (drawing("l0 > a", "l0 > b", l0=layer("InputLayer"), a=layer("LSTM"), b=layer("Conv1D")), 3, T),
    "two that differ": (
        drawing("l0 > a", "l0 > b", l0=layer("InputLayer"), a=layer("Conv2D"),
                b=layer("Conv2D", data_format="channels_first")), 4, ("", "", ""),
    ),
    "a mask": (drawing("l0 > a.query_mask", l0=layer("InputLayer"), a=layer("Attention")), 2, ("time",)),
    "a state": (drawing("l0 > a.state_h", l0=layer("InputLayer"), a=layer("LSTM")), 2, ("",)),
    "a circle": (
        drawing("l0 > a", "a > b", "b > a", l0=layer("InputLayer"), a=layer("Add"), b=layer("ReLU")), 3, ("", ""),
    ),
    "an unknown layer": (chain(layer("InputLayer"), layer("Nothing")), 2, ("",)),
}  # fmt: skip


@pytest.mark.parametrize("name", AHEAD)
def test_what_those_who_read_a_tensor_take_it_for(name: str) -> None:
    graph, rank, found = AHEAD[name]
    assert Foresight(Drawing(graph, catalogue())).wanted("l0", "output", rank) == found


def test_looking_ahead_sees_each_layer_once() -> None:
    """Short cuts double the ways to look at every step."""
    wires = [wire for place in range(200) for wire in (f"n{place} > n{place + 1}", f"n{place} > n{place + 1}")]
    graph = drawing(*dict.fromkeys(wires), **{f"n{place}": layer("Add") for place in range(201)})
    assert Foresight(Drawing(graph, catalogue())).wanted("n0", "output", 3) == ("", "")
