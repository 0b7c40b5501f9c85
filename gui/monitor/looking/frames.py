"""What the feature-map page has been sent of a run, and what of it makes a moment to show. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from engine import looks
from engine.graph import Graph, Node
from engine.messages import Maps, Weighed
from engine.resolve import resolved
from gui.document import Document
from gui.monitor.looking.moment import Moment
from gui.monitor.looking.reel import Frame, Reel
from gui.monitor.looking.sources import Source, flattened, sources
from gui.monitor.sample import ProbeSamples
from gui.monitor.tiles import MOST_BARS, Floats


class Frames:
    """Keeps the looks of one run by layer, sample and epoch."""

    def __init__(self, document: Document, samples: ProbeSamples) -> None:
        self._document, self._samples = document, samples
        self._reel = Reel()
        self._weighing: dict[str, Weighed] = {}
        self._network: Graph | None = None
        self._sources: dict[str, tuple[Source, ...]] = {}
        self.colours = "magma"

    def begin(self, graph: Graph) -> None:
        """Forget the run before; this is the drawing of the new one."""
        self.clear()
        self._network = resolved(graph, self._document.catalogue)

    def clear(self) -> None:
        self._reel.clear()
        self._weighing, self._sources, self._network = {}, {}, None

    def map(self, message: Maps) -> None:
        """Keep maps, for each of their samples."""
        for sample in message.samples:
            self._reel.add(_key(message.node, sample), Frame(message.epoch, message.step, message))

    def weigh(self, message: Weighed) -> bool:
        """Keep a weight; return whether all of its layer's have come."""
        if any(weight.node != message.node for weight in self._weighing.values()):
            self._weighing = {}
        self._weighing[message.name] = message  # a slow window may get the newest of one ahead of another's
        if message.last:
            frame = Frame(message.epoch, message.step, weights=tuple(self._weighing.values()))
            self._reel.add(_key(looks.spelled(message.node, "weights"), 0), frame)
            self._weighing = {}
        return message.last

    def found(self, name: str, sample: int) -> Sequence[Frame]:
        """Return what was kept of something that is watched."""
        return self._reel.frames(_key(name, sample))

    def at(self, name: str, sample: int, epoch: int | None) -> Frame | None:
        """Return the frame of an epoch, or the last before it; the newest for none."""
        return self._reel.at(_key(name, sample), epoch)

    def moment(self, node: Node, frame: Frame, sample: int, epoch: int | None) -> Moment:
        """Return a frame as it is to be shown, the weights of the same epoch beside it where they came."""
        maps, weights = frame.maps, frame.weights
        beside = self.at(looks.spelled(node.id, "weights"), sample, epoch)
        if not weights and beside is not None:
            weights = beside.weights
        values: Floats | None = maps.values.numpy()[maps.samples.index(sample)] if maps is not None else None
        network = self._network or self._document.network
        return Moment(
            node, sample, self._samples, values, weights,
            stride=maps.stride if maps is not None else 1, whole=maps.whole if maps is not None else (),
            words=self._classes(node, values), tint=self._document.catalogue.layer(node.layer).group,
            sources=self._came(network, node.id), image=flattened(network, self._document.flat, node.id),
            colours=self.colours,
        )  # fmt: skip

    def _came(self, network: Graph, node: str) -> tuple[Source, ...]:
        if self._samples.spec is None:
            return ()
        if node not in self._sources:
            self._sources[node] = sources(network, self._document.catalogue, self._samples.spec, node)
        return self._sources[node]

    def _classes(self, node: Node, values: Floats | None) -> tuple[str, ...]:
        """The names of an output's numbers: the data's classes, where it is the drawing's last and they agree."""
        if values is None or values.ndim > 1 or values.size > MOST_BARS or self._document.network.out_of(node.id):
            return ()
        return self._samples.classes if values.size == len(self._samples.classes) else ()


def _key(name: str, sample: int) -> str:
    """What a look is kept by: weights are the same whatever the sample."""
    return name if looks.read(name)[1] == "weights" else f"{name} {sample}"


def said(frame: Frame) -> str:
    """Say when a frame was seen and what it was reduced to, for nothing is left out in silence."""
    when = f"epoch {frame.epoch} · step {frame.step:,}" if frame.step else "before the first step"
    return _reduced(frame.maps) + when if frame.maps is not None else when


def _reduced(maps: Maps) -> str:
    sent = maps.values.shape[1:]
    if not maps.whole or sent == maps.whole:
        return ""
    words = [f"first {sent[-1]:,} of {maps.whole[-1]:,}"] if sent[-1] != maps.whole[-1] else []
    words += [f"one place in {maps.stride}"] if maps.stride > 1 else []
    return " · ".join(words) + " · " if words else ""
