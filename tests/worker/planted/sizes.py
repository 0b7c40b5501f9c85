"""Planted mistakes of sizes: too small, unequal, indivisible, too large. Knows no checker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.engine.drawings import chain, drawing, layer
from tests.worker.accepted import CONV, DENSE, IMAGE, SEQUENCE, VECTOR, attention, lstm
from tests.worker.planted.mistake import Mistake

SAME = layer("Conv2D", filters=4, kernel_size=(3, 3), padding="same")
POOL, FLAT = layer("MaxPooling2D"), layer("Flatten")

MISTAKES: Final[Mapping[str, Mistake]] = {
    "a kernel larger than the image": Mistake(
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(11, 11)), FLAT, DENSE),
        ("l1 (Conv2D) looks at 11×11 at a time", "8×8×3 from l0"), ("l1", "l0"), "Set padding of l1 to same",
    ),
    "a kernel larger than the feature maps": Mistake(
        chain(IMAGE, POOL, POOL, CONV, FLAT, DENSE),
        ("l3 (Conv2D) looks at 3×3 at a time", "2×2×3 from l2"), ("l3", "l2"), "Set padding of l3 to same",
    ),
    "a kernel longer than the sequence": Mistake(
        chain(SEQUENCE, layer("Conv1D", filters=4, kernel_size=9), FLAT, DENSE),
        ("l1 (Conv1D) looks at 9 at a time", "8×2 from l0"), ("l1", "l0"), "Set padding of l1 to same",
    ),
    "one pool too many": Mistake(
        chain(IMAGE, POOL, POOL, POOL, POOL, FLAT, DENSE),
        ("l4 (MaxPooling2D) looks at 2×2 at a time", "1×1×3 from l3"), ("l4", "l3"), "Take l4 out",
    ),
    "a pool larger than the image": Mistake(
        chain(IMAGE, layer("AveragePooling2D", pool_size=(9, 9)), FLAT, DENSE),
        ("l1 (AveragePooling2D) looks at 9×9 at a time", "8×8×3 from l0"), ("l1", "l0"), "Set padding of l1 to same",
    ),
    "wide gaps in a kernel": Mistake(
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(3, 3), dilation_rate=(4, 4)), FLAT, DENSE),
        ("l1 (Conv2D) looks at 3×3 at a time", "8×8×3 from l0"), ("l1", "l0"), "Set padding of l1 to same",
    ),
    "all of it cropped away": Mistake(
        chain(IMAGE, layer("Cropping2D", cropping=((4, 4), (4, 4))), FLAT, DENSE),
        ("l1 (Cropping2D)", "8×8×3 from l0"), ("l1", "l0"), "Reset cropping of l1",
    ),
    "a sum of other channels": Mistake(
        drawing("x > a", "a > b", "a > j", "b > j", "j > f", "f > d", x=IMAGE, a=SAME,
                b=layer("Conv2D", filters=8, kernel_size=(3, 3), padding="same"), j=layer("Add"), f=FLAT, d=DENSE),
        ("j (Add) joins inputs of one shape", "8×8×4 from a and 8×8×8 from b"), ("j", "a", "b"),
        "Insert Conv2D with 8 filters after a",
    ),
    "a short cut past a stride": Mistake(
        drawing("x > a", "a > b", "a > j", "b > j", "j > f", "f > d", x=IMAGE, a=SAME,
                b=layer("Conv2D", filters=8, kernel_size=(3, 3), padding="same", strides=(2, 2)), j=layer("Add"),
                f=FLAT, d=DENSE),
        ("j (Add) joins inputs of one shape", "8×8×4 from a and 4×4×8 from b"), ("j", "a", "b"),
        "Insert Conv2D with 8 filters strides 2×2 after a",
    ),
    "a short cut past valid padding": Mistake(
        drawing("x > a", "a > b", "a > j", "b > j", "j > f", "f > d", x=IMAGE, a=SAME, b=CONV, j=layer("Add"),
                f=FLAT, d=DENSE),
        ("j (Add) joins inputs of one shape", "8×8×4 from a and 6×6×4 from b"), ("j", "a", "b"),
        "Set padding of b to same",
    ),
    "a short cut past a pool": Mistake(
        drawing("x > a", "a > p", "a > j", "p > j", "j > f", "f > d", x=IMAGE, a=SAME, p=POOL, j=layer("Add"), f=FLAT,
                d=DENSE),
        ("j (Add) joins inputs of one shape", "8×8×4 from a and 4×4×4 from p"), ("j", "a", "p"),
        "Insert MaxPooling2D of 2×2 after a",
    ),
    "a sum of rows of other lengths": Mistake(
        drawing("x > a", "x > b", "a > j", "b > j", x=VECTOR, a=layer("Dense", units=16), b=DENSE, j=layer("Add")),
        ("j (Add) joins inputs of one shape", "16 from a and 4 from b"), ("j", "a", "b"), "Set units of b to 16",
    ),
    "a sum of a row and an image": Mistake(
        drawing("x > j", "y > j", "j > d", x=IMAGE, y=layer("InputLayer", shape=(192,)), j=layer("Add"), d=DENSE),
        ("j (Add) joins inputs of one shape", "8×8×3 from x and 192 from y"), ("j", "x", "y"),
        "Insert Flatten after x",
    ),
    "branches of other heights joined": Mistake(
        drawing("x > a", "x > b", "a > j", "b > j", "j > f", "f > d", x=IMAGE, a=CONV, b=SAME, j=layer("Concatenate"),
                f=FLAT, d=DENSE),
        ("j (Concatenate) joins inputs along axis -1", "6×6×4 from a and 8×8×4 from b"), ("j", "a", "b"),
        "Set padding of a to same",
    ),
    "a row and an image joined": Mistake(
        drawing("x > j", "y > j", "j > d", x=IMAGE, y=VECTOR, j=layer("Concatenate"), d=DENSE),
        ("j (Concatenate) joins inputs along axis -1", "8×8×3 from x and 8 from y"), ("j", "x", "y"),
        "Insert Flatten after x",
    ),
    "joined along the wrong axis": Mistake(
        drawing("x > a", "x > b", "a > j", "b > j", "j > f", "f > d", x=IMAGE, a=SAME,
                b=layer("Conv2D", filters=8, kernel_size=(1, 1)), j=layer("Concatenate", axis=1), f=FLAT, d=DENSE),
        ("j (Concatenate) joins inputs along axis 1", "8×8×4 from a and 8×8×8 from b"), ("j", "a", "b"),
        "Set axis of j to -1",
    ),
    "a decoder that does not meet its encoder": Mistake(
        drawing("x > p", "p > u", "u > j", "x > j", "j > f", "f > d", x=layer("InputLayer", shape=(9, 9, 3)), p=POOL,
                u=layer("UpSampling2D"), j=layer("Concatenate"), f=FLAT, d=DENSE),
        ("j (Concatenate) joins inputs along axis -1", "8×8×3 from u and 9×9×3 from x"), ("j", "u", "x"),
        "Insert Cropping2D to 8×8 after x",
    ),
    "a product of rows of other lengths": Mistake(
        drawing("x > a", "x > b", "a > j.first", "b > j.second", x=VECTOR, a=layer("Dense", units=6), b=DENSE,
                j=layer("Dot", axes=-1)),
        ("j (Dot)", "6 from a", "4 from b"), ("j", "a", "b"), "Set units of b to 6",
    ),
    "a product along other axes": Mistake(
        drawing("x > j.first", "y > j.second", "j > f", "f > d", x=SEQUENCE, y=layer("InputLayer", shape=(2, 5)),
                j=layer("Dot", axes=(2, 2)), f=FLAT, d=DENSE),
        ("j (Dot)", "8×2 from x", "2×5 from y"), ("j", "x", "y"), "Set axes of j to 2, 1",
    ),
    "another size": Mistake(
        chain(IMAGE, layer("Reshape", target_shape=(7, 7, 4)), CONV, FLAT, DENSE),
        ("l1 (Reshape) arranges the same numbers as 7×7×4", "192 numbers (8×8×3) from l0"), ("l1", "l0"),
        "Set target shape of l1 to 8×8×3",
    ),
    "a row made an image of another size": Mistake(
        chain(VECTOR, layer("Dense", units=100), layer("Reshape", target_shape=(7, 7, 2)), CONV, FLAT, DENSE),
        ("l2 (Reshape) arranges the same numbers as 7×7×2", "100 numbers (100) from l1"), ("l2", "l1"),
        "Set units of l1 to 98",
    ),
    "a sequence of another size": Mistake(
        chain(IMAGE, layer("Reshape", target_shape=(60, 3)), lstm(), DENSE),
        ("l1 (Reshape) arranges the same numbers as 60×3", "192 numbers (8×8×3) from l0"), ("l1", "l0"),
        "Set target shape of l1 to -1×3",
    ),
    "groups that do not divide the channels": Mistake(
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(3, 3), groups=2), FLAT, DENSE),
        ("l1 (Conv2D) works in 2 groups", "8×8×3 from l0"), ("l1", "l0"), "Set groups of l1 to 1",
    ),
    "groups that do not divide the filters": Mistake(
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(3, 3), groups=3), FLAT, DENSE),
        ("l1 (Conv2D) works in 3 groups",), ("l1",), "Set filters of l1 to 6",
    ),
    "groups of a normalization": Mistake(
        chain(IMAGE, layer("GroupNormalization", groups=32), FLAT, DENSE),
        ("l1 (GroupNormalization)", "32 groups", "8×8×3 from l0"), ("l1", "l0"), "Set groups of l1 to 3",
    ),
    "keys of another length": Mistake(
        drawing("q > a.query", "v > a.value", "k > a.key", "a > d", q=SEQUENCE, v=SEQUENCE,
                k=layer("InputLayer", shape=(9, 2)), a=attention(), d=DENSE),
        ("a (MultiHeadAttention)", "value 8×2 from v", "key 9×2 from k"), ("a", "q", "v", "k"),
        "Remove the wire from k",
    ),
    "attention from other features": Mistake(
        drawing("q > a.query", "v > a.value", "a > d", q=SEQUENCE, v=layer("InputLayer", shape=(9, 3)),
                a=layer("Attention"), d=DENSE),
        ("a (Attention)", "query 8×2 from q", "value 9×3 from v"), ("a", "q", "v"),
        "Insert Dense with 3 units after q",
    ),
    "a residue past attention": Mistake(
        drawing("x > a.query", "y > a.value", "a > j", "y > j", "j > d", x=SEQUENCE,
                y=layer("InputLayer", shape=(9, 2)), a=attention(), j=layer("Add"), d=DENSE),
        ("j (Add) joins inputs of one shape", "8×2 from a and 9×2 from y"), ("j", "a", "y"),
        "Insert Cropping1D to 8 after y",
    ),
    "states of other units": Mistake(
        drawing("x > e", "y > d", "e.state_h > d.state_h", "e.state_c > d.state_c", x=SEQUENCE, y=SEQUENCE,
                e=lstm(return_state=True), d=layer("LSTM", units=6)),
        ("d (LSTM) begins from states of 6 and 6", "4 from e"), ("d", "y", "e"), "Set units of d to 4",
    ),
    "a shared layer on other features": Mistake(
        drawing("x > a", "y > b", "a > j", "b > j", x=VECTOR, y=layer("InputLayer", shape=(9,)), a=DENSE,
                b=layer("Dense", shares="a"), j=layer("Add")),
        ("b (Dense) calls the layer of a", "9 from y"), ("b", "y", "a"), "Give b a layer of its own",
    ),
    "weights beyond all memory": Mistake(
        chain(layer("InputLayer", shape=(224, 224, 64)), FLAT, layer("Dense", units=100_000)),
        ("l2 (Dense) is too large for any machine", "3211264 from l1"), ("l2", "l1"),
        "Make l1 a GlobalAveragePooling2D",
    ),
}  # fmt: skip
