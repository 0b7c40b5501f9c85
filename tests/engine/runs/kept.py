"""Runs for tests of what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.graph import Edge, End, Graph, Node
from engine.graph_json import graph_to_json
from engine.recipe import Recipe, recipe_to_json
from engine.runs.store import Store
from engine.runs.values import Begun, EpochRow, Spool, network_key
from engine.values import FrozenMap

CHAIN = Graph(
    FrozenMap(
        {
            "n1": Node("n1", "InputLayer", "image", FrozenMap({"shape": (8, 8, 1)}), (0, 0)),
            "n2": Node("n2", "Flatten", "flat", FrozenMap(), (240, 0)),
            "n3": Node("n3", "Dense", "digit", FrozenMap({"units": 10}), (480, 0)),
        }
    ),
    (Edge(End("n1", "output"), End("n2", "input")), Edge(End("n2", "output"), End("n3", "input"))),
)


def begun(id: str = "20260101-100000-000-lenet", *, seed: int = 1, graph: Graph = CHAIN, recipe: Recipe | None = None,
          folder: Path | str = "") -> Begun:  # fmt: skip
    """Return a run as it begins, of a small drawing."""
    recipe = replace(recipe or Recipe(), seed=seed)
    return Begun(
        id, id.split("-", 3)[-1], 1_767_261_600.0 + seed, recipe_to_json(recipe), graph_to_json(graph),
        network_key(graph), str(folder), seed,
    )  # fmt: skip


def epochs(count: int = 3, lift: float = 0.0) -> list[EpochRow]:
    """Return the ends of so many epochs of 10 steps."""
    return [
        EpochRow(n, 10 * n, 0.5, {"loss": 1 / n + lift, "accuracy": 1 - 1 / (n + 1), "val_loss": 1.2 / n + lift})
        for n in range(1, count + 1)
    ]


def spool(first: int, last: int, *, timed: bool = False) -> Spool:
    """Return steps from a number to another."""
    numbers = np.arange(first, last + 1, dtype=float)
    values = np.stack([1 / numbers, 1 - 1 / numbers], 1)
    return Spool(("loss", "accuracy"), numbers, values, numbers * 0.01 if timed else None)


def filled(store: Store, id: str = "20260101-100000-000-lenet", *, seed: int = 1, lift: float = 0.0) -> str:
    """Keep a run of three epochs that finished; return its id."""
    store.begin(begun(id, seed=seed))
    store.add_epochs(id, epochs(lift=lift))
    store.add_steps(id, [spool(1, 30)])
    store.tell(id, status="finished", seconds=1.5)
    return id
