"""Drawings with one problem each, and its exact sentence."""

from __future__ import annotations

from engine.graph import Graph
from engine.values import FrozenMap, Part
from tests.engine.drawings import chain, drawing, layer
from tests.worker.accepted import CONV, DENSE, GRU, IMAGE, SEQUENCE, VECTOR, attention, lstm

#: The drawing, the sentence, the nodes that it is about, its parameter.
BAD: dict[str, tuple[Graph, str, tuple[str, ...], str]] = {
    "an image wanted": (
        chain(VECTOR, DENSE, CONV),
        "l2 (Conv2D) expects an image of height × width × channels (rank 4). Received: 4 from l1. Insert "
        "Reshape to make an image of it.",
        ("l2", "l1"), "",
    ),
    "a sequence wanted, an image given": (
        chain(IMAGE, lstm()),
        "l1 (LSTM) expects a sequence of time × features (rank 3). Received: 8×8×3 from l0 (height × width × "
        "channels). Insert Reshape to make a sequence of it.",
        ("l1", "l0"), "",
    ),
    "a sequence wanted, its last step given": (
        chain(SEQUENCE, lstm(), lstm()),
        "l2 (LSTM) expects a sequence of time × features (rank 3). Received: 4 from l1. Turn return "
        "sequences on in l1.",
        ("l2", "l1"), "",
    ),
    "a row wanted": (
        chain(SEQUENCE, layer("RepeatVector", n=2)),
        "l1 (RepeatVector) expects a row of features (rank 2). Received: 8×2 from l0. Insert Flatten or a "
        "global pooling layer before it.",
        ("l1", "l0"), "",
    ),
    "an axis more wanted": (
        chain(VECTOR, layer("TimeDistributed", layer=Part("Dense", FrozenMap({"units": 2})))),
        "l1 (TimeDistributed) expects a sequence of time × features or of more axes (rank 3 or more). "
        "Received: 8 from l0. Insert Reshape to make a sequence of it.",
        ("l1", "l0"), "",
    ),
    "axes too many": (
        drawing("x > a.query", "x > a.value",
                x=layer("InputLayer", shape=(2, 2, 2, 2, 2)), a=attention()),
        "a (MultiHeadAttention) expects fewer axes (rank 5 or less). Received: query 2×2×2×2×2 from x and "
        "value 2×2×2×2×2 from x. Insert Reshape before it.",
        ("a", "x"), "",
    ),
    "a window too large": (
        chain(layer("InputLayer", shape=(2, 2, 3)), CONV),
        "l1 (Conv2D) looks at 3×3 at a time and would leave nothing of so small an input. Received: 2×2×3 "
        "from l0. Set padding to same, or a smaller kernel size.",
        ("l1", "l0"), "kernel_size",
    ),
    "a pool too large": (
        chain(layer("InputLayer", shape=(1, 1, 3)), layer("MaxPooling2D")),
        "l1 (MaxPooling2D) looks at 2×2 at a time and would leave nothing of so small an input. Received: "
        "1×1×3 from l0. Set padding to same, or a smaller pool size.",
        ("l1", "l0"), "pool_size",
    ),
    "other channels": (
        drawing("x > a", "x > b", "a > j", "b > j",
                x=IMAGE, a=CONV, b=layer("Conv2D", filters=5, kernel_size=(3, 3)), j=layer("Add")),
        "j (Add) joins inputs of one shape. Received: 6×6×4 from a and 6×6×5 from b. Give them as many "
        "channels each, as by a 1×1 convolution on one of them.",
        ("j", "a", "b"), "",
    ),
    "other lengths": (
        drawing("x > a", "a > j", "x > j", x=IMAGE, a=CONV, j=layer("Multiply")),
        "j (Multiply) joins inputs of one shape. Received: 6×6×4 from a and 8×8×3 from x. Give them the same "
        "lengths, as by padding, cropping or pooling one of them.",
        ("j", "a", "x"), "",
    ),
    "other axes": (
        drawing("x > j", "y > j", x=IMAGE, y=VECTOR, j=layer("Add")),
        "j (Add) joins inputs of one shape. Received: 8×8×3 from x and 8 from y. Give them as many axes "
        "each, as by Reshape or Flatten on one of them.",
        ("j", "x", "y"), "",
    ),
    "other lengths to join": (
        drawing("x > a", "a > j", "x > j", x=IMAGE, a=CONV, j=layer("Concatenate")),
        "j (Concatenate) joins inputs along axis -1: all other lengths must agree. Received: 6×6×4 from a "
        "and 8×8×3 from x. Pad, crop or pool one of them.",
        ("j", "a", "x"), "",
    ),
    "other axes to join": (
        drawing("x > j", "y > j", x=IMAGE, y=VECTOR, j=layer("Concatenate")),
        "j (Concatenate) joins inputs along axis -1: all other lengths must agree. Received: 8×8×3 from x "
        "and 8 from y. Insert Flatten or Reshape where axes are too many.",
        ("j", "x", "y"), "axis",
    ),
    "another size": (
        chain(IMAGE, layer("Reshape", target_shape=(5, 5))),
        "l1 (Reshape) arranges the same numbers as 5×5, and there must be as many of them. Received: 192 "
        "numbers (8×8×3) from l0. Set a target shape that holds as many; -1 lets one length follow from the "
        "others.",
        ("l1", "l0"), "target_shape",
    ),
    "a free length": (
        chain(layer("InputLayer", shape=(None, 2)), layer("Flatten"), DENSE),
        "l2 (Dense) makes its weights to fit its input and needs every length that they depend on. Received: "
        "any from l1. Set a fixed length in the input's shape, or pool that axis away before it.",
        ("l2", "l1"), "",
    ),
    "free channels": (
        chain(layer("InputLayer", shape=(8, 8, None)), CONV),
        "l1 (Conv2D) makes its weights to fit its input and needs every length that they depend on. "
        "Received: 8×8×any from l0. Set a fixed length in the input's shape, or pool that axis away before "
        "it.",
        ("l1", "l0"), "",
    ),
    "groups and channels": (
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(3, 3), groups=2)),
        "l1 (Conv2D) works in 2 groups of one size, which divide its input channels. Received: 8×8×3 from "
        "l0. Choose groups that divide both the channels that arrive and the filters.",
        ("l1", "l0"), "groups",
    ),
    "groups and filters": (
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(3, 3), groups=3)),
        "l1 (Conv2D) works in 3 groups of one size, which divide its filters. Choose groups that divide both "
        "the channels that arrive and the filters.",
        ("l1",), "groups",
    ),
    "a shared layer on other features": (
        drawing("x > a", "y > b",
                x=VECTOR, y=layer("InputLayer", shape=(9,)), a=DENSE, b=layer("Dense", shares="a")),
        "b (Dense) calls the layer of a, whose weights were made for 8 along axis -1. Received: 9 from y. "
        "Give both the same shape, or let each have a layer of its own.",
        ("b", "y", "a"), "",
    ),
    "states of other units": (
        drawing("x > a", "y > a.state_h", "y > a.state_c", x=SEQUENCE, y=VECTOR, a=lstm()),
        "a (LSTM) begins from states of 4 and 4. Received: 8 from y and 8 from y. Give the layer that they "
        "come from as many units.",
        ("a", "x", "y"), "",
    ),
    "a looking decoder's state of other units": (
        drawing("x > a.query", "x > a.value", "y > a.state",
                x=SEQUENCE, y=VECTOR, a=layer("BahdanauDecoder", units=4)),
        "a (BahdanauDecoder) begins from states of 4. Received: 8 from y. Give the layer that they come from as many "
        "units.",
        ("a", "x", "y"), "",
    ),
    "too few states": (
        drawing("x > a", "y > a.initial_state",
                x=SEQUENCE, y=layer("InputLayer", shape=(3,)), a=layer("Bidirectional", layer=GRU)),
        "a (Bidirectional) begins from states of 3 and 3. Received: 3 from y. Give the layer that they come "
        "from as many units.",
        ("a", "x", "y"), "",
    ),
    "batches of any size": (
        chain(SEQUENCE, lstm(stateful=True)),
        "l1 (LSTM) keeps its state from batch to batch, so each batch must hold as many samples. Received: "
        "batches of any size from l0. Set the batch size of the input layer, or turn stateful off.",
        ("l1", "l0"), "stateful",
    ),
    "a kept state within a wrapper": (
        chain(SEQUENCE, layer("Bidirectional", layer=Part("GRU", FrozenMap({"units": 3, "stateful": True})))),
        "l1 (Bidirectional) keeps its state from batch to batch, so each batch must hold as many samples. "
        "Received: batches of any size from l0. Set the batch size of the input layer, or turn stateful off.",
        ("l1", "l0"), "stateful",
    ),
    "no such axis": (
        chain(VECTOR, layer("Softmax", axis=2)),
        "l1 (Softmax) has no such axis in its input. Received: 8 from l0. Set it to -1, the last.",
        ("l1", "l0"), "axis",
    ),
    "an equation of other axes": (
        chain(SEQUENCE, layer("EinsumDense", equation="ab,bc->ac", output_shape=(4,))),
        "l1 (EinsumDense) reads 2 axes, a, b, the first of them the batch. Received: 8×2 from l0. Set an "
        "equation with a letter for each axis.",
        ("l1", "l0"), "equation",
    ),
    "weights beyond memory": (
        chain(VECTOR, layer("Dense", units=2**31 - 1)),
        "l1 (Dense) is too large for any machine: its weights would take 77.3 GB. Received: a table of 8 × "
        "2,147,483,647 float32, for 8 from l0. Lower units.",
        ("l1", "l0"), "units",
    ),
    "outputs beyond memory": (
        chain(IMAGE, layer("UpSampling2D", size=(90_000, 90_000))),
        "l1 (UpSampling2D) gives more than any machine holds: 720000×720000×3 for each sample, 6.22 TB. "
        "Received: 8×8×3 from l0. Lower size.",
        ("l1", "l0"), "size",
    ),
    "values that do not go together": (
        chain(IMAGE, layer("Conv2D", filters=4, kernel_size=(3, 3), strides=(2, 2), dilation_rate=(2, 2))),
        "l1 (Conv2D) takes strides or gaps in its kernel, not both. Received: strides 2×2 and dilation rate 2×2. Set "
        "one of them to 1.",
        ("l1",), "dilation_rate",
    ),
    "keys of another length": (
        drawing("q > a.query", "v > a.value", "k > a.key",
                q=SEQUENCE, v=SEQUENCE, k=layer("InputLayer", shape=(9, 2)), a=attention()),
        "a (MultiHeadAttention) pairs each key with its value: both are as long, as are all axes but the last. "
        "Received: query 8×2 from q, value 8×2 from v and key 9×2 from k. Wire the key from where the value comes "
        "from, or leave it out.",
        ("a", "q", "v", "k"), "",
    ),
    "a causal mask on images": (
        drawing("x > a.query", "x > a.value", x=IMAGE, a=attention(use_causal_mask=True)),
        "a (MultiHeadAttention) hides what comes later in a sequence of time × features (rank 3). "
        "Received: query 8×8×3 from x and value 8×8×3 from x. "
        "Turn use causal mask off, or wire a mask of your own.",
        ("a", "x"), "use_causal_mask",
    ),
    "what TensorFlow has not": (
        chain(IMAGE, layer("Resizing", height=4, width=4, fill_mode="wrap")),
        "l1 (Resizing) runs with fill mode constant only, on TensorFlow. Received: wrap. Set it to constant.",
        ("l1", "l0"), "fill_mode",
    ),
    "flash attention": (
        drawing("x > a.query", "x > a.value", x=SEQUENCE, a=attention(flash_attention=True)),
        "a (MultiHeadAttention) runs with flash attention no only, on TensorFlow. Received: yes. Set it to no.",
        ("a", "x"), "flash_attention",
    ),
    "the way back from other features": (
        chain(SEQUENCE, layer("ReversibleEmbedding", input_dim=9, output_dim=4, reverse=True)),
        "l1 (ReversibleEmbedding) goes back from 4 features to tokens. Received: 8×2 from l0. "
        "Give it 4 features, or turn reverse off.",
        ("l1", "l0"), "output_dim",
    ),
    "rows of rows to count": (
        chain(SEQUENCE, layer("CategoryEncoding", num_tokens=9)),
        "l1 (CategoryEncoding) expects a row of features (rank 2). Received: 8×2 from l0. "
        "Insert Flatten or a global pooling layer before it.",
        ("l1", "l0"), "",
    ),
    "a mask that is not as large": (
        chain(SEQUENCE, layer("Masking"), layer("Softmax")),
        "l2 (Softmax) reads a mask as large as its input. Received: a mask of 8 with 8×2 from l1. "
        "Use an Activation with softmax, which passes masks on.",
        ("l2", "l1"), "",
    ),
    "a mask of more than time": (
        chain(IMAGE, layer("Masking"), layer("ConvLSTM1D", filters=2, kernel_size=2)),
        "l2 (ConvLSTM1D) reads a mask of time alone. Received: a mask of 8×8 with 8×8×3 from l1. "
        "Make no mask before it.",
        ("l2", "l1"), "",
    ),
}  # fmt: skip
