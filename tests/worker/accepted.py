"""Drawings that Keras takes: one for each thing that a drawing can say, and every layer on every rank."""

from __future__ import annotations

from collections.abc import Iterator

from engine.catalogue import catalogue
from engine.graph import Edge, End, Graph
from engine.values import FrozenMap, Part, Value
from tests.engine.drawings import Kind, chain, drawing, layer

#: Lengths of every axis but the last, which GroupNormalization wants divisible by 32.
LENGTH, FEATURES = 6, 32
#: Lengths and features of the layers that want others: codes of digits, colours, sound.
WANTED = {
    "CodeDistance": (6, 84), "PCAColorAugmentation": (6, 3), "RandomColorDegeneration": (6, 3),
    "RandomHue": (6, 3), "RandomSaturation": (6, 3), "RandomGrayscale": (6, 3), "RandAugment": (6, 3), "AugMix": (6, 3),
    "STFTSpectrogram": (300, 1), "MelSpectrogram": (6, 8000), "HashedCrossing": (6, 1),
}  # fmt: skip
#: The layers that take whole numbers and nothing else.
WHOLE = ("HashedCrossing",)


def lstm(**values: Value) -> Kind:
    return "LSTM", None, FrozenMap({"units": 4, **values})


def attention(**values: Value) -> Kind:
    return "MultiHeadAttention", None, FrozenMap({"num_heads": 2, "key_dim": 3, **values})


DENSE = layer("Dense", units=4)
VECTOR, SEQUENCE = layer("InputLayer", shape=(8,)), layer("InputLayer", shape=(8, 2))
IMAGE = layer("InputLayer", shape=(8, 8, 3))
WORDS = layer("InputLayer", shape=(7,), dtype="int32")
CONV = layer("Conv2D", filters=4, kernel_size=(3, 3))
GRU = Part("GRU", FrozenMap({"units": 3, "return_state": True}))


def single(kind: str, rank: int) -> Graph:
    """A new node of a layer, its required ports wired to inputs of one rank."""
    length, features = WANTED.get(kind, (LENGTH, FEATURES))
    shape = (*(length,) * (rank - 2), features)[: rank - 1]
    node = catalogue().new_node(Graph(), kind)
    many = any(port.many and not port.optional for port in catalogue().inputs(node))
    whole: dict[str, Value] = {"dtype": "int32"} if kind in WHOLE else {}
    end: Kind = "InputLayer", None, FrozenMap({"shape": shape, **whole})
    ends = dict.fromkeys(("x", "y") if many else ("x",), end)
    graph = drawing(**ends).with_node(node)
    for port in catalogue().inputs(node):
        for source in ("x", "y") if port.many else ("x",):
            if not port.optional:
                graph = graph.with_edge(Edge(End(source, "output"), End(node.id, port.name)))
    return graph


def every_layer() -> Iterator[tuple[str, Graph]]:
    """Every layer of the catalogue on every rank that it takes, the batch alone left out; operations stand apart."""
    for kind, spec in catalogue().layers.items():
        ranks = (
            [rank for rank in spec.ranks if 2 <= rank <= 5]
            or list(spec.ranks)
            or [2 if kind in ("EinsumDense", "CategoryEncoding") else 3]
        )
        for rank in ranks:
            if spec.inputs and not spec.operation:
                yield f"{kind} {rank}", single(kind, rank)


GOOD: dict[str, Graph] = {
    "a chain": chain(IMAGE, CONV, layer("BatchNormalization"), layer("ReLU"), layer("Flatten"), DENSE),
    "two ways in and out": drawing(
        "x > a", "y > b", "a > j", "b > j", "j > p", "j > q",
        x=VECTOR, y=VECTOR, a=DENSE, b=DENSE, j=layer("Concatenate"), p=DENSE, q=layer("Dense", units=2),
    ),
    "a layer called twice": drawing(
        "x > a", "y > b", "a > j.first", "b > j.second", x=VECTOR, y=VECTOR, a=DENSE, b=layer("Dense", shares="a"),
        j=layer("Subtract"),
    ),
    "a layer called again before its owner": drawing(
        "x > b", "b > a", x=layer("InputLayer", shape=(4,)), a=DENSE, b=layer("Dense", shares="a"),
    ),
    "an encoder's states": drawing(
        "x > e", "y > d", "e.state_h > d.state_h", "e.state_c > d.state_c", "d > o",
        x=SEQUENCE, y=SEQUENCE, e=lstm(return_state=True), d=lstm(return_sequences=True), o=DENSE,
    ),
    "a decoder that looks back and begins with a state": drawing(
        "x > d.query", "e > d.value", "e.state_h > d.state", "y > e", "d > o", x=SEQUENCE, y=SEQUENCE,
        e=layer("GRU", units=4, return_sequences=True, return_state=True), d=layer("BahdanauDecoder", units=4), o=DENSE,
    ),
    "a decoder that is told what not to look at": drawing(
        "x > d.query", "v > d.value", "m > d.value_mask", "d > o", x=SEQUENCE, v=layer("InputLayer", shape=(9, 3)),
        m=layer("InputLayer", shape=(9,), dtype="bool"), d=layer("BahdanauDecoder", units=4), o=DENSE,
    ),
    "states of both directions": drawing(
        "x > a", "a.forward_state_h > j", "a.backward_state_h > j",
        x=SEQUENCE, a=layer("Bidirectional", layer=GRU), j=layer("Concatenate"),
    ),
    "a state that is kept": chain(
        layer("InputLayer", shape=(8, 2), batch_size=5), lstm(stateful=True, return_sequences=True), lstm(stateful=True)
    ),
    "attention across": drawing(
        "q > a.query", "v > a.value", "a.scores > d", q=SEQUENCE, v=layer("InputLayer", shape=(9, 3)),
        a=attention(return_attention_scores=True, use_causal_mask=True), d=DENSE,
    ),
    "attention along one of two axes": drawing(
        "q > a.query", "v > a.value", q=layer("InputLayer", shape=(5, 6, 3)), v=layer("InputLayer", shape=(5, 7, 3)),
        a=attention(attention_axes=2, return_attention_scores=True),
    ),
    "attention with a mask": drawing(
        "q > a.query", "q > a.value", "m > a.value_mask", q=SEQUENCE, m=layer("InputLayer", shape=(8,), dtype="bool"),
        a=layer("Attention", return_attention_scores=True),
    ),
    "masks on their way": drawing(
        "x > e", "e > a", "a > b", "b > d", x=WORDS, e=layer("Embedding", input_dim=9, output_dim=4, mask_zero=True),
        a=lstm(return_sequences=True), b=layer("Bidirectional", layer=Part("LSTM", FrozenMap({"units": 3}))), d=DENSE,
    ),
    "frozen": chain(
        VECTOR, layer("Dense", units=4, trainable=False), layer("BatchNormalization", trainable=False), DENSE
    ),
    "frozen attention": drawing("x > a.query", "x > a.value", x=SEQUENCE, a=attention(trainable=False)),
    "frozen within": chain(
        layer("InputLayer", shape=(5, 8, 2)),
        layer("TimeDistributed", layer=Part("Conv1D", FrozenMap(
            {"filters": 2, "kernel_size": 3, "trainable": False}))), layer("Flatten"), DENSE,
    ),
    "frozen wrappers": chain(
        SEQUENCE, layer("Bidirectional", trainable=False, layer=Part("LSTM", FrozenMap({"units": 3})))
    ),
    "dtypes": chain(IMAGE, layer("Conv2D", filters=2, kernel_size=(3, 3), dtype="mixed_bfloat16"),
                    layer("Flatten"), layer("Dense", units=2, dtype="float64")),
    "free lengths": chain(layer("InputLayer", shape=(None, None, 3)), CONV, layer("GlobalAveragePooling2D"), DENSE),
    "time by time": chain(layer("InputLayer", shape=(4, 8, 8, 3)), layer(
        "TimeDistributed", layer=Part("Conv2D", FrozenMap({"filters": 2, "kernel_size": (3, 3)})))),
    "whole numbers through recurrence": chain(layer("InputLayer", shape=(8, 2), dtype="int32"), lstm()),
    "whole numbers cut off below 0": chain(layer("InputLayer", shape=(8,), dtype="int32"), layer("ReLU")),
    "whole numbers, none left out": chain(layer("InputLayer", shape=(8,), dtype="uint8"), layer("Dropout", rate=0.0)),
    "axes that an equation leaves to its dots": chain(
        IMAGE, layer("EinsumDense", equation="...x,xy->...y", output_shape=(4,)),
        layer("Conv2D", filters=2, kernel_size=(3, 1)),
    ),
    "a slope that all lengths share": drawing(
        "x > a", "y > b", x=SEQUENCE, y=layer("InputLayer", shape=(5, 2)), a=layer("PReLU", shared_axes=1),
        b=layer("PReLU", shares="a"),
    ),
    "64 bits that meet": drawing(
        "x > a", "x > b", "a > j", "b > j", x=layer("InputLayer", shape=(8,), dtype="int64"), a=layer("Identity"),
        b=layer("Identity"), j=layer("Add"),
    ),
    "channels first": chain(IMAGE, layer("MaxPooling2D", data_format="channels_first", pool_size=(2, 1))),
    **dict(every_layer()),
}  # fmt: skip
