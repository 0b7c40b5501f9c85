"""What might make the end of a drawing fit its recipe: other units, layers added, another loss. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import wiring
from engine.fit import Fit
from engine.fitters import Append, Insert, Recast, TakeOut
from engine.graph import End, Node, reachable
from engine.labels import ACTIVATIONS, BEST_LOSS, BEST_METRIC, LABELS, last_activation
from engine.mends import Choose, Mend, Remove, Set, Together
from engine.recipe import ACCURACY, snake
from engine.remedies import POOLING
from engine.values import FrozenMap, Part, Value
from engine.wiring import listed

#: So many layers back from the end, the cause of too many axes is looked for.
FARTHEST: Final = 12


def begun(fit: Fit) -> Iterator[Mend]:
    """Yield the layers that a drawing of inputs alone lacks."""
    index = fit.data.task != "numbers"
    wanted = len(fit.data.classes) if index else 1
    for id, node in fit.graph.nodes.items():
        if node.layer == "InputLayer":
            yield Append(End(id, "output"), (("Flatten", FrozenMap()), _dense(wanted, _activation(fit))))
            return


def of_width(fit: Fit, id: str, wanted: int, activation: str, *, several: bool) -> Iterator[Mend]:
    """Yield what gives an output as many numbers as the targets call for."""
    node = fit.graph.node(id)
    end = End(id, fit.catalogue.layer(node.layer).outputs[0].name)
    tensor = fit.tensor(end)
    if several:
        yield from _dead(fit, id)
    if tensor is None:
        return
    rank = len(tensor.shape)
    if rank == 2 and tensor.shape[1] == len(fit.data.classes) and fit.data.task == "binary":
        yield _choose_loss(Part("SparseCategoricalCrossentropy"))
    yield from _units(fit, node, wanted, activation) if rank == 2 else _fewer_axes(fit, id)
    last = _dense(wanted, activation)
    before: list[tuple[tuple[str, FrozenMap[Value]], ...]] = [()] if rank == 2 else [(("Flatten", FrozenMap()),)]
    if rank in POOLING:
        before.append(((POOLING[rank], FrozenMap()),))
    yield from (Append(end, (*layers, last)) for layers in before)


def _units(fit: Fit, node: Node, wanted: int, activation: str) -> Iterator[Mend]:
    spec = fit.catalogue.layer(node.layer)
    if not any(parameter.name == "units" for parameter in spec.parameters):
        return
    units = Set(node.id, "units", wanted)
    found = last_activation(fit.graph, fit.catalogue, node.id)
    other = found is not None and found[0].id == node.id and found[1] not in ("linear", activation)
    yield Together((units, Set(node.id, "activation", activation))) if other else units


def _fewer_axes(fit: Fit, id: str) -> Iterator[Mend]:
    """Yield what takes axes away before the end: the last step alone, Flatten or pooling before the first Dense."""
    dense: str | None = None
    for _ in range(FARTHEST):
        node, into = fit.graph.node(id), fit.graph.into(id)
        if node.layer == "Dense":
            dense = id
        if any(p.name == "return_sequences" for p in fit.catalogue.layer(node.layer).parameters):
            yield Set(id, "return_sequences", False)
            break
        if len(into) != 1 or fit.catalogue.layer(node.layer).group in ("Convolution", "Merging"):
            break
        id = into[0].source.node
    if dense is not None:
        edge = fit.graph.into(dense)[0]
        tensor = fit.tensor(edge.source)
        yield Insert(edge.source.node, edge.target, "Flatten")
        if tensor is not None and len(tensor.shape) in POOLING:
            yield Insert(edge.source.node, edge.target, POOLING[len(tensor.shape)])


def _dead(fit: Fit, id: str) -> Iterator[Mend]:
    """Yield that all goes which leads to this end alone."""
    others = [end.node for end in wiring.model_outputs(fit.graph, fit.catalogue) if end.node != id]
    kept = reachable(fit.graph, others, upstream=True)
    alone = reachable(fit.graph, [id], upstream=True) - kept
    yield Remove(tuple(each for each in fit.graph.nodes if each in alone))


# -- activations


def with_logits(fit: Fit, *, on: bool) -> Choose:
    loss = fit.recipe.loss
    changed = loss.with_value("from_logits", True) if on else loss.without_value("from_logits")
    return Choose("loss", changed, f"Turn from logits {'on' if on else 'off'} in the loss")


def other_way(node: Node, wanted: str) -> Iterator[Mend]:
    """Yield what makes a layer that is an activation another, or takes it out."""
    if node.layer in ("Softmax", "ReLU", "LeakyReLU", "ELU", "PReLU"):
        if wanted == "linear":
            yield TakeOut(node.id)
        else:
            yield Recast(node.id, "Activation", FrozenMap({"activation": wanted}))


def taken_out(node: Node) -> TakeOut:
    return TakeOut(node.id)


# -- losses and metrics


def of_loss(fit: Fit, id: str) -> Iterator[Mend]:
    """Yield the loss for the data's targets; with it, units and activation of the output where they do not fit it."""
    best = BEST_LOSS[fit.data.task]
    tensor = fit.tensor(End(id, fit.catalogue.layer(fit.graph.node(id).layer).outputs[0].name))
    if fit.data.task == "binary" and tensor is not None and tensor.shape[1:] == (2,):
        best = BEST_LOSS["classes"]
    node, chosen = fit.graph.node(id), _choose_loss(best)
    found = last_activation(fit.graph, fit.catalogue, id)
    if found is not None and found[1] == "linear" and fit.data.task != "numbers":
        yield Choose("loss", best.with_value("from_logits", True), chosen.words)
    yield chosen
    index = LABELS[best.class_name] == "index"
    for mend in _units(fit, node, len(fit.data.classes) if index else 1, _activation(fit)):
        yield Together((chosen, mend))
        if isinstance(mend, Set):
            yield Together((chosen, mend, Set(id, "activation", _activation(fit))))


def other_metric(fit: Fit, metric: Part) -> Choose:
    """The usual metric of the data in the place of one that does not fit."""
    best = BEST_METRIC[fit.data.task]
    metrics = tuple(dict.fromkeys(best if each == metric else each for each in fit.recipe.metrics))
    words = listed([_word(each) for each in metrics])
    return Choose("metrics", metrics, f"Set metrics to {words}")


def _choose_loss(part: Part) -> Choose:
    return Choose("loss", part, f"Set loss to {_word(part)}")


def _activation(fit: Fit) -> str:
    return ACTIVATIONS.get(LABELS[BEST_LOSS[fit.data.task].class_name], "linear")


def _dense(units: int, activation: str) -> tuple[str, FrozenMap[Value]]:
    return "Dense", FrozenMap({"units": units, "activation": activation})


def _word(part: Part) -> str:
    return ACCURACY.class_name if part == ACCURACY else snake(part.class_name).replace("_", " ")
