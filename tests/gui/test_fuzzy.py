"""What typed letters find in the palette, on names alone: no Qt, no catalogue file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.catalogue import LayerSpec
from gui.fuzzy import name_words, rank

NAMES = {
    "Core": ("InputLayer", "Dense", "EinsumDense", "Embedding"),
    "Convolution": ("Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "DepthwiseConv2D"),
    "Pooling": ("MaxPooling1D", "MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling1D", "GlobalAveragePooling2D"),
    "Recurrent": ("LSTM", "GRU", "SimpleRNN", "ConvLSTM2D", "Bidirectional", "TimeDistributed"),
    "Attention": ("Attention", "AdditiveAttention", "MultiHeadAttention"),
    "Normalization": ("BatchNormalization", "LayerNormalization", "RMSNormalization"),
    "Regularization": ("Dropout", "SpatialDropout2D", "GaussianNoise"),
    "Activation": ("Activation", "ReLU", "LeakyReLU", "Softmax"),
    "Reshaping": ("Flatten", "Reshape", "ZeroPadding2D", "UpSampling2D"),
    "Merging": ("Add", "Concatenate"),
}
ALIASES = {"Dense": ("linear", "fully connected", "fc"), "Add": ("residual", "skip"), "BatchNormalization": ("bn",)}
SUMMARIES = {"Concatenate": "Joins a list."}
SPECS = [
    LayerSpec(name, group, name.lower(), aliases=ALIASES.get(name, ()), summary=SUMMARIES.get(name, ""))
    for group, names in NAMES.items()
    for name in names
]

FIRST = {
    "dense": "Dense", "conv2d": "Conv2D", "conv": "Conv1D", "c2d": "Conv2D", "mha": "MultiHeadAttention",
    "gap2d": "GlobalAveragePooling2D", "gap": "GlobalAveragePooling1D", "maxpool2": "MaxPooling2D",
    "max pool 2d": "MaxPooling2D", "2d pool max": "MaxPooling2D", "bn": "BatchNormalization", "fc": "Dense",
    "fully": "Dense", "linear": "Dense", "residual": "Add", "lstm": "LSTM", "rnn": "SimpleRNN", "relu": "ReLU",
    "convtr": "Conv1DTranspose", "conv2dt": "Conv2DTranspose", "transpose": "Conv1DTranspose", "drpout": "Dropout",
    "desne": "Dense", "dnese": "Dense", "flaten": "Flatten", "atention": "Attention", "concat": "Concatenate",
    "batch norm": "BatchNormalization", "multi-head": "MultiHeadAttention", "input": "InputLayer", "Dropuot": "Dropout",
    "joins": "Concatenate", "rms": "RMSNormalization", "noise": "GaussianNoise", "att": "Attention",
}  # fmt: skip


@pytest.mark.parametrize(("query", "name"), FIRST.items())
def test_what_is_meant_comes_first(query: str, name: str) -> None:
    assert [spec.name for spec in rank(query, SPECS)][:1] == [name]


def weighed(weights: dict[str, float]) -> Callable[[LayerSpec], float]:
    return lambda spec: weights.get(spec.name, 0.0)


def test_use_decides_among_what_fits_alike_and_no_more() -> None:
    names = [spec.name for spec in rank("conv", SPECS, weighed({"Conv3D": 5.0, "LSTM": 50.0}))]
    assert names[0] == "Conv3D"
    assert "LSTM" not in names
    assert rank("dense", SPECS, weighed({"Dropout": 99.0, "TimeDistributed": 99.0}))[0].name == "Dense"
    ordered = rank("", SPECS, weighed({"GRU": 2.0, "Dense": 1.0}))
    assert [spec.name for spec in ordered[:3]] == ["GRU", "Dense", SPECS[0].name]


def test_an_empty_query_keeps_everything_in_order() -> None:
    assert rank("  ", SPECS) == SPECS


@pytest.mark.parametrize("query", ["xyzzy", "qq", "dense conv2d", "7"])
def test_nonsense_finds_nothing(query: str) -> None:
    assert rank(query, SPECS) == []


def test_a_group_finds_its_layers() -> None:
    assert {spec.name for spec in rank("recurrent", SPECS)} == set(NAMES["Recurrent"])


def test_words_of_a_name() -> None:
    assert name_words("GlobalAveragePooling2D") == ["global", "average", "pooling", "2d"]
    assert name_words("RMSNormalization") == ["rms", "normalization"]
    assert name_words("Conv2DTranspose") == ["conv", "2d", "transpose"]


OPERATIONS = [
    *SPECS,
    LayerSpec("Permute", "Reshaping", "permute", aliases=("transpose",)),
    LayerSpec("Average", "Merging", "average", aliases=("mean",)),
    *(LayerSpec(f"ops.{name}", "Operations", name) for name in ("add", "mean", "max", "transpose", "image.resize")),
]


@pytest.mark.parametrize(
    ("query", "first"),
    [("add", "Add"), ("ops.add", "ops.add"), ("mean", "ops.mean"), ("max", "MaxPooling1D"),
     ("trans", "Conv1DTranspose"), ("transpose", "ops.transpose"), ("resize", "ops.image.resize"), ("conv", "Conv1D")],
)  # fmt: skip
def test_layers_come_before_operations_unless_one_is_named(query: str, first: str) -> None:
    assert rank(query, OPERATIONS)[0].name == first
