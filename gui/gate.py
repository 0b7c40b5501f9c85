"""What stands in the way of training a document: its problems, and memory that is short. Knows no worker, no widget."""

from __future__ import annotations

from engine import machine
from engine.forecast import Strain, shortage
from engine.report import Problem
from engine.review import review, worst
from gui.document import Document


class Gate:
    """Judges a document before a run.

    Attributes:
        devices: What the trainer can use, the best first, once it has said so.
        memory: The bytes that each of them has, 0 where that is not known.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self.devices: tuple[str, ...] = ()
        self.memory: tuple[int, ...] = ()

    def problem(self) -> Problem | None:
        """Return what is wrong, the worst first, or None where nothing is."""
        document = self._document
        return worst(review(document.project, document.flat, document.catalogue))

    def strain(self) -> Strain | None:
        """Return how memory is short on the device that the recipe takes, or None where there is room."""
        devices, memory = (self.devices, self.memory) if self.devices else (("CPU:0",), (machine.memory(),))
        return shortage(self._document.costs.total, self._document.recipe, devices, memory)
