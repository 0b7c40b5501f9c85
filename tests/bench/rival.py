"""The published NodeGraphQt with a drawing of ours in it. Imported where it is installed: the extra `bench`."""

from __future__ import annotations

import importlib
from importlib import metadata, util
from typing import Any

from PySide6.QtCore import QPointF, QRectF

from engine.graph import Graph
from tests.bench.screen import Screen
from tests.gui.large import MANY

NAME = "NodeGraphQt"
MISSING = f"{NAME} is not installed, so nothing is compared. Install it: python -m pip install -e '.[bench]'"


def there() -> bool:
    return util.find_spec(NAME) is not None


def title() -> str:
    return f"{NAME} {metadata.version(NAME)}"


class Rival:
    """NodeGraphQt as its own example shows it, with nothing changed."""

    def __init__(self) -> None:
        self.graph: Any = importlib.import_module(NAME).NodeGraph()
        for kind in _kinds():
            self.graph.register_node(kind)
        self.viewer: Any = self.graph.viewer()
        self.screen = Screen(self.viewer, self.graph.widget)

    def build(self, drawing: Graph) -> None:
        """Put a drawing's nodes and wires in, without undo steps."""
        made: dict[str, Any] = {}
        for id, node in drawing.nodes.items():
            kind = "Begin" if node.layer == "InputLayer" else "Many" if node.layer in MANY else "Plain"
            made[id] = self.graph.create_node(
                f"bench.{kind}", name=node.name, selected=False, pos=list(node.at), push_undo=False
            )
        for edge in drawing.edges:
            source, target = made[edge.source.node], made[edge.target.node]
            source.output(0).connect_to(target.input(0), push_undo=False)

    def fit(self) -> None:
        self.graph.fit_to_selection()

    def come_near(self, at: QPointF) -> None:
        """Show a place at its natural size."""
        self.viewer.reset_zoom(at)

    def area(self) -> QRectF:
        """The part of the scene that is seen."""
        return QRectF(self.viewer.mapToScene(self.viewer.viewport().rect()).boundingRect())


def _kinds() -> list[type]:
    """A kind of node for each number of inputs; all have one output."""
    base: Any = importlib.import_module(NAME).BaseNode

    def kind(name: str, **inputs: bool) -> type:
        def start(self: Any) -> None:
            base.__init__(self)
            for port, many in inputs.items():
                self.add_input(port, multi_input=many)
            self.add_output("output")

        return type(name, (base,), {"__identifier__": "bench", "NODE_NAME": name, "__init__": start})

    return [kind("Begin"), kind("Plain", input=False), kind("Many", inputs=True)]
