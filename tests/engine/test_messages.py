"""Every message goes through bytes and back as it was, in whatever pieces; what is no message is refused in words."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from dataclasses import fields
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import messages
from engine.codec import KINDS, LONGEST_LINE, LONGEST_RAW, Decoder, encode
from engine.errors import WireError
from engine.graph import Edge, End, Graph, Node
from engine.happenings import Happening
from engine.layersources import Described, Source
from engine.messages import Array, Epoch, Maps, Message, Steps
from engine.patch import Patch
from engine.recipe import DataChoice, Recipe
from engine.report import Fix, NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap, Part

GRAPH = Graph(
    FrozenMap({
        "n1": Node("n1", "InputLayer", "image", FrozenMap({"shape": (8, 8, 1)})),
        "n2": Node("n2", "Conv2D", "conv1", FrozenMap({"filters": 32, "kernel_size": (3, 3)}), (240.0, 0.5)),
    }),
    (Edge(End("n1", "output"), End("n2", "input")),),
)  # fmt: skip
RECIPE = Recipe(
    data=DataChoice("digits", 0.2, 0.1), optimizer=Part("SGD", FrozenMap({"momentum": 0.9})), device="GPU:0"
)
SPEC = TensorSpec((None, 6, 6, 32), axes=("height", "", "channels"), masks=("n1",))
REPORT = Report(
    FrozenMap({"n2": NodeReport(FrozenMap({"output": SPEC}), 320, 320, multiply_adds=None)}),
    (
        Problem(
            "error",
            "Too few.",
            ("n2",),
            "filters",
            "what Keras said",
            (Fix("Set filters", {"nodes": []}, {"epochs": 3}),),
        ),
    ),
)
EXAMPLES: tuple[Message, ...] = (
    messages.Check(7, GRAPH, RECIPE),
    messages.Recheck(8, Patch((GRAPH.nodes["n2"],), ("n1",), ()), RECIPE),
    messages.Recheck(9, Patch((GRAPH.nodes["n2"],)), RECIPE),
    messages.Mend(7, "n2"),
    messages.Layers((Source("a.py", "0" * 64, "x = 'ü'\n", ("Swish",)),), {"Mish": "comes from b.py, which is off"}),
    messages.LayersFound(
        (Described("a.py", FrozenMap({"Swish": {"group": "Your own"}}), notes=FrozenMap({"B": "no"})),)
    ),
    messages.Train(GRAPH, RECIPE, "runs/1", ("n2",), (0, 5), ("n1",)),
    messages.Watch(("n1", "n2"), (3,), ()),
    messages.Stop("epoch"),
    messages.Pause(),
    messages.Resume(),
    messages.SetRate(0.01),
    messages.Continue(5),
    messages.Pace(40, 1.5, {"samples_per_second": 3180.0, "waiting": 0.25}),
    messages.Happened(Happening(120, 3, 1.5, "rate", "Learning rate 0.01")),
    messages.Evaluate("runs/1", "runs/1/checkpoints/epoch-0007.weights.h5"),
    messages.Generate("Once ", "a b", 3, 50, 0.3, 7),
    messages.Generated("Once\nupon ü", done=False, epoch=3),
    messages.Saliency(5, 3, 1, 7, 16, 0.2, 9, each_epoch=True),
    messages.GradCam(5, 3, 1, 7, "n2", each_epoch=True),
    messages.Occlusion(5, 3, 1, 7, 2, each_epoch=True),
    messages.Boundary(5, 64, 1, each_epoch=True),
    messages.Landscape(5, 31, 0.5, 100, 3),
    messages.TimeLayers(5),
    messages.LayersTimed(5, ("n1", "n2"), Array.of(np.array([0.5, 0.25])), 32),
    messages.Embed(5, "n2", "t-sne", 100, rows=True, seed=3, output=1, each_epoch=True),
    messages.Attributed(
        5, "image", Array.of(np.ones((2, 2, 1))), Array.of(np.eye(2)), 3, 0.5, signed=False, about="how"
    ),
    messages.Plane(
        5, Array.of(np.eye(2)), Array.of(np.ones((2, 2, 3))), Array.of(np.eye(2)), Array.of(np.ones(2)), chances=False
    ),
    messages.Heights(5, 0.5, Array.of(np.full((3, 3), math.nan)), 100, done=True),
    messages.Embedded(
        5,
        Array.of(np.ones((2, 3))),
        Array.of(np.arange(2)),
        Array.of(np.arange(2)),
        Array.of(np.ones(3)),
        ("a",),
        "how",
    ),
    messages.Drop(5),
    messages.Working(5, 0.25, "t-SNE is placing 40 points"),
    messages.Refused(5, "There must be two classes."),
    messages.Export(GRAPH, RECIPE, "out.keras", "runs/1"),
    messages.Ready("trainer", {"keras": "3.15.1"}, ("GPU:0", "CPU:0"), memory=(8, 9)),
    messages.Checked(7, REPORT, whole=False),
    messages.Rechecked(8, REPORT, ("n1",), whole=False),
    messages.Mended(7, REPORT),
    messages.StateChanged("training", "GPU: One", 40, 20, 1257),
    Steps(
        ("loss", "accuracy"),
        Array.of(np.arange(3)),
        Array.of(np.array([[1.5, 0.1], [math.nan, 0], [-math.inf, 1]])),
        Array.of(np.array([0.1, 0.2, 0.3])),
        0.001,
        1_767_261_600.5,
    ),
    Epoch(3, 120, {"loss": 0.5, "val_loss": math.inf}, 0.25),
    Maps("n2", 3, 120, (0, 5), Array.of(np.ones((2, 4, 4, 8), "float32")), (8, 8, 8), 2),
    messages.Figures(3, 120, 1.5, ("n2",), ("mean", "dead"), Array.of(np.array([[0.5, math.nan]])), 2.5),
    messages.Histograms(
        3, 120, "n2", ("kernel",), Array.of(np.array([[-1.0, 0, 1]])), Array.of(np.array([[3, 4]], "int64"))
    ),
    messages.Weighed("n2", "kernel", 3, 120, Array.of(np.ones((3, 3, 1, 8), "float32")), (3, 3, 1, 512), last=False),
    messages.Logged("a line\nand another: ü\n"),
    messages.Failed("It did not work.", "n2", "Traceback ..."),
    messages.Ended("stopped", 1.5),
    messages.Evaluated({"accuracy": 0.97}, 270, 2),
    messages.Judge(7, "train", each_epoch=True),
    messages.Judged(
        7,
        "test",
        3,
        120,
        "digit",
        "classes",
        "",
        270,
        Array.of(np.arange(2)),
        Array.of(np.full((2, 10), 0.1, "float32")),
        Array.of(np.array([3, 4], "int32")),
        1,
        more=True,
    ),
    messages.Exported("out.keras"),
)


def decode(data: bytes) -> list[Message]:
    return list(Decoder().feed(data))


def test_a_norm_that_is_not_known_comes_back() -> None:
    said = encode(messages.Figures(0, 0, 0.0, (), (), Array.of(np.empty((0, 0))), math.nan))
    (back,) = decode(said)
    assert isinstance(back, messages.Figures)
    assert math.isnan(back.gradient_norm)
    json.loads(said, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))


def test_every_kind_has_an_example() -> None:
    assert {type(message) for message in EXAMPLES} == set(get_args(Message)) == set(KINDS.values())


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_a_message_comes_back_as_it_was(message: Message) -> None:
    assert decode(encode(message)) == [message]


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_no_example_leaves_a_field_at_its_default(message: Message) -> None:
    """A field that the codec forgot would come back as its default, and pass unseen."""
    same = [item.name for item in fields(message) if getattr(message, item.name) == item.default]
    assert set(same) <= {"protocol"}


def test_numbers_that_json_has_no_word_for_come_back() -> None:
    epoch = Epoch(1, 1, {"a": math.nan, "b": math.inf, "c": -math.inf, "d": 1e-300}, 0.0)
    (back,) = decode(encode(epoch))
    assert isinstance(back, Epoch)
    assert str(dict(back.metrics)) == str(dict(epoch.metrics))
    json.loads(encode(epoch), parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 300), min_size=1, max_size=40))
def test_pieces_do_not_matter(start: int, pieces: list[int]) -> None:
    said = [EXAMPLES[(start + index) % len(EXAMPLES)] for index in range(4)]
    heard: list[Message] = []
    stream, decoder, at = b"".join(map(encode, said)), Decoder(), 0
    while at < len(stream):
        for piece in pieces:
            heard += decoder.feed(stream[at : at + piece])
            at += piece
    assert heard == said


def test_an_array_is_read_without_a_copy() -> None:
    array = Array.of(np.arange(6, dtype="float32").reshape(2, 3)[:, ::2])
    assert array.numpy().tolist() == [[0, 2], [3, 5]]
    assert not array.numpy().flags.owndata


def line(**header: Any) -> bytes:
    return json.dumps({"is": "Stop", "raw": [], **header}).encode() + b"\n"


STEPS = {"is": "Steps", "names": ["loss"], "numbers": [[1], "int64"], "values": [[1, 1], "float64"], "raw": [8, 8]}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"hello\n", "line of JSON"),
        (b"[1, 2]\n", "lengths of its arrays"),
        (b"[" * 100_000 + b"\n", "line of JSON"),
        (b"\xff\xfe\n", "line of JSON"),
        (line(raw=None), "lengths of its arrays"),
        (line(raw=[-1]), "lengths of its arrays"),
        (line(raw=[True]), "lengths of its arrays"),
        (line(raw=[LONGEST_RAW + 1]), "lengths of its arrays"),
        (line(raw=[LONGEST_RAW, LONGEST_RAW]), "at most 256 MB"),
        (line(**{"is": "Fork"}), "known kind"),
        (line(**{"is": ["Stop"]}), "known kind"),
        (line(**{"is": "Check", "generation": 1}), "Check message is malformed"),
        (line(**{"is": "Check", "generation": 1, "graph": {"nodes": 5}}), "Check message is malformed"),
        (line(**{"is": "Watch", "nodes": 5}), "Watch message is malformed"),
        (line(**{"is": "Epoch", "epoch": 1, "step": 1, "metrics": {"loss": "x"}, "seconds": 0}), "Epoch message"),
        (line(**STEPS | {"raw": [8]}) + bytes(8), "Steps message is malformed"),
        (line(**STEPS | {"values": [[2, 1], "float64"]}) + bytes(16), "Steps message is malformed"),
        (line(**STEPS | {"values": [[-1, -1], "float64"]}) + bytes(16), "Steps message is malformed"),
        (line(**STEPS | {"values": [[1.0, 1], "float64"]}) + bytes(16), "Steps message is malformed"),
        (line(**STEPS | {"values": [[1, 1], "object"]}) + bytes(16), "Steps message is malformed"),
        (line(**STEPS | {"values": [[1, 1], ["float64"]]}) + bytes(16), "Steps message is malformed"),
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(WireError, match=said):
        decode(data)


def test_a_line_without_end_is_refused() -> None:
    decoder = Decoder()
    for _ in range(LONGEST_LINE // 2**22):
        assert not list(decoder.feed(b"x" * 2**22))
    with pytest.raises(WireError, match="64 MB"):
        list(decoder.feed(b"x"))


@given(st.binary(max_size=200))
def test_noise_is_refused_or_waited_on(noise: bytes) -> None:
    with suppress(WireError):
        assert decode(noise) == []
