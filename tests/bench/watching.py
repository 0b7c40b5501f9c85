"""What watching a run costs, with all on: the digits network and a ResNet-18 for small images.

The rivals are bare `model.fit` with the same settings, bare `fit` as Keras comes, and `fit` with Keras's callback for
TensorBoard, where that is installed; all train the same network on the same samples, turn by turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from statistics import median
from tempfile import TemporaryDirectory

from engine.launch import Worker
from engine.messages import Ended, Steps, Train
from engine.project import Project
from tests.bench.harness import Measure, cpu_seconds, race, seconds
from tests.bench.lively import STALL, turns
from tests.bench.watched import bare, by_keras, digits, resnet18, tensorboard, watched

#: How long the window is watched.
SECONDS = 600.0
SAME, NAIVE = "bare fit, same settings", "bare fit as Keras comes"


def measure() -> Iterator[Measure]:
    """Yield the first loss after the click, then the cost of watching each network."""
    project = digits()
    yield Measure("first loss after Train, trainer ready", median(first_loss(project) for _ in range(3)), "s", 2.0)
    yield from costs("digits CNN", project, epochs=6, runs=15, faster=0.85)
    yield from costs("ResNet-18, 32×32", resnet18(), epochs=1, runs=5)
    yield from window()


def window() -> Iterator[Measure]:
    """Yield how long the window's loop took to answer in ten minutes of training, and what of that was its own work."""
    found = turns(SECONDS)
    title, often = f"{SECONDS / 60:.0f} minutes of training, a person looking around", f"of {found.count:,} knocks"
    note = f"{len(found.stalls)} {often} over {STALL:.0f} ms"
    yield Measure(f"{title}: the loop's longest turn", found.longest, "ms", STALL, note=note)
    yield Measure(f"{title}: the most that the window computed in one", found.longest_own, "ms", STALL)


def first_loss(project: Project) -> float:
    """Time from the message that starts a run to the first one with a loss, in a fresh trainer."""
    nodes = tuple(project.graph.nodes)
    asked = Train(project.graph, replace(project.recipe, epochs=1), watch=nodes, figures=nodes)
    with Worker.start("trainer") as worker:
        messages = worker.messages()
        next(messages)

        def wait() -> None:
            worker.send(asked)
            next(message for message in messages if isinstance(message, Steps | Ended))

        return seconds(wait)


def costs(title: str, project: Project, *, epochs: int, runs: int, faster: float | None = None) -> Iterator[Measure]:
    """Yield what a network's run takes, watched and not.

    Args:
        faster: The most that our settings may take of what Keras's take, where that is to be held.
    """
    plain, naive = by_keras(project), bare(by_keras(project))
    with watched(plain) as ours:
        yield _against(f"{title} watched, 1 step a call", ours, SAME, naive, epochs, runs, 1.05)
    with watched(project) as ours:
        same = bare(project)
        yield _against(f"{title} watched, our settings", ours, SAME, same, epochs, runs, 1.05)
        yield _against(f"{title} watched, our settings", ours, NAIVE, naive, epochs, runs, faster)
        shares = race(lambda: cpu_seconds(lambda: ours(epochs)), lambda: cpu_seconds(lambda: same(epochs)))
        yield Measure(f"{title} watched, processor time", shares[0], "s", None, SAME, shares[1])
    if find_spec("tensorboard") is not None:
        with TemporaryDirectory() as folder:
            board = tensorboard(plain, folder)
            yield _against(f"{title} by Keras's TensorBoard callback", board, SAME, naive, epochs, min(runs, 5), None)


def _against(
    title: str, ours: Callable[[int], None], rival: str, theirs: Callable[[int], None],
    epochs: int, runs: int, target: float | None,
) -> Measure:  # fmt: skip
    a, b = race(lambda: seconds(lambda: ours(epochs)), lambda: seconds(lambda: theirs(epochs)), runs=runs)
    return Measure(title, a, "s", target, rival, b)
