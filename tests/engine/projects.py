"""A project that holds a bit of everything, for tests."""

from __future__ import annotations

from engine.graph import Edge, End, Graph, Node
from engine.project import Project
from engine.values import FrozenMap, Part

PENALTY = Part("L2", FrozenMap({"l2": 0.1}))
GOOD = Project(
    Graph(
        FrozenMap({
            "n1": Node("n1", "InputLayer", "image", FrozenMap({"shape": (8, 8, 1)})),
            "n2": Node("n2", "Dense", "left", FrozenMap({"units": 3, "kernel_regularizer": PENALTY})),
            "n3": Node("n3", "Dense", "right", FrozenMap(), (240.0, -7.5), shares="n2"),
        }),
        (
            Edge(End("n1", "output"), End("n2", "input")),
            Edge(End("n1", "output"), End("n3", "input")),
        ),
    ),
    view=FrozenMap({"zoom": 1.5, "at": [0, 0]}),
)  # fmt: skip
