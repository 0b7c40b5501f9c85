"""Whether what comes out of a drawing is what its loss, its metrics and its data take. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from engine import endings, ignored, widths, wiring
from engine.fit import Fit
from engine.graph import Node
from engine.kinds import ParameterSpec
from engine.labels import ACTIVATIONS, LABELS, LOSSES, MARGINS, METRICS, WAYS, Labels, last_activation
from engine.mends import Mend, Set
from engine.recipe import ACCURACY, snake
from engine.report import Problem, Severity, TensorSpec
from engine.values import Part
from engine.wiring import title


def output_problems(fit: Fit) -> Iterator[Problem]:
    """Every output learns the targets; one that cannot is most often a layer that was not wired onward."""
    ends = wiring.model_outputs(fit.graph, fit.catalogue)
    if not ends:
        problem = Problem("error", "The drawing has no output: its last layer gives what is learned. Add a layer.")
        yield fit.noted(problem, seek=partial(endings.begun, fit))
    for end in ends:
        tensor = fit.tensor(end)
        if tensor is not None:
            yield from _loss(fit, end.node, tensor, several=len(ends) > 1)
            yield from _metrics(fit, end.node, tensor)


def _loss(fit: Fit, id: str, tensor: TensorSpec, *, several: bool) -> Iterator[Problem]:
    loss = fit.loss(id)
    labels = LABELS.get(loss.class_name)
    if labels is None:
        return
    wrong = _wrong_labels(fit, id, loss, labels, tensor, LOSSES)
    if wrong is None and labels == "index":
        yield from ignored.problems(fit, id)
    if wrong is not None:
        yield fit.noted(Problem(wrong[0], wrong[1], (), "loss"), seek=partial(endings.of_loss, fit, id))
    if wrong is None or wrong[0] == "warning":
        width = widths.problems(fit, id, labels, tensor, several=several)
        yield from width
        yield from () if width else _activation(fit, id, labels, tensor)


def _metrics(fit: Fit, id: str, tensor: TensorSpec) -> Iterator[Problem]:
    for metric in fit.metrics(id):
        labels = LABELS.get(metric.class_name)
        if metric == ACCURACY and fit.learned(id).task == "numbers":
            sentence = f"Accuracy counts right classes; {fit.data.title} have numbers. Choose {METRICS['numbers']}."
            yield fit.noted(Problem("warning", sentence, (), "metrics"), endings.other_metric(fit, id, metric))
        elif labels is not None:
            wrong = _wrong_labels(fit, id, metric, labels, tensor, METRICS)
            if wrong is not None:
                yield fit.noted(Problem(wrong[0], wrong[1], (), "metrics"), endings.other_metric(fit, id, metric))


def _wrong_labels(
    fit: Fit, id: str, part: Part, labels: Labels, tensor: TensorSpec, better: Mapping[str, str]
) -> tuple[Severity, str] | None:
    """Say that a loss or metric is for targets of another kind than the data's; None where it fits."""
    column = fit.learned(id)
    task = column.task
    have = "yes or no" if task == "binary" else "numbers" if task == "numbers" else f"{column.width} classes"
    fits: dict[Labels, bool] = {
        "index": task != "numbers",
        "columns": False,
        "yes or no": task == "binary" or column.is_share,
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


# -- the last activation


def _activation(fit: Fit, id: str, labels: Labels, tensor: TensorSpec) -> Iterator[Problem]:
    """Say that the last activation gives other than what the loss takes: probabilities, or logits."""
    loss = fit.loss(id)
    found = last_activation(fit.graph, fit.catalogue, id)
    if found is None:
        return
    node, activation = found
    if activation == "softmax" and tensor.shape[-1] == 1 and len(tensor.shape) > 1:
        yield _constant(fit, node, ACTIVATIONS.get(labels, "linear"))
        return
    wanted = ACTIVATIONS.get(labels)
    if wanted is None or loss.class_name in MARGINS:
        return
    logits = bool(loss.values.get("from_logits"))
    wanted = "linear" if logits else wanted
    if activation == wanted:
        yield from _twice(fit, node, activation)
        return
    takes_logits = "from_logits" in (p.name for p in _parameters(fit, loss))
    also = ""
    if logits and activation in ACTIVATIONS.values():
        also = ", or turn from logits off in the loss"
    elif activation == "linear" and takes_logits:
        also = ", or turn from logits on in the loss"
    sentence = (
        f"{_started(loss)} expects {'raw numbers (logits)' if logits else 'probabilities'}. "
        f"Received: what {activation} gives, from {title(node)}. Set its activation to {wanted}{also}."
    )
    mends: list[Mend] = [] if node.layer in WAYS else [Set(node.id, "activation", wanted)]
    if also:
        mends.insert(0 if logits else 1, endings.with_logits(fit, id, on=not logits))
    yield fit.noted(Problem("warning", sentence, (node.id,), "activation"), *mends, *endings.other_way(node, wanted))


def _constant(fit: Fit, node: Node, wanted: str) -> Problem:
    sentence = (
        f"{title(node)} gives softmax over one number, which is always 1: nothing can be learned. "
        f"Set its activation to {wanted}."
    )
    set_it = () if node.layer in WAYS else (Set(node.id, "activation", wanted),)
    return fit.noted(Problem("error", sentence, (node.id,), "activation"), *set_it, *endings.other_way(node, wanted))


def _twice(fit: Fit, node: Node, activation: str) -> Iterator[Problem]:
    """Say that an activation of its own stands behind a layer that has it already."""
    before = fit.graph.into(node.id)
    if activation not in ACTIVATIONS.values() or len(before) != 1 or node.layer not in (*WAYS, "Activation"):
        return
    found = last_activation(fit.graph, fit.catalogue, before[0].source.node)
    if found is None or found[1] not in ACTIVATIONS.values():
        return
    sentence = (
        f"{title(node)} takes the {activation} of what went through {found[1]} already, from {title(found[0])}: the "
        "answers come out all but alike. Take one of them out."
    )
    yield fit.noted(Problem("warning", sentence, (node.id, found[0].id)), endings.taken_out(node))


def _parameters(fit: Fit, loss: Part) -> tuple[ParameterSpec, ...]:
    return fit.catalogue.part("loss", loss.class_name).parameters


def _started(part: Part) -> str:
    """The name of a loss or metric as a sentence begins with it."""
    words = snake(part.class_name).replace("_", " ").capitalize()
    return part.class_name if part.class_name.isupper() else words
