"""Drawings that Keras takes without data and TensorFlow cannot run, each with its exact sentence."""

from __future__ import annotations

from engine.graph import Graph
from engine.values import FrozenMap, Part
from tests.engine.drawings import chain, drawing, layer
from tests.worker.accepted import CONV, IMAGE, SEQUENCE, VECTOR, WORDS, attention

PIXELS = layer("InputLayer", shape=(8, 8, 3), dtype="uint8")
MASK = layer("InputLayer", shape=(8,), dtype="bool")

#: The drawing, the sentence, the nodes that it is about, its parameter.
UNRUNNABLE: dict[str, tuple[Graph, str, tuple[str, ...], str]] = {
    "whole numbers into a convolution": (chain(PIXELS, CONV),
        "l1 (Conv2D) computes with numbers that have fractions. Received: uint8 numbers, 8×8×3 from l0. Set "
        "dtype of l0 to float32.",
        ("l1", "l0"), ""),
    "whole numbers to be normalized": (
        drawing("x > a.first", "x > b", "b > a.second", x=WORDS, b=layer("Identity"),
                a=layer("Dot", axes=1, normalize=True)),
        "a (Dot) computes with numbers that have fractions. Received: int32 numbers, 7 from x. Set dtype of x "
        "to float32.",
        ("a", "x", "b"), "",
    ),
    "colours of four channels": (
        chain(layer("InputLayer", shape=(8, 8, 4)), layer("RandomHue", factor=0.5)),
        "l1 (RandomHue) changes the colours of images of 3 channels. Received: 8×8×4 from l0. Put it where "
        "the image still has its colours.",
        ("l1", "l0"), "",
    ),
    "the first axis normalized": (chain(SEQUENCE, layer("RMSNormalization", axis=1)),
        "l1 (RMSNormalization) normalizes the last axes only. Received: axis 1 of 8×2 from l0. Set axis to "
        "-1, or use LayerNormalization.",
        ("l1", "l0"), "axis"),
    "steps down and across": (
        chain(IMAGE, layer("DepthwiseConv2D", kernel_size=(3, 3), strides=(1, 2))),
        "l1 (DepthwiseConv2D) goes down and across by the same number of steps. Received: strides 1×2. Set "
        "both strides to one number.",
        ("l1", "l0"), "strides",
    ),
    "a product of samples": (
        drawing("x > a.first", "y > a.second", x=VECTOR, y=VECTOR, a=layer("Dot", axes=0)),
        "a (Dot) multiplies within a sample, and axis 0 counts samples. Received: axes 0. Choose axes from 1 "
        "on.",
        ("a", "x", "y"), "axes",
    ),
    "a mask of fewer axes": (
        drawing("x > a", "m > a.mask", x=IMAGE, m=MASK, a=layer("BatchNormalization")),
        "a (BatchNormalization) takes a mask of as many axes and lengths as its input has, but for the last. "
        "Received: input 8×8×3 from x and mask 8 from m. Wire a mask of that shape, or take the wire away.",
        ("a", "x", "m"), "",
    ),
    "noise of another shape": (
        chain(SEQUENCE, layer("Dropout", rate=0.5, noise_shape=(None, 3, 2))),
        "l1 (Dropout) draws its noise once along each axis of length 1, the batch first; the others are as "
        "long as the input's, or free. Received: noise shape any×3×2 for 8×2 from l0. Clear noise shape.",
        ("l1", "l0"), "noise_shape",
    ),
    "boundaries in disorder": (
        chain(VECTOR, layer("Discretization", bin_boundaries=(1.0, 0.5))),
        "l1 (Discretization) takes its boundaries from the lowest to the highest. Received: 1, 0.5. Put them "
        "in order.",
        ("l1", "l0"), "bin_boundaries",
    ),
    "free lengths that never fit": (
        chain(layer("InputLayer", shape=(None, 8)), layer("Reshape", target_shape=(3,))),
        "l1 (Reshape) arranges the numbers of its input as 3, 3 of them. Received: a multiple of 8 numbers, "
        "any×8 from l0. Set a target shape that holds as many; -1 lets one length follow from the others.",
        ("l1", "l0"),
        "target_shape",
    ),
    "two lengths that follow": (
        chain(layer("InputLayer", shape=(None, 8)), layer("Reshape", target_shape=(None, None))),
        "l1 (Reshape) lets one length follow from the others, and no more. Received: any×any. Set the others.",
        ("l1", "l0"),
        "target_shape",
    ),
    "sound that is too short": (
        chain(layer("InputLayer", shape=(100,)), layer("MelSpectrogram", fft_length=512)),
        "l1 (MelSpectrogram) needs at least 257 of its input, with fft length 512. Received: 100 from l0. "
        "Lower fft length, or give it more.",
        ("l1", "l0"),
        "fft_length",
    ),
    "weights that nobody counts with": (
        drawing("x > a", "x > a.count_weights", x=WORDS, a=layer("CategoryEncoding", num_tokens=4)),
        "a (CategoryEncoding) weighs what it counts, and counts with output mode count only. Received: "
        "multi_hot. Set output mode to count, or take the wire away.",
        ("a", "x"),
        "output_mode",
    ),
    "a range of one value": (
        chain(IMAGE, layer("AugMix", value_range=(1.0, 1.0))),
        "l1 (AugMix) spreads values over a range. Received: 1, 1. Let it begin below its end.",
        ("l1", "l0"), "value_range",
    ),
    "attention along the batch": (
        drawing("x > a.query", "x > a.value", x=SEQUENCE, a=attention(attention_axes=0)),
        "a (MultiHeadAttention) attends along axes between the batch and the features. Received: axis 0 of "
        "query 8×2 from x and value 8×2 from x. Choose from 1 to 1, each once.",
        ("a", "x"),
        "attention_axes",
    ),
    "a window over images": (
        drawing("x > a.query", "x > a.value", x=IMAGE, a=attention(sliding_window=2)),
        "a (MultiHeadAttention) slides a window along a sequence of time × features (rank 3). Received: query "
        "8×8×3 from x and value 8×8×3 from x. Clear sliding window.",
        ("a", "x"),
        "sliding_window",
    ),
    "a mask for attention over images": (
        drawing("x > a.query", "x > a.value", "m > a.value_mask", x=IMAGE, m=MASK, a=attention()),
        "a (MultiHeadAttention) takes masks for a sequence of time × features (rank 3). Received: query 8×8×3 "
        "from x, value 8×8×3 from x and value_mask 8 from m. Take the mask away.",
        ("a", "x", "m"),
        "",
    ),
    "keys without their values": (
        drawing("x > a.query", "x > a.value", "k > a.key", x=SEQUENCE, k=layer("InputLayer", shape=(5, 2)),
                a=layer("AdditiveAttention")),
        "a (AdditiveAttention) pairs each key with its value, and there must be as many of both. Received: "
        "query 8×2 from x, value 8×2 from x and key 5×2 from k. Wire the key from where the value comes from, "
        "or leave it out.",
        ("a", "x", "k"), "",
    ),
    "an initializer of tables": (
        chain(VECTOR, layer("Dense", units=4, bias_initializer=Part("Identity"))),
        "l1 (Dense) cannot have Identity for its bias, which has 1 axis. Choose another bias initializer. "
        "Keras says: Identity matrix initializer can only be used for 2D matrices. Received: shape=(2,) of "
        "rank 1.",
        ("l1", "l0"),
        "bias_initializer",
    ),
    "a constraint along an axis that is not there": (
        chain(VECTOR, layer("Dense", units=4, bias_constraint=Part("UnitNorm", FrozenMap({"axis": 1})))),
        "l1 (Dense) cannot have UnitNorm for its bias, which has 1 axis. Choose another bias constraint. "
        "Keras says: axis 1 is out of bounds for array of dimension 1.",
        ("l1", "l0"), "bias_constraint",
    ),
    "a scale of other lengths": (
        drawing("x > a", "y > b", x=SEQUENCE, y=layer("InputLayer", shape=(5, 2)),
                a=layer("LayerNormalization", axis=1), b=layer("LayerNormalization", shares="a")),
        "b (LayerNormalization) calls the layer of a, whose weights were made for 8 along axis 1. Received: "
        "5×2 from y. Give both the same shape, or let each have a layer of its own.",
        ("b", "y", "a"), "",
    ),
}  # fmt: skip
