"""Planted mistakes of axes: too many, too few, the wrong one. Knows no checker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.values import FrozenMap, Part
from tests.engine.drawings import chain, drawing, layer
from tests.worker.accepted import CONV, DENSE, IMAGE, SEQUENCE, VECTOR, WORDS, attention, lstm
from tests.worker.planted.mistake import Mistake

EMBEDDING = layer("Embedding", input_dim=50, output_dim=8)
#: An image without its axis of channels.
PLAIN = layer("InputLayer", shape=(28, 28))

MISTAKES: Final[Mapping[str, Mistake]] = {
    "a convolution on a row": Mistake(
        chain(VECTOR, layer("Dense", units=64), CONV),
        ("l2 (Conv2D) expects an image", "64 from l1"), ("l2", "l1"), "Insert Reshape to 8×8×1 after l1",
    ),
    "a convolution on an image without channels": Mistake(
        chain(PLAIN, CONV, layer("Flatten"), DENSE),
        ("l1 (Conv2D) expects an image", "28×28 from l0"), ("l1", "l0"), "Insert Reshape to 28×28×1 after l0",
    ),
    "a pool on an image without channels": Mistake(
        chain(PLAIN, layer("MaxPooling2D"), layer("Flatten"), DENSE),
        ("l1 (MaxPooling2D) expects an image", "28×28 from l0"), ("l1", "l0"), "Insert Reshape to 28×28×1 after l0",
    ),
    "a convolution behind Flatten": Mistake(
        chain(IMAGE, CONV, layer("Flatten"), CONV, layer("Flatten"), DENSE),
        ("l3 (Conv2D) expects an image", "144 from l2"), ("l3", "l2"), "Take l2 out",
    ),
    "a pool behind Flatten": Mistake(
        chain(IMAGE, CONV, layer("Flatten"), layer("MaxPooling2D"), layer("Flatten"), DENSE),
        ("l3 (MaxPooling2D) expects an image", "144 from l2"), ("l3", "l2"), "Take l2 out",
    ),
    "a two-dimensional convolution on a sequence": Mistake(
        chain(SEQUENCE, CONV, layer("Flatten"), DENSE),
        ("l1 (Conv2D) expects an image", "8×2 from l0"), ("l1", "l0"), "Make l1 a Conv1D with 4 filters",
    ),
    "a one-dimensional convolution on an image": Mistake(
        chain(IMAGE, layer("Conv1D", filters=4, kernel_size=3), layer("Flatten"), DENSE),
        ("l1 (Conv1D) expects a sequence", "8×8×3 from l0"), ("l1", "l0"), "Make l1 a Conv2D with 4 filters",
    ),
    "a two-dimensional pool on a sequence": Mistake(
        chain(SEQUENCE, layer("MaxPooling2D"), layer("Flatten"), DENSE),
        ("l1 (MaxPooling2D) expects an image", "8×2 from l0"), ("l1", "l0"), "Make l1 a MaxPooling1D",
    ),
    "a global pool of images on a sequence": Mistake(
        chain(SEQUENCE, lstm(return_sequences=True), layer("GlobalAveragePooling2D"), DENSE),
        ("l2 (GlobalAveragePooling2D) expects an image", "8×4 from l1"), ("l2", "l1"),
        "Make l2 a GlobalAveragePooling1D",
    ),
    "a convolution on words": Mistake(
        chain(WORDS, EMBEDDING, CONV, layer("Flatten"), DENSE),
        ("l2 (Conv2D) expects an image", "7×8 from l1"), ("l2", "l1"), "Make l2 a Conv1D with 4 filters",
    ),
    "an LSTM on an LSTM's last step": Mistake(
        chain(SEQUENCE, lstm(), lstm(), DENSE),
        ("l2 (LSTM) expects a sequence", "4 from l1"), ("l2", "l1"), "Turn return sequences on in l1",
    ),
    "a bidirectional layer on a last step": Mistake(
        chain(SEQUENCE, lstm(), layer("Bidirectional", layer=Part("LSTM", FrozenMap({"units": 3}))), DENSE),
        ("l2 (Bidirectional) expects a sequence", "4 from l1"), ("l2", "l1"), "Turn return sequences on in l1",
    ),
    "a recurrent layer on a bidirectional one's last step": Mistake(
        chain(SEQUENCE, layer("Bidirectional", layer=Part("LSTM", FrozenMap({"units": 3}))), lstm(), DENSE),
        ("l2 (LSTM) expects a sequence", "6 from l1"), ("l2", "l1"), "Turn return sequences on in l1",
    ),
    "a recurrent layer on a row": Mistake(
        chain(VECTOR, layer("GRU", units=4), DENSE),
        ("l1 (GRU) expects a sequence", "8 from l0"), ("l1", "l0"), "Insert Reshape to 8×1 after l0",
    ),
    "an LSTM on words without Embedding": Mistake(
        chain(WORDS, lstm(), DENSE),
        ("l1 (LSTM) expects a sequence", "7 from l0"), ("l1", "l0"),
        "Insert Embedding after l0",
    ),
    "an LSTM on an image": Mistake(
        chain(IMAGE, lstm(), DENSE),
        ("l1 (LSTM) expects a sequence", "8×8×3 from l0"), ("l1", "l0"), "Insert Reshape to 64×3 after l0",
    ),
    "an LSTM on feature maps": Mistake(
        chain(IMAGE, CONV, lstm(), DENSE),
        ("l2 (LSTM) expects a sequence", "6×6×4 from l1"), ("l2", "l1"), "Insert Reshape to 36×4 after l1",
    ),
    "time by time on a last step": Mistake(
        chain(SEQUENCE, lstm(), layer("TimeDistributed", layer=Part("Dense", FrozenMap({"units": 2})))),
        ("l2 (TimeDistributed) expects a sequence", "4 from l1"), ("l2", "l1"), "Turn return sequences on in l1",
    ),
    "a pool over time on a last step": Mistake(
        chain(SEQUENCE, layer("GRU", units=4), layer("GlobalMaxPooling1D"), DENSE),
        ("l2 (GlobalMaxPooling1D) expects a sequence", "4 from l1"), ("l2", "l1"), "Turn return sequences on in l1",
    ),
    "a repeated sequence": Mistake(
        chain(SEQUENCE, lstm(return_sequences=True), layer("RepeatVector", n=3), DENSE),
        ("l2 (RepeatVector) expects a row", "8×4 from l1"), ("l2", "l1"), "Turn return sequences off in l1",
    ),
    "a global pool behind a global pool": Mistake(
        chain(IMAGE, CONV, layer("GlobalAveragePooling2D"), layer("GlobalMaxPooling2D"), DENSE),
        ("l3 (GlobalMaxPooling2D) expects an image", "4 from l2"), ("l3", "l2"), "Take l3 out",
    ),
    "attention on a row": Mistake(
        drawing("x > a.query", "x > a.value", "a > d", x=VECTOR, a=attention(), d=DENSE),
        ("a (MultiHeadAttention) expects a sequence", "8 from x"), ("a", "x"), "Insert Reshape to 8×1 after x",
    ),
    "an axis that is not there": Mistake(
        chain(VECTOR, layer("BatchNormalization", axis=3), DENSE),
        ("l1 (BatchNormalization) has no such axis", "8 from l0"), ("l1", "l0"), "Set axis of l1 to -1",
    ),
    "a permutation of axes that are not there": Mistake(
        chain(SEQUENCE, layer("Permute", dims=(3, 1, 2)), layer("Flatten"), DENSE),
        ("l1 (Permute) orders 3 axes", "8×2 from l0"), ("l1", "l0"), "Set dims of l1 to 2, 1",
    ),
    "an equation of other axes": Mistake(
        chain(SEQUENCE, layer("EinsumDense", equation="ab,bc->ac", output_shape=(4,)), layer("Flatten"), DENSE),
        ("l1 (EinsumDense) reads 2 axes", "8×2 from l0"), ("l1", "l0"), "Make l1 a Dense with 4 units",
    ),
    "Flatten of a free length": Mistake(
        chain(layer("InputLayer", shape=(None, 2)), lstm(return_sequences=True), layer("Flatten"), DENSE),
        ("l3 (Dense) makes its weights to fit its input", "any from l2"), ("l3", "l2"),
        "Make l2 a GlobalAveragePooling1D",
    ),
    "Flatten of images of any size": Mistake(
        chain(layer("InputLayer", shape=(None, None, 3)), CONV, layer("Flatten"), DENSE),
        ("l3 (Dense) makes its weights to fit its input", "any from l2"), ("l3", "l2"),
        "Make l2 a GlobalAveragePooling2D",
    ),
    "channels of any number": Mistake(
        chain(layer("InputLayer", shape=(8, 8, None)), CONV, layer("Flatten"), DENSE),
        ("l1 (Conv2D) makes its weights to fit its input", "8×8×any from l0"), ("l1", "l0"), "Set shape of l0 to 8×8×3",
    ),
}  # fmt: skip
