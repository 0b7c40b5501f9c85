"""Whether a recipe fits a drawing: its inputs, its outputs, its loss and the data. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from engine import wiring
from engine.catalogue import Catalogue
from engine.datasets import DataSpec, counts
from engine.errors import EngineError
from engine.graph import End, Graph, Node
from engine.kinds import ParameterSpec, spell
from engine.mends import Mend, Mends, Set
from engine.recipe import ACCURACY, Recipe, check_recipe, snake
from engine.report import Problem, Report, Severity, TensorSpec
from engine.resolve import resolved
from engine.values import Part
from engine.wiring import listed, title

#: What the targets of a loss or a metric are: a class's number, a column a class, yes or no, a number to come near to.
Labels = Literal["index", "columns", "yes or no", "number"]
LABELS: Final[Mapping[str, Labels]] = {
    **dict.fromkeys((
        "SparseCategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy", "SparseCategoricalAccuracy",
        "SparseTopKCategoricalAccuracy",
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
MARGINS: Final = frozenset({"Hinge", "SquaredHinge"})
#: What to choose, by task, in the place of a loss or metric that does not fit.
LOSSES: Final = {"classes": "sparse categorical crossentropy", "binary": "binary crossentropy",
                 "numbers": "mean squared error"}  # fmt: skip
METRICS: Final = {"classes": "accuracy", "binary": "accuracy", "numbers": "mean absolute error"}
#: Layers that leave the meaning of their input's numbers as it is.
PLAIN: Final = frozenset({"Flatten", "Reshape", "Permute", "Identity", "Dropout", "ActivityRegularization"})
WAYS: Final = {"Softmax": "softmax", "ReLU": "relu", "LeakyReLU": "leaky relu", "ELU": "elu", "PReLU": "prelu"}


@dataclass(frozen=True, slots=True)
class Fit:
    """All that decides whether a recipe fits."""

    graph: Graph
    report: Report
    recipe: Recipe
    data: DataSpec
    catalogue: Catalogue
    mends: dict[Problem, tuple[Mend, ...]] = field(default_factory=dict)

    def noted(self, problem: Problem, *mends: Mend) -> Problem:
        """Note what would mend a problem, and return it."""
        self.mends[problem] = mends
        return problem

    def tensor(self, end: End) -> TensorSpec | None:
        node = self.report.nodes.get(end.node)
        return None if node is None else node.outputs.get(end.port)


def judged(
    graph: Graph, report: Report, recipe: Recipe, spec: DataSpec, catalogue: Catalogue
) -> tuple[tuple[Problem, ...], Mapping[Problem, Mends]]:
    """Say why a drawing, whose shapes are in `report`, cannot learn this data by this recipe, and what would mend that.

    A problem without nodes is the recipe's own; its `parameter` names the recipe's field. Errors come first.
    """
    fit = Fit(resolved(graph, catalogue), report, recipe, spec, catalogue)
    found = [*_recipe(fit), *_inputs(fit), *_outputs(fit)]
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.severity == "warning")), fit.mends


def recipe_problems(
    graph: Graph, report: Report, recipe: Recipe, spec: DataSpec, catalogue: Catalogue
) -> tuple[Problem, ...]:
    """Say what `judged` says, without what would mend it."""
    return judged(graph, report, recipe, spec, catalogue)[0]


def _recipe(fit: Fit) -> Iterator[Problem]:
    try:
        check_recipe(fit.recipe, fit.catalogue)
    except EngineError as error:
        yield Problem("error", error.sentence)


# -- what goes in


def _inputs(fit: Fit) -> Iterator[Problem]:
    ids = wiring.model_inputs(fit.graph, fit.catalogue)
    if len(ids) > 1:
        names = listed([fit.graph.node(id).name for id in ids])
        yield Problem("warning", f"Each of the inputs {names} is given the same sample of {fit.data.title}.", ids)
    for id in ids:
        tensor = fit.tensor(End(id, "output"))
        if tensor is not None:
            yield from _input(fit, fit.graph.node(id), tensor)


def _input(fit: Fit, node: Node, tensor: TensorSpec) -> Iterator[Problem]:
    takes, gives = tensor.shape[1:], fit.data.shape
    if len(takes) != len(gives) or any(a is not None and a != b for a, b in zip(takes, gives, strict=True)):
        sentence = (
            f"{title(node)} takes {tensor.label}; a sample of {fit.data.title} is {spell(gives)}. "
            f"Set its shape to {spell(gives)}."
        )
        yield fit.noted(Problem("error", sentence, (node.id,), "shape"), Set(node.id, "shape", gives))
    batch = tensor.shape[0]
    if batch is not None and (batch != fit.recipe.batch_size or any(count % batch for count in _parts(fit))):
        sentence = (
            f"{title(node)} takes {batch} samples at a time, no more and no fewer; batches here hold up to "
            f"{fit.recipe.batch_size}, and the last one holds what is left. Clear its batch size."
        )
        yield fit.noted(Problem("error", sentence, (node.id,), "batch_size"), Set(node.id, "batch_size", None))
    if tensor.dtype.startswith(("int", "uint", "bool")) and fit.data.scale != 1:
        sentence = (
            f"{title(node)} holds {tensor.dtype}; {fit.data.title} are fractions from 0 to 1 and would all but vanish. "
            "Set its dtype to float32."
        )
        yield fit.noted(Problem("warning", sentence, (node.id,), "dtype"), Set(node.id, "dtype", "float32"))


def _parts(fit: Fit) -> tuple[int, int, int]:
    return counts(fit.recipe.data, fit.data.samples)


# -- what comes out


def _outputs(fit: Fit) -> Iterator[Problem]:
    """Every output learns the targets; one that cannot is most often a layer that was not wired onward."""
    ends = wiring.model_outputs(fit.graph, fit.catalogue)
    if not ends:
        yield Problem("error", "The drawing has no output: its last layer gives what is learned. Add a layer.")
    for end in ends:
        tensor = fit.tensor(end)
        if tensor is not None:
            yield from _loss(fit, end.node, tensor, several=len(ends) > 1)
            yield from _metrics(fit, tensor)


def _loss(fit: Fit, id: str, tensor: TensorSpec, *, several: bool) -> Iterator[Problem]:
    labels = LABELS.get(fit.recipe.loss.class_name)
    if labels is None:
        return
    wrong = _wrong_labels(fit, fit.recipe.loss, labels, tensor, LOSSES)
    if wrong is not None:
        yield Problem(wrong[0], wrong[1], (), "loss")
    if wrong is None or wrong[0] == "warning":
        width = _width(fit, id, labels, tensor, several=several)
        yield from width
        yield from () if width else _activation(fit, id, labels)


def _metrics(fit: Fit, tensor: TensorSpec) -> Iterator[Problem]:
    for metric in fit.recipe.metrics:
        labels = LABELS.get(metric.class_name)
        if metric == ACCURACY and fit.data.task == "numbers":
            sentence = f"Accuracy counts right classes; {fit.data.title} have numbers. Choose {METRICS['numbers']}."
            yield Problem("warning", sentence, (), "metrics")
        elif labels is not None:
            wrong = _wrong_labels(fit, metric, labels, tensor, METRICS)
            if wrong is not None:
                yield Problem(wrong[0], wrong[1], (), "metrics")


def _wrong_labels(
    fit: Fit, part: Part, labels: Labels, tensor: TensorSpec, better: Mapping[str, str]
) -> tuple[Severity, str] | None:
    """Say that a loss or metric is for targets of another kind than the data's; None where it fits."""
    task = fit.data.task
    have = "yes or no" if task == "binary" else "numbers" if task == "numbers" else f"{len(fit.data.classes)} classes"
    fits: dict[Labels, bool] = {
        "index": task != "numbers",
        "columns": False,
        "yes or no": task == "binary",
        "number": task == "numbers",
    }
    if fits[labels]:
        return None
    wants = {"index": "the number of a class", "columns": "a column for each class", "yes or no": "yes or no",
             "number": "a number to come near to"}[labels]  # fmt: skip
    single = labels == "number" and tensor.shape[1:] in ((), (1,))
    sentence = (
        f"{_started(part)} expects targets that are {wants}. Received: {have}, from {fit.data.title}. "
        f"Choose {better[task]}."
    )
    return ("warning" if single else "error"), sentence


def _width(fit: Fit, id: str, labels: Labels, tensor: TensorSpec, *, several: bool) -> list[Problem]:
    """Say that the output holds more or fewer numbers for a sample than the targets call for."""
    node = fit.graph.node(id)
    wanted = len(fit.data.classes) if labels == "index" else 1
    if labels != "index" and tensor.shape[1:] == ():
        return []
    onward = " Or wire it onward: as it is, it is an output of its own." if several else ""
    unit = "one for each class" if labels == "index" else "one number"
    if len(tensor.shape) != 2:
        sentence = (
            f"{title(node)} gives {tensor.label} for each sample; {fit.data.title} call for {wanted}, {unit}. "
            f"Wire it to a Flatten and a Dense of {wanted} units.{onward}"
        )
        return [Problem("error", sentence, (id,))]
    given = tensor.shape[1]
    if given is None or given == wanted:
        return []
    parameter = "units" if "units" in (p.name for p in fit.catalogue.layer(node.layer).parameters) else ""
    remedy = f"Set units to {wanted}" if parameter else f"Wire it to a Dense of {wanted} units"
    spare = labels == "index" and given > wanted and parameter and not several
    severity: Severity = "warning" if spare else "error"
    sentence = (
        f"{title(node)} gives {given} number{'s' if given != 1 else ''} for each sample; {fit.data.title} call for "
        f"{wanted}, {unit}. {remedy}.{onward}"
    )
    mends = (Set(id, parameter, wanted),) if parameter and not several else ()
    return [fit.noted(Problem(severity, sentence, (id,), parameter), *mends)]


def _activation(fit: Fit, id: str, labels: Labels) -> Iterator[Problem]:
    """Say that the last activation gives other than what the loss takes: probabilities, or logits."""
    loss = fit.recipe.loss
    found = last_activation(fit.graph, fit.catalogue, id)
    wanted = ACTIVATIONS.get(labels)
    if found is None or wanted is None or loss.class_name in MARGINS:
        return
    node, activation = found
    logits = bool(loss.values.get("from_logits"))
    wanted = "linear" if logits else wanted
    if activation == wanted:
        return
    also = ""
    if logits and activation in ACTIVATIONS.values():
        also = ", or turn from logits off in the loss"
    elif activation == "linear" and "from_logits" in (p.name for p in _parameters(fit, loss)):
        also = ", or turn from logits on in the loss"
    sentence = (
        f"{_started(loss)} expects {'raw numbers (logits)' if logits else 'probabilities'}. "
        f"Received: what {activation} gives, from {title(node)}. Set its activation to {wanted}{also}."
    )
    mends = (Set(node.id, "activation", wanted),) if node.layer not in WAYS else ()
    yield fit.noted(Problem("warning", sentence, (node.id,), "activation"), *mends)


def _parameters(fit: Fit, loss: Part) -> tuple[ParameterSpec, ...]:
    return fit.catalogue.part("loss", loss.class_name).parameters


def _started(part: Part) -> str:
    """The name of a loss or metric as a sentence begins with it."""
    words = snake(part.class_name).replace("_", " ").capitalize()
    return part.class_name if part.class_name.isupper() else words


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
