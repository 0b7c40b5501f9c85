"""Planted mistakes of values: out of range, missing, unknown, not together. Knows no checker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.engine.drawings import chain, drawing, layer
from tests.worker.accepted import DENSE, IMAGE, SEQUENCE, VECTOR, attention, lstm
from tests.worker.planted.mistake import Mistake

FLAT = layer("Flatten")

MISTAKES: Final[Mapping[str, Mistake]] = {
    "no units": Mistake(
        chain(VECTOR, layer("Dense"), DENSE),
        ("l1 (Dense) needs units",), ("l1",), "Set units of l1 to 64",
    ),
    "nought units": Mistake(
        chain(VECTOR, layer("Dense", units=0), DENSE),
        ("l1 (Dense): units expects",), ("l1",), "Set units of l1 to 1",
    ),
    "a rate above one": Mistake(
        chain(VECTOR, layer("Dropout", rate=1.5), DENSE),
        ("l1 (Dropout): rate expects",), ("l1",), "Set rate of l1 to 0.5",
    ),
    "an activation that is none": Mistake(
        chain(VECTOR, layer("Dense", units=4, activation="rleu"), DENSE),
        ("l1 (Dense): activation expects",), ("l1",), "Set activation of l1 to relu",
    ),
    "a parameter that is none": Mistake(
        chain(VECTOR, layer("Dense", units=4, unit=5), DENSE),
        ("l1 (Dense) has no parameter named 'unit'",), ("l1",), "Reset unit of l1",
    ),
    "a layer that is none": Mistake(
        chain(IMAGE, layer("Conv2d", filters=4, kernel_size=(3, 3)), FLAT, DENSE),
        ("l1 (Conv2d) is no layer that this version knows",), ("l1",), "Make l1 a Conv2D",
    ),
    "strides and gaps": Mistake(
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(3, 3), strides=(2, 2), dilation_rate=(2, 2)), FLAT, DENSE),
        ("l1 (Conv2D) takes strides or gaps", "strides 2×2 and dilation rate 2×2"), ("l1",),
        "Reset dilation rate of l1",
    ),
    "kept states without a batch size": Mistake(
        chain(SEQUENCE, lstm(stateful=True), DENSE),
        ("l1 (LSTM) keeps its state", "batches of any size from l0"), ("l1", "l0"), "Turn stateful off in l1",
    ),
    "a causal mask on images": Mistake(
        drawing("x > a.query", "x > a.value", "a > f", "f > d", x=IMAGE, a=attention(use_causal_mask=True), f=FLAT,
                d=DENSE),
        ("a (MultiHeadAttention) hides what comes later", "8×8×3 from x"), ("a", "x"), "Turn use causal mask off in a",
    ),
    "two of one name": Mistake(
        chain(VECTOR, DENSE, DENSE).with_node(chain(VECTOR, DENSE).renamed("l1", "l2").node("l1")),
        ("2 layers are named l2",), ("l2", "l2"), "Rename it to l2_1",
    ),
    "an embedding of fractions": Mistake(
        drawing("x > e", "e > f", "f > d", x=layer("InputLayer", shape=(7,)),
                e=layer("Embedding", input_dim=50, output_dim=8), f=FLAT, d=DENSE),
        ("e (Embedding) looks up whole numbers", "float32 from x"), ("e", "x"), "Set dtype of x to int32",
        severity="warning",
    ),
    "an embedding of what a layer computes": Mistake(
        drawing("x > a", "a > e", "e > f", "f > d", x=VECTOR, a=DENSE,
                e=layer("Embedding", input_dim=50, output_dim=8), f=FLAT, d=DENSE),
        ("e (Embedding) looks up whole numbers", "float32 from a"), ("e", "a"), "Take e out",
        severity="warning",
    ),
    "attention heads of features that are none": Mistake(
        drawing("x > a.query", "x > a.value", "a > d", x=SEQUENCE, a=attention(value_dim=0), d=DENSE),
        ("a (MultiHeadAttention): value_dim expects",), ("a",), "Set value dim of a to 1",
    ),
    "query heads that do not share keys": Mistake(
        drawing("x > a.query", "x > a.value", "a > d", x=SEQUENCE,
                a=layer("GroupQueryAttention", head_dim=4, num_query_heads=5, num_key_value_heads=2), d=DENSE),
        ("a (GroupQueryAttention)", "5 query heads and 2 key heads"), ("a",), "Set num key value heads of a to 1",
    ),
}  # fmt: skip
