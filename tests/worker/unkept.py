"""Drawings of which Keras promises without data what it does not keep when they run, each with its exact sentence."""

from __future__ import annotations

from engine.graph import Graph
from engine.values import FrozenMap, Part, Value
from tests.engine.drawings import Kind, chain, drawing, layer
from tests.worker.accepted import IMAGE, SEQUENCE

YES = layer("InputLayer", shape=(8, 8, 3), dtype="bool")
STEPS, WIDER = layer("InputLayer", shape=(5, 9)), layer("InputLayer", shape=(8, 3))
SHORTER = layer("InputLayer", shape=(5, 2))
APART = "Give both the same shape, or let each have a layer of its own."


def each(kind: str, **values: Value) -> Part:
    return Part(kind, FrozenMap(values))


def again(first: Kind, other: Kind, owner: Kind) -> Graph:
    """Call a layer on one input, and once more on another."""
    return drawing("x > a", "y > b", x=first, y=other, a=owner, b=layer(owner[0], shares="a"))


#: The drawing, the sentence, the nodes that it is about, its parameter.
UNKEPT: dict[str, tuple[Graph, str, tuple[str, ...], str]] = {
    "a length that follows and does not fit": (
        chain(layer("InputLayer", shape=(9, 1, 1)), layer("Reshape", target_shape=(6, 1, None))),
        "l1 (Reshape) arranges the numbers of its input by 6, as 6×1×any, and their number must be a multiple of "
        "that. Received: 9 numbers (9×1×1) from l0. Set lengths that divide it.",
        ("l1", "l0"), "target_shape",
    ),
    "two lengths that follow from fixed ones": (
        chain(IMAGE, layer("Reshape", target_shape=(None, None))),
        "l1 (Reshape) lets one length follow from the others, and no more. Received: any×any. Set the others.",
        ("l1", "l0"), "target_shape",
    ),
    "steps that do not fit": (
        chain(STEPS, layer("TimeDistributed", layer=each("Reshape", target_shape=(2, None)))),
        "l1 (TimeDistributed) arranges the numbers of its input by 2, as 2×any, and their number must be a multiple "
        "of that. Received: 9 numbers (9) from l0. Set lengths that divide it.",
        ("l1", "l0"), "layer",
    ),
    "boundaries in disorder within": (
        chain(STEPS, layer("TimeDistributed", layer=each("Discretization", bin_boundaries=(2.0, 0.0)))),
        "l1 (TimeDistributed) takes its boundaries from the lowest to the highest. Received: 2, 0. Put them in order.",
        ("l1", "l0"), "layer",
    ),
    "two types of fractions": (
        chain(layer("InputLayer", shape=(5, 8, 2)),
              layer("TimeDistributed", dtype="bfloat16", layer=each("Conv1D", filters=2, kernel_size=3))),
        "l1 (TimeDistributed) computes in the type of the layer within. Received: bfloat16, and float32 within. Set "
        "both to one dtype.",
        ("l1", "l0"), "dtype",
    ),
    "yes and no held back": (
        chain(YES, layer("ActivityRegularization", l1=0.5)),
        "l1 (ActivityRegularization) computes with numbers. Received: yes or no (bool), 8×8×3 from l0. Set dtype of l0 "
        "to float32.",
        ("l1", "l0"), "",
    ),
    "yes and no in between": (
        chain(YES, layer("UpSampling2D", interpolation="lanczos3")),
        "l1 (UpSampling2D) computes with numbers. Received: yes or no (bool), 8×8×3 from l0. Set dtype of l0 to "
        "float32.",
        ("l1", "l0"), "",
    ),
    "whole numbers, some left out": (
        chain(layer("InputLayer", shape=(8, 2), dtype="int32"), layer("LSTM", units=3, dropout=0.5)),
        "l1 (LSTM) computes with numbers that have fractions. Received: int32 numbers, 8×2 from l0. Set dtype of l0 to "
        "float32.",
        ("l1", "l0"), "",
    ),
    "a border that only fractions have": (
        chain(layer("InputLayer", shape=(8, 8, 3), dtype="uint8"),
              layer("Resizing", height=4, width=8, pad_to_aspect_ratio=True)),
        "l1 (Resizing) computes with numbers that have fractions. Received: uint8 numbers, 8×8×3 from l0. Set dtype of "
        "l0 to float32.",
        ("l1", "l0"), "",
    ),
    "one number held along an axis": (
        chain(layer("InputLayer", shape=()), layer("PReLU", alpha_constraint=Part("MaxNorm"))),
        "l1 (PReLU) cannot have MaxNorm for its alpha, which has 0 axes. Choose another alpha constraint. Keras says: "
        "it works along axis 0.",
        ("l1", "l0"), "alpha_constraint",
    ),
    "a slope for other lengths": (
        again(SEQUENCE, SHORTER, layer("PReLU")),
        f"b (PReLU) calls the layer of a, whose weights were made for 8 along axis 1. Received: 5×2 from y. {APART}",
        ("b", "y", "a"), "",
    ),
    "both ways over other features": (
        again(SEQUENCE, WIDER, layer("Bidirectional", layer=each("LSTM", units=3))),
        f"b (Bidirectional) calls the layer of a, whose weights were made for 2 along axis -1. Received: 8×3 from y. "
        f"{APART}",
        ("b", "y", "a"), "",
    ),
    "an equation over other features": (
        again(SEQUENCE, WIDER, layer("EinsumDense", equation="...x,xy->...y", output_shape=(4,))),
        f"b (EinsumDense) calls the layer of a, whose weights were made for 2 along axis -1. Received: 8×3 from y. "
        f"{APART}",
        ("b", "y", "a"), "",
    ),
    "a mask whose batch would be laid along another axis": (
        drawing("x > a", "m > a.mask", x=IMAGE, m=layer("InputLayer", shape=(None,), dtype="bool"),
                a=layer("Softmax")),
        "a (Softmax) takes a mask of as many axes and lengths as its input has. Received: input 8×8×3 from x and mask "
        "any from m. Wire a mask of that shape, or take the wire away.",
        ("a", "x", "m"), "",
    ),
    "weights of fewer axes": (
        drawing("x > a", "w > a.count_weights", x=layer("InputLayer", shape=(7,), dtype="int32"),
                w=layer("InputLayer", shape=()), a=layer("CategoryEncoding", num_tokens=4, output_mode="count")),
        "a (CategoryEncoding) takes a weight for each number that it counts. Received: input 7 from x and "
        "count_weights scalar from w. Wire weights of the input's shape, or take the wire away.",
        ("a", "x", "w"), "",
    ),
    "words of a sequence of sequences": (
        chain(layer("InputLayer", shape=(4, 3), dtype="int32"), layer("IntegerLookup", vocabulary=(2, 4),
                                                                      output_mode="multi_hot")),
        "l1 (IntegerLookup) expects a row of features (rank 2). Received: 4×3 from l0. Insert Flatten or a global "
        "pooling layer before it.",
        ("l1", "l0"), "",
    ),
    "noise whose batch would be laid along another axis": (
        chain(SEQUENCE, layer("Dropout", rate=0.5, noise_shape=(None,))),
        "l1 (Dropout) draws its noise once along each axis of length 1, the batch first; the others are as long as the "
        "input's, or free. Received: noise shape any for 8×2 from l0. Clear noise shape.",
        ("l1", "l0"), "noise_shape",
    ),
    "a mask of what is looked at, of one axis": (
        drawing("x > a.query", "x > a.value", "m > a.attention_mask", x=SEQUENCE,
                m=layer("InputLayer", shape=(8,), dtype="bool"), a=layer("MultiHeadAttention", num_heads=1, key_dim=2)),
        "a (MultiHeadAttention) takes an attention mask of query steps × key steps for each sample (rank 3). Received: "
        "query 8×2 from x, value 8×2 from x and attention_mask 8 from m. Wire it to a mask of the query, the key or "
        "the value, or take it away.",
        ("a", "x", "m"), "",
    ),
    "steps of other features": (
        again(SEQUENCE, WIDER, layer("TimeDistributed", layer=each("Dense", units=3))),
        f"b (TimeDistributed) calls the layer of a, whose weights were made for 2 along axis -1. Received: 8×3 from y. "
        f"{APART}",
        ("b", "y", "a"), "",
    ),
    "a join that is called again": (
        drawing("x > a", "z > a", "x > b", "y > b", x=SEQUENCE, z=SEQUENCE, y=SHORTER, a=layer("Concatenate"),
                b=layer("Concatenate", shares="a")),
        "b (Concatenate) joins inputs along axis -1: all other lengths must agree. Received: 8×2 from x and 5×2 from "
        "y. Pad, crop or pool one of them.",
        ("b", "x", "y", "a"), "",
    ),
}  # fmt: skip
