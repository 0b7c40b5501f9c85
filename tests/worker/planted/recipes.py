"""Planted mistakes of recipes: loss, activation, labels, data that do not go together. Knows no checker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from engine.data.columns import Column
from engine.datasets import DataSpec, dataset
from engine.graph import Graph
from engine.recipe import ACCURACY, DataChoice, Recipe
from engine.values import FrozenMap, Part
from tests.engine.drawings import Kind, chain, drawing, layer
from tests.worker.planted.mistake import Mistake

DIGITS = dataset("digits")
BINARY = replace(DIGITS, title="Coins", targets=(Column("coin", (), "binary", ("heads", "tails")),))
NUMBERS = replace(DIGITS, title="Prices", targets=(Column("price", ()),))
BYTES = replace(DIGITS, title="Photos", inputs=(Column("image", (8, 8, 1), highest=255.0),))
INPUT, FLAT = layer("InputLayer", shape=(8, 8, 1)), layer("Flatten")
CONV = layer("Conv2D", filters=4, kernel_size=(3, 3), activation="relu")


def recipe(loss: str = "SparseCategoricalCrossentropy", *metrics: str, **values: Any) -> Recipe:
    told = tuple(ACCURACY if metric == "accuracy" else Part(metric) for metric in metrics)
    return Recipe(loss=Part(loss, FrozenMap(values)), metrics=told)


def net(units: int = 10, activation: str = "softmax", *more: Kind) -> Graph:
    return chain(INPUT, FLAT, layer("Dense", units=units, activation=activation), *more)


def mistake(
    graph: Graph, says: tuple[str, ...], about: tuple[str, ...], fix: str, recipe: Recipe, data: DataSpec = DIGITS,
    **more: Any,
) -> Mistake:  # fmt: skip
    return Mistake(graph, says, about, fix, recipe=recipe, data=data, **more)


MISTAKES: Final[Mapping[str, Mistake]] = {
    "an input of another shape": mistake(
        chain(layer("InputLayer", shape=(28, 28, 1)), FLAT, layer("Dense", units=10, activation="softmax")),
        ("l0 (InputLayer) takes 28×28×1", "is 8×8×1"), ("l0",), "Set shape of l0 to 8×8×1", recipe(),
    ),
    "fewer units than classes": mistake(
        net(8), ("l2 (Dense) gives 8 numbers", "call for 10"), ("l2",), "Set units of l2 to 10", recipe(),
    ),
    "more units than classes": mistake(
        net(12), ("l2 (Dense) gives 12 numbers", "call for 10"), ("l2",), "Set units of l2 to 10", recipe(),
        severity="warning",
    ),
    "an end of feature maps": mistake(
        chain(INPUT, CONV), ("l1 (Conv2D) gives 6×6×4", "call for 10"), ("l1",),
        "Add Flatten and Dense with 10 units after l1", recipe(),
    ),
    "a Dense without Flatten": mistake(
        chain(INPUT, CONV, layer("Dense", units=10, activation="softmax")),
        ("l2 (Dense) gives 6×6×10", "call for 10"), ("l2",), "Insert Flatten after l1", recipe(),
    ),
    "all steps instead of the last": mistake(
        chain(INPUT, layer("Reshape", target_shape=(8, 8)), layer("LSTM", units=6, return_sequences=True),
              layer("Dense", units=10, activation="softmax")),
        ("l3 (Dense) gives 8×10", "call for 10"), ("l3",), "Turn return sequences off in l2", recipe(),
    ),
    "Dropout at the end": mistake(
        chain(INPUT, FLAT, layer("Dense", units=32), layer("Dropout", rate=0.5)),
        ("l3 (Dropout) gives 32 numbers", "call for 10"), ("l3",), "Add Dense with 10 units after l3", recipe(),
    ),
    "no activation at the end": mistake(
        net(10, "linear"), ("expects probabilities", "linear", "l2 (Dense)"), ("l2",),
        "Set activation of l2 to softmax", recipe(), severity="warning",
    ),
    "relu at the end": mistake(
        net(10, "relu"), ("expects probabilities", "relu", "l2 (Dense)"), ("l2",),
        "Set activation of l2 to softmax", recipe(), severity="warning",
    ),
    "sigmoid over many classes": mistake(
        net(10, "sigmoid"), ("expects probabilities", "sigmoid", "l2 (Dense)"), ("l2",),
        "Set activation of l2 to softmax", recipe(), severity="warning",
    ),
    "logits that are probabilities": mistake(
        net(), ("expects raw numbers (logits)", "softmax", "l2 (Dense)"), ("l2",),
        "Turn from logits off in the loss", recipe(from_logits=True), severity="warning",
    ),
    "softmax twice": mistake(
        net(10, "softmax", layer("Softmax")), ("l3 (Softmax)", "softmax", "l2 (Dense)"), ("l3", "l2"), "Take l3 out",
        recipe(), severity="warning",
    ),
    "softmax over one": mistake(
        net(1), ("l2 (Dense)", "always 1"), ("l2",), "Set activation of l2 to sigmoid",
        recipe("BinaryCrossentropy"), BINARY,
    ),
    "one unit for many classes": mistake(
        net(1, "sigmoid"), ("l2 (Dense) gives 1 number", "call for 10"), ("l2",),
        "Set units of l2 to 10 and set activation of l2 to softmax", recipe(),
    ),
    "two units for yes or no": mistake(
        net(2), ("l2 (Dense) gives 2 numbers", "call for 1"), ("l2",),
        "Set loss to sparse categorical crossentropy", recipe("BinaryCrossentropy"), BINARY,
    ),
    "linear for yes or no": mistake(
        net(1, "linear"), ("expects probabilities", "linear", "l2 (Dense)"), ("l2",),
        "Set activation of l2 to sigmoid", recipe("BinaryCrossentropy"), BINARY, severity="warning",
    ),
    "one-hot loss on numbers of classes": mistake(
        net(), ("Categorical crossentropy expects targets that are a column", "10 classes"), (),
        "Set loss to sparse categorical crossentropy", recipe("CategoricalCrossentropy"),
    ),
    "yes-or-no loss on many classes": mistake(
        net(), ("Binary crossentropy expects targets that are yes or no", "10 classes"), (),
        "Set loss to sparse categorical crossentropy", recipe("BinaryCrossentropy"),
    ),
    "squares on classes": mistake(
        net(), ("Mean squared error expects targets that are a number", "10 classes"), (),
        "Set loss to sparse categorical crossentropy", recipe("MeanSquaredError"),
    ),
    "squares of one number on classes": mistake(
        net(1, "linear"), ("Mean squared error expects targets that are a number", "10 classes"), (),
        "Set loss to sparse categorical crossentropy, set units of l2 to 10 and set activation of l2 to softmax",
        recipe("MeanSquaredError"), severity="warning",
    ),
    "a class loss on numbers": mistake(
        net(1, "linear"), ("Sparse categorical crossentropy expects targets that are the number of a class", "numbers"),
        (), "Set loss to mean squared error", recipe(), NUMBERS,
    ),
    "several numbers for one": mistake(
        net(3, "linear"), ("l2 (Dense) gives 3 numbers", "call for 1"), ("l2",), "Set units of l2 to 1",
        recipe("MeanSquaredError"), NUMBERS,
    ),
    "softmax over one number": mistake(
        net(1), ("l2 (Dense)", "always 1"), ("l2",), "Set activation of l2 to linear", recipe("MeanSquaredError"),
        NUMBERS,
    ),
    "a metric of columns": mistake(
        net(), ("Categorical accuracy expects targets that are a column", "10 classes"), (),
        "Set metrics to accuracy", recipe("SparseCategoricalCrossentropy", "CategoricalAccuracy"),
    ),
    "accuracy of numbers": mistake(
        net(1, "linear"), ("Accuracy counts right classes", "numbers"), (), "Set metrics to mean absolute error",
        recipe("MeanSquaredError", "accuracy"), NUMBERS, severity="warning",
    ),
    "bytes into a net for fractions": mistake(
        net(), ("l0 (InputLayer)", "0 to 255", "l2 (Dense)"), ("l0", "l2"), "Insert Rescaling by 1/255 after l0",
        recipe(), BYTES, severity="warning",
    ),
    "fractions divided again": mistake(
        chain(INPUT, layer("Rescaling", scale=1 / 255), FLAT, layer("Dense", units=10, activation="softmax")),
        ("l1 (Rescaling)", "0 to 1"), ("l1", "l0"), "Take l1 out", recipe(), severity="warning",
    ),
    "whole numbers of fractions": mistake(
        chain(layer("InputLayer", shape=(8, 8, 1), dtype="int32"), FLAT,
              layer("Dense", units=10, activation="softmax")),
        ("l0 (InputLayer) holds int32",), ("l0",), "Set dtype of l0 to float32", recipe(), severity="warning",
    ),
    "a batch size that is not the recipe's": mistake(
        chain(layer("InputLayer", shape=(8, 8, 1), batch_size=7), FLAT,
              layer("Dense", units=10, activation="softmax")),
        ("l0 (InputLayer) takes 7 samples at a time",), ("l0",), "Clear batch size of l0", recipe(),
    ),
    "a branch that leads nowhere": mistake(
        drawing("x > f", "f > d", "x > c", "c > p", x=INPUT, f=FLAT, c=CONV, p=layer("MaxPooling2D"),
                d=layer("Dense", units=10, activation="softmax")),
        ("p (MaxPooling2D) gives 3×3×4", "wire it onward"), ("p",), "Delete c and p", recipe(),
    ),
    "a batch larger than the data": mistake(
        net(), ("Batches of 4096", "1,257 training samples"), (), "Set batch size to 32",
        replace(recipe(), batch_size=4096), severity="warning",
    ),
    "nothing left to train on": mistake(
        net(), ("Validation and test together",), (), "",
        replace(recipe(), data=DataChoice(validation=0.6, test=0.6)), why="Lower one of them",
    ),
}  # fmt: skip
