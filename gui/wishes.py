"""What a run is asked to send beside its curves: maps of some nodes, figures of all. Knows no run and no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import looks
from gui.document import Document
from gui.late import late

if TYPE_CHECKING:
    from engine import messages
else:
    messages = late("engine.messages")


@dataclass(frozen=True, slots=True)
class Wishes:
    """The nodes and samples whose maps are wanted; `measuring` says that figures of the layers are."""

    nodes: tuple[str, ...] = ()
    samples: tuple[int, ...] = (0,)
    measuring: bool = True

    def train(self, document: Document, folder: str) -> messages.Train:
        """Return what starts a run of a document; nodes that it does not have are left out."""
        there = tuple(name for name in self.nodes if looks.read(name)[0] in document.network.nodes)
        return messages.Train(document.root, document.recipe, folder, there, self.samples, self._figures(document))

    def watch(self) -> messages.Watch:
        """Return what chooses other maps in a run; what is measured stays."""
        return messages.Watch(self.nodes, self.samples)

    def measure(self, document: Document) -> messages.Watch:
        """Return what begins or ends the measuring in a run."""
        return messages.Watch(self.nodes, self.samples, self._figures(document))

    def _figures(self, document: Document) -> tuple[str, ...]:
        return measured(document) if self.measuring else ()


def measured(document: Document) -> tuple[str, ...]:
    """Return the ids of the nodes of the network that compute something: all that take an input."""
    catalogue, nodes = document.catalogue, document.network.nodes.values()
    return tuple(node.id for node in nodes if (spec := catalogue.known(node.layer)) is not None and spec.inputs)
