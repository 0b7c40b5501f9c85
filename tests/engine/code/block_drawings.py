"""Drawings with blocks, for tests of exported code: rows, first units, blocks in blocks, many ports. Knows no test."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.graph import BLOCK, Block, BlockParameter, Graph
from engine.values import Formula, FrozenMap, Value
from tests.engine.drawings import Kind, drawing, layer

INLET: Final = layer("Inlet")
OUTLET: Final = layer("Outlet")


def instance(name: str, **values: Value) -> Kind:
    return BLOCK + name, None, FrozenMap(values)


def with_blocks(graph: Graph, *blocks: Block) -> Graph:
    return replace(graph, blocks=FrozenMap({block.name: block for block in blocks}))


def residual() -> Graph:
    """Stages of residual units: the first of each row has a stride and a projection; how long rows are is a formula."""
    inside = drawing(
        "x > conv1", "conv1 > norm1", "norm1 > relu1", "relu1 > conv2", "conv2 > add", "x > short", "short > add",
        "add > relu2", "relu2 > y",
        x=INLET,
        conv1=layer("Conv2D", filters=Formula("filters"), kernel_size=3, strides=Formula("strides"), padding="same"),
        norm1=layer("BatchNormalization"), relu1=layer("ReLU"),
        conv2=layer("Conv2D", filters=Formula("filters"), kernel_size=3, padding="same"),
        short=layer("Conv2D", filters=Formula("filters"), kernel_size=1, strides=Formula("strides")),
        add=layer("Add"), relu2=layer("ReLU"), y=OUTLET,
    )  # fmt: skip
    inside = inside.with_node(replace(inside.node("short"), when="project"))
    unit = Block("Residual", inside, (
        BlockParameter("filters", "int", 4), BlockParameter("strides", "int", 1, first=True),
        BlockParameter("project", "bool", False, first=True),
    ), "Two convolutions and a short cut\n\nHe et al. 2015.")  # fmt: skip
    rows = drawing(
        "x > row.x", "row.y > y", x=INLET, y=OUTLET,
        row=instance(unit.name, filters=Formula("width / 2"), strides=2, project=True, repeat=Formula("depth")),
    )  # fmt: skip
    stage = Block("stage", rows, (BlockParameter("width", "int", 8), BlockParameter("depth", "int", 2)))
    return with_blocks(
        drawing(
            "image > first.x", "first.y > second.x", "second.y > pool", "pool > digit",
            image=layer("InputLayer", shape=(8, 8, 1)), first=instance("stage", depth=3), second=instance("stage"),
            pool=layer("GlobalAveragePooling2D"), digit=layer("Dense", units=10, activation="softmax"),
        ),
        unit, stage,
    )  # fmt: skip


def towers() -> Graph:
    """A row of blocks with two outlets that also takes what is given to every unit; both outlets go on."""
    inside = drawing(
        "a > left", "b > right", "left > mixed", "given > mixed", "mixed > one", "right > two",
        a=INLET, b=INLET, given=INLET,
        left=layer("Dense", units=Formula("units")), right=layer("Dense", units=Formula("units * 2 // 2")),
        mixed=layer("Concatenate"), one=OUTLET, two=OUTLET,
    )  # fmt: skip
    tower = Block("tower", inside, (BlockParameter("units", "int", 3),))
    return with_blocks(
        drawing(
            "image > flat", "flat > row.a", "flat > row.b", "flat > row.given", "row.one > both", "row.two > both",
            "both > digit",
            image=layer("InputLayer", shape=(8, 8, 1)), flat=layer("Flatten"),
            row=instance("tower", repeat=3, units=5), both=layer("Concatenate"),
            digit=layer("Dense", units=10, activation="softmax"),
        ),
        tower,
    )  # fmt: skip
