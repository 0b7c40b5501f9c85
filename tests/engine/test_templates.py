"""The templates as they ship: their facts, their tours, and how each is laid out, at every size."""

from __future__ import annotations

import itertools
from typing import Final

import pytest

from engine.catalogue import catalogue
from engine.datasets import dataset
from engine.errors import EngineError
from engine.graph import BLOCK, Graph, Node, Note
from engine.project import load
from engine.recipe import check_recipe
from engine.resolve import resolved
from engine.sizes import sized
from engine.templates import FOLDER, Expectation, Template, start, templates
from engine.tours import Step, tours

KERAS = catalogue()
GROUPS: Final = ("Feed-forward", "Convolutional", "Sequences", "Attention")
PANELS: Final = frozenset({"palette", "inspector", "training", "monitor", "problems"})
#: What a node takes on the canvas without its thumbnail, and what stays free around it.
WIDE, HIGH, GAP = 168.0, 52.0, 10.0
#: A folded block tells more, a collapsed layer less.
FOLDED, SLIM = 104.0, 28.0
#: As much as is seen at a size at which names are read.
SHEET: Final = (2000.0, 1200.0)
EVERY: Final = pytest.mark.parametrize("template", templates().values(), ids=lambda template: template.name)
SIZES: Final = pytest.mark.parametrize(
    ("template", "size"), [(template, size) for template in templates().values() for size in template.sizes],
    ids=lambda item: getattr(item, "name", item),
)  # fmt: skip


# -- facts


def test_each_file_is_a_template_and_each_template_has_a_tour() -> None:
    assert {path.stem for path in FOLDER.glob("*.loom")} == set(templates())
    assert list(tours()) == list(templates())
    assert {template.group for template in templates().values()} <= set(GROUPS)


@EVERY
def test_its_facts_are_told(template: Template) -> None:
    assert template.title
    assert template.line.endswith(".")
    assert 20 <= len(template.line) <= 140
    assert template.tags
    assert template.year == 0 or 1700 <= template.year <= 2026
    assert (template.expects.at_least is None) != (template.expects.at_most is None)


def test_an_expectation_is_met_or_missed() -> None:
    assert Expectation("val_accuracy", at_least=0.9).met(0.9)
    assert not Expectation("val_accuracy", at_least=0.9).met(float("nan"))
    assert Expectation("val_loss", at_most=0.1).met(0.05)
    assert not Expectation("val_loss", at_most=0.1).met(0.2)


def test_a_size_that_is_not_had_is_refused() -> None:
    with pytest.raises(EngineError, match="digits-cnn comes in the sizes tiny"):
        start("digits-cnn", "huge", KERAS)


# -- the drawing


@EVERY
def test_the_file_is_its_first_size_and_lists_the_others(template: Template) -> None:
    project = load(template.path, KERAS)
    if len(template.sizes) > 1:
        assert tuple(project.sizes) == template.sizes
        assert project.size == template.sizes[0]
    for size in project.sizes:
        assert sized(sized(project, size, KERAS), template.sizes[0], KERAS) == project


@SIZES
def test_its_values_are_spelled_as_the_program_spells_them(template: Template, size: str) -> None:
    project = start(template.name, size, KERAS)
    known = KERAS.with_blocks(project.graph.blocks)
    assert all(known.values(node) == node.values for node in project.graph.nodes.values())
    for node in resolved(project.graph, KERAS).nodes.values():
        KERAS.values(node)  # raises where a formula gives what cannot be
    recipe = check_recipe(project.recipe, KERAS)
    assert recipe == project.recipe
    dataset(recipe.data)


@EVERY
def test_a_note_says_what_it_is(template: Template) -> None:
    graph = load(template.path, KERAS).graph
    assert len(graph.notes) == 1
    text = next(iter(graph.notes.values())).text
    assert template.year == 0 or str(template.year) in text
    assert len(text) >= 120


@EVERY
def test_nothing_covers_anything(template: Template) -> None:
    graph = load(template.path, KERAS).graph
    for drawn in (graph, *(block.graph for block in graph.blocks.values())):
        for (name, one), (other, two) in itertools.combinations(_boxes(drawn), 2):
            assert not _near(one, two), f"{name} and {other} stand on each other"


@EVERY
def test_it_is_seen_at_once(template: Template) -> None:
    boxes = [box for _, box in _boxes(load(template.path, KERAS).graph)]
    left, top = (min(box[axis] for box in boxes) for axis in (0, 1))
    right, bottom = (max(box[axis + 2] for box in boxes) for axis in (0, 1))
    assert right - left <= SHEET[0]
    assert bottom - top <= SHEET[1]


@pytest.mark.parametrize(("size", "layers"), [("tiny", 100), ("paper", 500)])
def test_the_deepest_network_is_few_nodes_on_the_sheet(size: str, layers: int) -> None:
    graph = start("resnet152", size, KERAS).graph
    assert len(graph.nodes) <= 25
    assert len(resolved(graph, KERAS).nodes) > layers


def _boxes(graph: Graph) -> list[tuple[str, tuple[float, float, float, float]]]:
    things: list[Node | Note] = [*graph.nodes.values(), *graph.notes.values()]
    return [_box(thing) for thing in things]


def _box(thing: Node | Note) -> tuple[str, tuple[float, float, float, float]]:
    wide, high = (WIDE, _high(thing)) if isinstance(thing, Node) else thing.size
    name = thing.name if isinstance(thing, Node) else "the note"
    return name, (*thing.at, thing.at[0] + wide, thing.at[1] + high)


def _high(node: Node) -> float:
    return SLIM if node.collapsed else FOLDED if node.layer.startswith(BLOCK) else HIGH


def _near(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return all(one[axis] < two[axis + 2] + GAP and two[axis] < one[axis + 2] + GAP for axis in (0, 1))


# -- the tour


@EVERY
def test_its_tour_points_at_what_is_there(template: Template) -> None:
    graph = load(template.path, KERAS).graph
    steps = tours()[template.name]
    assert 3 <= len(steps) <= 6
    for step in steps:
        assert step.say.endswith(".")
        assert len(step.say) <= 240
        assert _there(step, graph), step.at


def _there(step: Step, graph: Graph) -> bool:
    names = {node.name: node.id for node in graph.nodes.values()}
    if step.kind == "wire":
        source, _, target = step.target.partition(">")
        return any((edge.source.node, edge.target.node) == (names[source], names[target]) for edge in graph.edges)
    return step.target in {"node": names.keys(), "panel": PANELS, "action": _actions()}[step.kind]


def _actions() -> frozenset[str]:
    from gui.actions import BY_ID

    return frozenset(BY_ID)
