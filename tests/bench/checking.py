"""The checker's speed, over the real wire: from its program's start, and on a drawing of 200 layers."""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter

from engine.catalogue import catalogue
from engine.codec import Decoder, encode
from engine.graph import Edge, End, Graph, Node
from engine.launch import command
from engine.messages import Check, Checked, Message, Ready, Recheck, Rechecked
from engine.patch import patch
from engine.report import Report
from engine.templates import start
from engine.values import FrozenMap, Value
from tests.bench.harness import Measure
from tests.bench.layout import CELLS
from tests.nets import nasnet

LAYERS = 200
#: Convolutions, and what stands between two of them.
STEP: tuple[tuple[str, dict[str, Value]], ...] = (
    ("Conv2D", {"filters": 8, "kernel_size": (3, 3), "padding": "same"}), ("BatchNormalization", {}), ("ReLU", {}),
    ("Dropout", {"rate": 0.1}),
)  # fmt: skip
FIRST, LAST = "n2", f"n{LAYERS - 2}"


def measure() -> Iterator[Measure]:
    """Yield the time to the first answer, and the time to an answer about a drawing never seen and one just edited."""
    yield Measure("first answer after start", _median(first_answer), "s", 2.0)
    with checker() as asked:
        sizes = count(1)
        cold = _median(lambda: asked.seconds(unlike(next(sizes))))
        yield Measure(f"{LAYERS} layers, no two alike, never seen", cold * 1e3, "ms", 300)
        network = unlike(0)
        asked.seconds(network)
        for where, name, target in (("near the output", LAST, 10), ("of the first layer", FIRST, None)):
            edits = iter(catalogue().with_value(network, name, "filters", 500 + more) for more in range(99))
            edited = _median(lambda edits=edits: asked.seconds(next(edits)), runs=15)  # type: ignore[misc]
            yield Measure(f"{LAYERS} layers, after an edit {where}", edited * 1e3, "ms", target)
        yield Measure(f"{LAYERS} layers, nothing new", _median(lambda: asked.seconds(network)) * 1e3, "ms")
        yield from as_large(asked)


def as_large(asked: Asked) -> Iterator[Measure]:
    """Yield the time to an answer about a net as large as NASNetLarge after edits all over it, and of its beginning."""
    network = nasnet(CELLS)
    large = f"{len(network.nodes):,} layers"
    asked.seconds(network)
    kernels = [id for id, node in network.nodes.items() if "kernel_size" in node.values]
    windows = ((id, (size, size)) for size in (5, 7) for id in kernels[:: len(kernels) // 7])
    edits = (catalogue().with_value(network, id, "kernel_size", window) for id, window in windows)
    yield Measure(f"{large}, after an edit", _median(lambda: asked.seconds(next(edits)), runs=13) * 1e3, "ms", 10)
    sizes = (catalogue().with_value(network, "n1", "shape", (32 + 8 * more, 32, 3)) for more in count(1))
    yield Measure(f"{large}, after an edit of the first", _median(lambda: asked.seconds(next(sizes))) * 1e3, "ms", 100)


def unlike(more: int) -> Graph:
    """A chain in which every convolution has filters of its own; another number gives another chain throughout."""
    graph = Graph().with_node(Node("n1", "InputLayer", "image", FrozenMap({"shape": (32, 32, 3 + more)})))
    for place in range(1, LAYERS):
        kind, values = STEP[(place - 1) % len(STEP)]
        own: dict[str, Value] = {"filters": place + LAYERS * more} if kind == "Conv2D" else {}
        graph = graph.with_node(Node(f"n{place + 1}", kind, f"layer{place}", FrozenMap({**values, **own})))
        graph = graph.with_edge(Edge(End(f"n{place}", "output"), End(f"n{place + 1}", "input")))
    return graph


def first_answer() -> float:
    """Seconds from starting the checker's program until it has answered about the network that ships."""
    graph = start("digits-cnn", "", catalogue()).graph
    begun = perf_counter()
    with checker() as asked:
        asked.seconds(graph)
        return perf_counter() - begun


@dataclass(slots=True)
class Asked:
    """A checker that runs."""

    process: subprocess.Popen[bytes]
    decoder: Decoder = field(default_factory=Decoder)
    generation: int = 0
    told: Graph = field(default_factory=Graph)
    report: Report = field(default_factory=Report)

    def seconds(self, graph: Graph) -> float:
        """Ask about a drawing, and return the seconds from spelling the question until the answer is read.

        As the window does, only what is new is told and taken, where the drawing is an edit of the one before.
        """
        begun = perf_counter()
        self.generation += 1
        change = patch(self.told, graph) if self.told.nodes else None
        question = Check(self.generation, graph) if change is None else Recheck(self.generation, change)
        assert self.process.stdin is not None
        self.process.stdin.write(encode(question))
        self.process.stdin.flush()
        answer = self.take(Checked, Rechecked)
        assert isinstance(answer, Checked | Rechecked)
        self.told = graph
        self.report = answer.report if isinstance(answer, Checked) else answer.merged(self.report)
        taken = perf_counter() - begun
        assert not self.report.errors
        assert self.report.nodes.keys() == graph.nodes.keys()
        assert answer.generation == self.generation
        return taken

    def take(self, *kinds: type[Message]) -> Message:
        """Read until a message of one of some kinds comes."""
        assert self.process.stdout is not None
        while data := self.process.stdout.read(1 << 20):
            for message in self.decoder.feed(data):
                if isinstance(message, kinds):
                    return message
        raise AssertionError("The checker ended")


@contextmanager
def checker() -> Iterator[Asked]:
    """Start a checker as the window does, and end it by closing its input."""
    launch, pipe = command("checker"), subprocess.PIPE
    words, environment = [launch.program, *launch.arguments], dict(launch.environment)
    process = subprocess.Popen(words, bufsize=0, stdin=pipe, stdout=pipe, env=environment, cwd=launch.folder)
    try:
        asked = Asked(process)
        asked.take(Ready)
        yield asked
    finally:
        process.communicate()


def _median(run: Callable[[], float], runs: int = 5) -> float:
    run()
    return statistics.median(run() for _ in range(runs))
