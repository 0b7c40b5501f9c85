"""What losses and metrics take for targets, and which activation an output went through last. Knows no data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from engine import wiring
from engine.catalogue import Catalogue
from engine.graph import Graph, Node
from engine.recipe import ACCURACY, CROSSENTROPY
from engine.values import Part

#: What the targets of a loss or a metric are: a class's number, a column a class, yes or no, a number to come near to.
Labels = Literal["index", "columns", "yes or no", "number"]
LABELS: Final[Mapping[str, Labels]] = {
    **dict.fromkeys((
        "SparseCategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy", "SparseCategoricalAccuracy",
        "SparseTopKCategoricalAccuracy", "MultiClassHinge", "PlaceCodeError", "LeNetMAP",
    ), "index"),
    **dict.fromkeys((
        "CategoricalCrossentropy", "CategoricalFocalCrossentropy", "CategoricalHinge", "CategoricalAccuracy",
        "TopKCategoricalAccuracy", "F1Score", "FBetaScore", "OneHotIoU", "OneHotMeanIoU", "KLDivergence",
        "CosineSimilarity", "Dice", "Tversky",
    ), "columns"),
    **dict.fromkeys((
        "BinaryCrossentropy", "BinaryFocalCrossentropy", "Hinge", "SquaredHinge", "BinaryAccuracy", "BinaryIoU", "AUC",
        "Precision", "Recall", "PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity",
        "SpecificityAtSensitivity", "TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives",
    ), "yes or no"),
    **dict.fromkeys((
        "MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredLogarithmicError", "Huber",
        "LogCosh", "LogCoshError", "Poisson", "RootMeanSquaredError", "R2Score", "PearsonCorrelation",
        "ConcordanceCorrelation",
    ), "number"),
}  # fmt: skip
#: The activation that a loss of these labels expects where it is given no logits.
ACTIVATIONS: Final[Mapping[Labels, str]] = {"index": "softmax", "yes or no": "sigmoid"}
#: Losses that take any number for an answer, so that no activation is wrong.
MARGINS: Final = frozenset({"Hinge", "SquaredHinge", "MultiClassHinge", "PlaceCodeError", "LeNetMAP"})
#: What to choose, by task, in the place of a loss or metric that does not fit.
LOSSES: Final = {"classes": "sparse categorical crossentropy", "binary": "binary crossentropy",
                 "numbers": "mean squared error"}  # fmt: skip
METRICS: Final = {"classes": "accuracy", "binary": "accuracy", "numbers": "mean absolute error"}
#: Layers that leave the meaning of their input's numbers as it is.
PLAIN: Final = frozenset({"Flatten", "Reshape", "Permute", "Identity", "Dropout", "ActivityRegularization"})
WAYS: Final = {"Softmax": "softmax", "ReLU": "relu", "LeakyReLU": "leaky relu", "ELU": "elu", "PReLU": "prelu"}
#: The same as parts of a recipe.
BEST_LOSS: Final[Mapping[str, Part]] = {
    "classes": CROSSENTROPY, "binary": Part("BinaryCrossentropy"), "numbers": Part("MeanSquaredError"),
}  # fmt: skip
BEST_METRIC: Final[Mapping[str, Part]] = {
    "classes": ACCURACY, "binary": ACCURACY, "numbers": Part("MeanAbsoluteError"),
}  # fmt: skip


def last_activation(graph: Graph, catalogue: Catalogue, id: str) -> tuple[Node, str] | None:
    """Find the activation that an output went through last, and its node; None where that cannot be said."""
    seen: set[str] = set()
    while id not in seen:
        seen.add(id)
        node = wiring.whole(graph, catalogue, id)
        if node.layer in WAYS:
            return node, WAYS[node.layer]
        if any(p.name == "activation" for p in catalogue.layer(node.layer).parameters):
            return node, str(catalogue.value(node, "activation"))
        before = graph.into(id)
        if node.layer not in PLAIN or not before:
            return None
        id = before[0].source.node
    return None
