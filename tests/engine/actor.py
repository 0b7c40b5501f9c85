"""A program that acts as a worker by a script, without Keras: what it says to Check and Train is chosen by a word."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine import messages as wire
from engine.catalogue import catalogue
from engine.codec import Decoder, encode
from engine.graph import Node
from engine.launch import Launch, own_folder
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap

STEPS = wire.Steps(("loss",), wire.Array.of(np.array([1, 2])), wire.Array.of(np.array([[0.5], [float("nan")]])))
#: What a trainer says to Train, by the word.
RUNS: Mapping[str, tuple[wire.Message, ...]] = {
    "finish": (
        wire.StateChanged("compiling", "CPU:0", 2, 1, 64), wire.StateChanged("training"), STEPS,
        wire.Epoch(1, 2, {"loss": 0.25, "val_loss": 0.5}, 1.5), wire.Ended("finished", 2.0),
    ),
    "fail": (
        wire.StateChanged("compiling"), wire.Failed("Memory ran out. Lower the batch size."), wire.Ended("failed", 1.0),
    ),
    "wait": (wire.StateChanged("training"), STEPS),
    "die": (wire.StateChanged("training"),),
}  # fmt: skip


def launch(word: str, received: Path) -> Callable[[str], Launch]:
    """Return a stand-in for `engine.launch.command`; the names of the messages received are written to a file."""
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root}

    def command(role: str) -> Launch:
        words = ("-m", "tests.engine.actor", role, word, str(received))
        return Launch(sys.executable, words, environment, own_folder())

    return command


def report(message: wire.Check, word: str) -> Report:
    """Inputs put out 8×8×1, all else 10 numbers, each with 12 weights; "refuse" finds an error at the second node."""
    nodes = FrozenMap({id: _node(node) for id, node in message.graph.nodes.items()})
    second = tuple(message.graph.nodes)[1]
    problem = Problem("error", "conv1 takes no such shape.", (second,), detail="Keras's words")
    return Report(nodes, (problem,) if word == "refuse" else ())


def _node(node: Node) -> NodeReport:
    shape = (None, 8, 8, 1) if node.layer == "InputLayer" else (None, 10)
    return NodeReport(FrozenMap({"output": TensorSpec(shape)}), 12, 4)


def answer(message: wire.Message, word: str) -> tuple[wire.Message, ...]:
    if isinstance(message, wire.Check):
        return (wire.Checked(message.generation, report(message, word)),)
    if isinstance(message, wire.Export):
        return (wire.Exported(message.path),) if word == "finish" else (wire.Failed("There is no room on the disk."),)
    if isinstance(message, wire.Train):
        return RUNS[word]
    return (wire.Ended("stopped", 1.0),) if isinstance(message, wire.Stop) else ()


def main(role: str, word: str, received: str) -> None:
    catalogue()
    out: Any = sys.stdout.buffer
    out.write(encode(wire.Ready(role, {})))
    out.flush()
    decoder = Decoder()
    while data := os.read(0, 65536):
        for message in decoder.feed(data):
            with Path(received).open("a", encoding="utf-8") as file:
                file.write(f"{role} {type(message).__name__}\n")
            out.writelines(encode(reply) for reply in answer(message, word))
            out.flush()
            if word == "die" and isinstance(message, wire.Train):
                os.abort()


if __name__ == "__main__":
    main(*sys.argv[1:])
