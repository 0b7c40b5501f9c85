"""Which of the data each input receives, and what each output learns. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine import wiring
from engine.catalogue import Catalogue
from engine.data.columns import Column
from engine.datasets import DataSpec
from engine.errors import RecipeError
from engine.graph import Graph
from engine.recipe import PLAIN_OUTPUT, Recipe
from engine.values import FrozenMap
from engine.wiring import listed


@dataclass(frozen=True, slots=True)
class Feeding:
    """A network's inputs and outputs by their nodes' names, in its order, each with its column of the data."""

    inputs: tuple[tuple[str, Column], ...]
    outputs: tuple[tuple[str, Column], ...]


def feeding(graph: Graph, catalogue: Catalogue, recipe: Recipe, spec: DataSpec) -> Feeding:
    """Find what goes where in a network that is resolved.

    Raises:
        RecipeError: The data have nothing for an input or an output, or the recipe names an output that is none.
    """
    inputs, ends = wiring.model_inputs(graph, catalogue), wiring.model_outputs(graph, catalogue)
    outputs = [graph.node(end.node) for end in ends]
    check_outputs(recipe, [node.name for node in outputs])
    return Feeding(
        tuple((graph.node(id).name, received(spec, graph.node(id).name, len(inputs), id)) for id in inputs),
        tuple((node.name, learned(spec, recipe, node.name, node.id)) for node in outputs),
    )


def received(spec: DataSpec, name: str, inputs: int, node: str | None = None) -> Column:
    """Return the data's input that an input of this name receives: that of its name, or the only one."""
    if len(spec.inputs) == 1:
        return spec.inputs[0]
    found = _named(spec.inputs, name)
    if found is None:
        offered = listed([column.name for column in spec.inputs])
        raise RecipeError(
            f"Each input bears the name of what it receives; {spec.title} offer {offered}", received=repr(name)[:80],
            hint=f"Rename {name} to one of them" + (", and add inputs for the others" if inputs == 1 else ""),
            node=node,
        )  # fmt: skip
    return found


def learned(spec: DataSpec, recipe: Recipe, name: str, node: str | None = None) -> Column:
    """Return the target that an output of this name learns: the one chosen, that of its name, or the only one."""
    chosen = recipe.outputs.get(name, PLAIN_OUTPUT).target
    found = _named(spec.targets, chosen or name) or (spec.targets[0] if len(spec.targets) == 1 and not chosen else None)
    if found is None:
        offered = listed([column.name for column in spec.targets])
        raise RecipeError(
            f"{name} learns one of the targets of {spec.title}: {offered}", received=repr(chosen or name)[:80],
            hint=f"Rename {name} to one of them, or choose its target in the recipe", node=node,
        )  # fmt: skip
    return found


def check_outputs(recipe: Recipe, names: Sequence[str]) -> None:
    """Raise RecipeError where the recipe speaks of an output that the network has not."""
    unknown = next((name for name in recipe.outputs if name not in names), None)
    if unknown is not None:
        raise RecipeError(
            f"The recipe's outputs are those of the drawing: {listed(names) or 'none'}", received=repr(unknown)[:80],
            hint=f"Take {unknown} out of the recipe's outputs, or give an output that name",
        )  # fmt: skip


def followed(recipe: Recipe, before: Graph, after: Graph) -> Recipe:
    """Return a recipe that knows the outputs of an edited drawing by the names that they bear now."""
    ids = {node.name: id for id, node in before.nodes.items()} if recipe.outputs else {}

    def now(name: str) -> str:
        """An output within a block has the block's name before its own: `head.digit`."""
        first, dot, rest = name.partition(".")
        node = after.nodes.get(ids.get(first, ""))
        return name if node is None else f"{node.name}{dot}{rest}"

    if all(now(name) == name for name in recipe.outputs):
        return recipe
    return replace(recipe, outputs=FrozenMap({now(name): output for name, output in recipe.outputs.items()}))


def _named(columns: Sequence[Column], name: str) -> Column | None:
    return next((column for column in columns if column.name == name), None)
