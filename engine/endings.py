"""What might make the end of a drawing fit its recipe: other units, layers added, another loss. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from engine import wiring
from engine.data.columns import IGNORED, Column
from engine.fit import Fit
from engine.fitters import Append, Insert, Recast, TakeOut
from engine.graph import End, Node, reachable
from engine.labels import ACTIVATIONS, BEST_LOSS, BEST_METRIC, LABELS, last_activation
from engine.mends import Choose, Mend, Remove, Set, Together
from engine.recipe import ACCURACY, OutputChoice, snake
from engine.remedies import POOLING
from engine.values import FrozenMap, Part, Value
from engine.wiring import listed

#: So many layers back from the end, the cause of too many axes is looked for.
FARTHEST: Final = 12


def begun(fit: Fit) -> Iterator[Mend]:
    """Yield the layers that a drawing of inputs alone lacks."""
    column = fit.data.targets[0]
    if column.shape not in ((), (1,)):
        return
    wanted = column.width if column.task != "numbers" else 1
    for id, node in fit.graph.nodes.items():
        if node.layer == "InputLayer":
            yield Append(End(id, "output"), (("Flatten", FrozenMap()), _dense(wanted, _activation(column))))
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
    column = fit.learned(id)
    if rank == 2 and tensor.shape[1] == column.width and column.task == "binary":
        yield _choose_loss(fit, id, Part("SparseCategoricalCrossentropy"))
    yield from _units(fit, node, wanted, activation) if rank == 2 else _fewer_axes(fit, id)
    last = _dense(wanted, activation)
    before: list[tuple[tuple[str, FrozenMap[Value]], ...]] = [()] if rank == 2 else [(("Flatten", FrozenMap()),)]
    if rank in POOLING:
        before.append(((POOLING[rank], FrozenMap()),))
    yield from (Append(end, (*layers, last)) for layers in before)


def of_places(fit: Fit, id: str, wanted: tuple[int, ...], *, several: bool) -> Iterator[Mend]:
    """Yield what gives an output the shape of a target that has many places."""
    node = fit.graph.node(id)
    tensor = fit.tensor(End(id, fit.catalogue.layer(node.layer).outputs[0].name))
    if several:
        yield from _dead(fit, id)
    if tensor is None:
        return
    if len(tensor.shape) == len(wanted):
        yield from _all_steps(fit, id)
    names = {parameter.name for parameter in fit.catalogue.layer(node.layer).parameters}
    if len(tensor.shape) == len(wanted) + 1 and tensor.shape[1:-1] == wanted[:-1]:
        yield from (Set(id, name, wanted[-1]) for name in ("units", "filters") if name in names)


def _all_steps(fit: Fit, id: str) -> Iterator[Mend]:
    """Yield that the nearest layer that gives its last step alone gives all."""
    for _ in range(FARTHEST):
        node, into = fit.graph.node(id), fit.graph.into(id)
        if any(p.name == "return_sequences" for p in fit.catalogue.layer(node.layer).parameters):
            if not node.values.get("return_sequences"):
                yield Set(id, "return_sequences", True)
            return
        if len(into) != 1:
            return
        id = into[0].source.node


def ignoring(fit: Fit, id: str) -> Choose:
    """The loss of an output, which leaves out the places where nothing is asked."""
    loss = fit.loss(id)
    takes = any(p.name == "ignore_class" for p in fit.catalogue.part("loss", loss.class_name).parameters)
    chosen = loss if takes else Part("SparseCategoricalCrossentropy")
    return _choose(fit, id, chosen.with_value("ignore_class", IGNORED), f"Set ignore class of the loss to {IGNORED}")


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


def with_logits(fit: Fit, id: str, *, on: bool) -> Choose:
    loss = fit.loss(id)
    changed = loss.with_value("from_logits", True) if on else loss.without_value("from_logits")
    return _choose(fit, id, changed, f"Turn from logits {'on' if on else 'off'} in the loss")


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
    column = fit.learned(id)
    best = BEST_LOSS[column.task]
    tensor = fit.tensor(End(id, fit.catalogue.layer(fit.graph.node(id).layer).outputs[0].name))
    if column.task == "binary" and tensor is not None and tensor.shape[1:] == (*column.shape, 2):
        best = BEST_LOSS["classes"]
    node, chosen = fit.graph.node(id), _choose_loss(fit, id, best)
    found = last_activation(fit.graph, fit.catalogue, id)
    if found is not None and found[1] == "linear" and column.task != "numbers":
        yield _choose(fit, id, best.with_value("from_logits", True), chosen.words)
    yield chosen
    index = LABELS[best.class_name] == "index"
    for mend in _units(fit, node, column.width if index else 1, _activation(column)):
        yield Together((chosen, mend))
        if isinstance(mend, Set):
            yield Together((chosen, mend, Set(id, "activation", _activation(column))))


def other_metric(fit: Fit, id: str, metric: Part) -> Choose:
    """The usual metric of an output's target in the place of one that does not fit."""
    best = BEST_METRIC[fit.learned(id).task]
    metrics = tuple(dict.fromkeys(best if each == metric else each for each in fit.metrics(id)))
    words = f"Set metrics to {listed([_word(each) for each in metrics])}"
    name = fit.graph.node(id).name
    output = fit.recipe.outputs.get(name)
    if output is None or output.metrics is None:
        return Choose("metrics", metrics, words)
    return _of_output(fit, name, replace(output, metrics=metrics), words)


def _choose_loss(fit: Fit, id: str, part: Part) -> Choose:
    return _choose(fit, id, part, f"Set loss to {_word(part)}")


def _choose(fit: Fit, id: str, loss: Part, words: str) -> Choose:
    """A loss for an output: where it has one of its own, that one, else the recipe's."""
    name = fit.graph.node(id).name
    output = fit.recipe.outputs.get(name)
    if output is None or output.loss is None:
        return Choose("loss", loss, words)
    return _of_output(fit, name, replace(output, loss=loss), words)


def _of_output(fit: Fit, name: str, output: OutputChoice, words: str) -> Choose:
    return Choose("outputs", fit.recipe.outputs.with_item(name, output), f"{words}, for {name}")


def _activation(column: Column) -> str:
    return ACTIVATIONS.get(LABELS[BEST_LOSS[column.task].class_name], "linear")


def _dense(units: int, activation: str) -> tuple[str, FrozenMap[Value]]:
    return "Dense", FrozenMap({"units": units, "activation": activation})


def _word(part: Part) -> str:
    return ACCURACY.class_name if part == ACCURACY else snake(part.class_name).replace("_", " ")
