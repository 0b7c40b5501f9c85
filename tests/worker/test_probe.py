"""What a probe shows is what the layers put out, small enough for the wire, and seldom enough for the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.messages import Ended, Epoch, Failed, Maps, Train, Watch
from engine.worker import probe as probe_module
from engine.worker.build import build
from engine.worker.devices import choose
from engine.worker.prepare import Prepared, inputs, prepared
from engine.worker.probe import GAP, LARGEST, MOST_CHANNELS, SHARE, Probe, shrink
from engine.worker.trainer import Trainer
from tests.engine.drawings import drawing as wired
from tests.engine.drawings import layer
from tests.worker.drawings import DIGITS, SMALL, drawing, two_ways
from tests.worker.ear import listening

# -- reducing

arrays = hnp.arrays(
    "float32", hnp.array_shapes(min_dims=1, max_dims=5, max_side=12), elements=st.floats(0, 1, width=32)
)


@given(arrays, st.integers(64, 20_000))
@settings(deadline=None)
def test_what_is_shown_is_part_of_the_output_and_fits(values: np.ndarray[Any, Any], largest: int) -> None:
    shown = shrink(values, largest)
    smallest = 4 * len(values)  # a number a sample is the least
    assert shown.values.nbytes <= max(largest, smallest)
    assert shown.whole == values.shape[1:]
    assert shown.values.ndim == values.ndim
    part = values[(slice(None), *[slice(None, None, shown.stride)] * (values.ndim - 2))] if values.ndim > 1 else values
    assert np.array_equal(shown.values, part[..., : shown.values.shape[-1]] if values.ndim > 1 else part)


@given(arrays)
def test_what_fits_is_shown_whole(values: np.ndarray[Any, Any]) -> None:
    shown = shrink(values, values.nbytes)
    assert shown.stride == 1
    assert np.array_equal(shown.values, values)


def test_channels_go_first_then_places_then_features() -> None:
    deep, wide, long = (np.zeros(shape, "float32") for shape in ((1, 4, 4, 1000), (1, 300, 300, 64), (1, 10**7)))
    assert shrink(deep, LARGEST).values.shape == (1, 4, 4, MOST_CHANNELS)
    assert shrink(wide, LARGEST).values.shape == (1, 100, 100, 64)
    assert shrink(wide, LARGEST).stride == 3
    assert shrink(long, LARGEST).values.shape == (1, LARGEST // 4)


# -- looking


@pytest.fixture(scope="module")
def run() -> Prepared:
    return prepared(DIGITS.graph, DIGITS.recipe, choose("cpu"))


@pytest.fixture
def probe(run: Prepared) -> Probe:
    return Probe(run.model, run.built.tensors, inputs(run.feeding, run.watched))


def test_maps_are_what_the_layers_put_out(run: Prepared, probe: Probe) -> None:
    probe.watch(("n2", "n6", "n1"), (3, 0))
    maps = {message.node: message for message in probe.look(2, 80)}
    given = run.data.validation.inputs["image"][[3, 0]]
    assert list(maps) == ["n2", "n6", "n1"]
    for node in maps:
        layer = keras.Model(run.model.inputs, run.built.tensors[node, "output"])
        assert np.allclose(maps[node].values.numpy(), layer([given], training=False), atol=1e-6)
        assert (maps[node].epoch, maps[node].step, maps[node].samples) == (2, 80, (3, 0))
    assert np.array_equal(maps["n1"].values.numpy(), given)


def test_attention_is_seen_as_a_map_for_each_head() -> None:
    graph = wired(
        "x > a.query", "x > a.value", "x > b.query", "x > b.value", "a > y", "b > y",
        x=layer("InputLayer", shape=(5, 3)), y=layer("Concatenate"), b=layer("Attention", return_attention_scores=True),
        a=layer("MultiHeadAttention", num_heads=2, key_dim=4, return_attention_scores=True),
    )  # fmt: skip
    built = build(graph, catalogue())
    given = np.random.default_rng(1).normal(size=(4, 5, 3)).astype("float32")
    probe = Probe(built.model, built.tensors, given)
    probe.watch(("a", "b", "y"), (2, 0))
    maps = {message.node: message.values.numpy() for message in probe.look(0, 0)}
    assert {node: values.shape for node, values in maps.items()} == {
        "a": (2, 5, 5, 2), "b": (2, 5, 5, 1), "y": (2, 5, 6),
    }  # fmt: skip
    asked = given[[2, 0]]
    _, scores = built.layers["a"](asked, asked, return_attention_scores=True)
    assert np.allclose(maps["a"][..., 1], scores[:, 1], atol=1e-6)
    assert np.allclose(maps["b"].sum(axis=2), 1, atol=1e-5), "each step looks once in all"


def test_looking_does_not_train_and_draws_no_lots(run: Prepared, probe: Probe) -> None:
    before = run.model.get_weights()
    probe.watch(("n7", "n8"), (0,))
    first, second = (next(probe.look(0, 0)).values for _ in range(2))
    assert first == second, "a dropout that drops shows another map each time"
    assert all(np.array_equal(a, b) for a, b in zip(before, run.model.get_weights(), strict=True))


def test_a_new_choice_of_nodes_is_seen_and_the_same_is_not_traced_again(probe: Probe) -> None:
    probe.watch(("n2",), (0,))
    list(probe.look(0, 0))
    traced = probe._seen
    probe.watch(("n2",), (4, 5))
    assert [maps.samples for maps in probe.look(0, 0)] == [(4, 5)]
    assert probe._seen is traced
    probe.watch(("n4", "n2"), (4,))
    assert [maps.node for maps in probe.look(0, 0)] == ["n4", "n2"]


def test_who_watches_other_nodes_twice_has_nothing_traced_the_second_time(probe: Probe) -> None:
    for node in ("n2", "n4"):
        probe.watch((node,), (0,))
        list(probe.look(0, 0))
    traced = probe._seen
    probe.watch(("n7", "n3"), (0,))
    assert [maps.node for maps in probe.look(0, 0)] == ["n7", "n3"]
    probe.rest()
    probe.watch(("n2",), (0,))
    assert [maps.node for maps in probe.look(0, 0)] == ["n2"], "what is not watched is not sent"
    assert probe._seen is traced


def test_what_is_large_is_traced_as_far_as_it_is_watched(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe_module, "LIGHT", 0)
    for node in ("n2", "n4"):
        probe.watch((node,), (0,))
        assert [maps.node for maps in probe.look(0, 0)] == [node]
        assert probe._given == {node}


@pytest.mark.parametrize(("nodes", "samples"), [((), (0,)), (("n99",), (0,)), (("n2",), ()), (("n2",), (10_000, -1))])
def test_what_is_not_there_is_passed_over(probe: Probe, nodes: tuple[str, ...], samples: tuple[int, ...]) -> None:
    probe.watch(("n2",), (0,))
    probe.watch(nodes, samples)
    assert probe.next == inf
    assert not list(probe.look(0, 0))
    probe.watch((*nodes, "n2"), sorted({*samples, 0}))
    assert [maps.samples for maps in probe.look(0, 0)] == [(0,)]


def test_a_look_is_due_twice_a_second_at_most(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(probe_module, "perf_counter", lambda: now[0])
    probe.watch(("n2",), (0,))
    assert probe.next <= now[0]
    list(probe.look(0, 0))
    assert probe.next == 100 + GAP
    probe.watch(("n4",), (0,))
    assert probe.next == 100 + GAP, "another choice does not come sooner"


def test_a_costly_look_is_due_seldom(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(probe_module, "perf_counter", lambda: now[0])
    probe.watch(("n2",), (0,))
    for _ in range(2):
        looking = probe.look(0, 0)
        next(looking)
        now[0] += 1.5
        list(looking)
    assert probe.next == now[0] + 1.5 / SHARE


def test_all_maps_of_a_look_fit_together() -> None:
    graph = drawing(
        ("image", "InputLayer", {"shape": (8, 8, 1)}),
        ("large", "UpSampling2D", {"size": (64, 64)}),
        ("mean", "GlobalAveragePooling2D", {}),
        ("digit", "Dense", {"units": 10}),
        wires="image>large large>mean mean>digit",
    )
    seen = prepared(graph, DIGITS.recipe, choose("cpu"))
    probe = Probe(seen.model, seen.built.tensors, inputs(seen.feeding, seen.watched))
    probe.watch(("large", "image"), tuple(range(16)))
    large, image = probe.look(0, 0)
    assert len(large.values.data) + len(image.values.data) <= LARGEST
    assert (large.whole, large.stride) == ((512, 512, 1), 3)
    assert np.array_equal(large.values.numpy()[:, 0, 0], seen.data.validation.inputs["image"][:16, 0, 0])


SEQUENCE = drawing(
    ("image", "InputLayer", {"shape": (8, 8, 1)}),
    ("rows", "Reshape", {"target_shape": (8, 8)}),
    ("lstm", "LSTM", {"units": 5, "return_sequences": True, "return_state": True}),
    ("last", "GlobalAveragePooling1D", {}),
    ("digit", "Dense", {"units": 10}),
    wires="image>rows rows>lstm lstm>last last>digit",
)


@pytest.mark.parametrize(("graph", "node", "shape"), [(SEQUENCE, "lstm", (1, 8, 5)), (two_ways(), "second", (1, 10))])
def test_every_kind_of_node_can_be_watched(graph: Graph, node: str, shape: tuple[int, ...]) -> None:
    seen = prepared(graph, SMALL, choose("cpu"))
    probe = Probe(seen.model, seen.built.tensors, inputs(seen.feeding, seen.watched))
    probe.watch((node,), (0,))
    assert next(probe.look(0, 0)).values.shape == shape


def test_numbers_of_any_kind_come_as_floats() -> None:
    tensor = keras.Input((3,), dtype="int32")
    model = keras.Model(tensor, tensor + 1)
    probe = Probe(model, {("n1", "output"): model.output}, np.arange(6).reshape(2, 3))
    probe.watch(("n1",), (1,))
    assert next(probe.look(0, 0)).values.numpy().tolist() == [[4.0, 5.0, 6.0]]


# -- while a run goes on


@pytest.fixture(scope="module")
def heard() -> Iterator[list[Any]]:
    """A run in which the choice changes after the first epoch."""
    with listening() as ear:
        ear.when(Epoch, lambda: ear.say(Watch(("n4",), (1,))))
        Trainer(ear.wire, {}).train(Train(DIGITS.graph, replace(DIGITS.recipe, epochs=8), "", ("n2",), (0,)))
        assert not ear.of(Failed)
        ear.all()
        yield ear.heard


def test_a_run_shows_its_maps_before_the_first_step_and_after_the_last(heard: list[Any]) -> None:
    said = [message for _, message in heard]
    maps = [message for message in said if isinstance(message, Maps)]
    assert (maps[0].node, maps[0].epoch, maps[0].step) == ("n2", 0, 0)
    assert (maps[-1].node, maps[-1].epoch, maps[-1].step) == ("n4", 8, 320)
    assert not np.array_equal(maps[0].values.numpy(), maps[-1].values.numpy())


def test_a_choice_made_while_training_is_followed(heard: list[Any]) -> None:
    nodes = [message.node for _, message in heard if isinstance(message, Maps)]
    assert nodes == sorted(nodes)
    assert set(nodes) == {"n2", "n4"}


def test_maps_come_twice_a_second_at_most_but_for_the_last(heard: list[Any]) -> None:
    times = [at for at, message in heard if isinstance(message, Maps)][:-1]
    assert all(b - a > GAP * 0.8 for a, b in pairwise(times))


def test_maps_that_cannot_be_had_do_not_end_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("no maps today")

    monkeypatch.setattr(Probe, "_put_out", refuse)
    with listening() as ear:
        Trainer(ear.wire, {}).train(Train(DIGITS.graph, SMALL, "", ("n2",), (0,)))
        assert ear.one(Failed).sentence == "no maps today."
        assert ear.one(Ended).status == "finished"
