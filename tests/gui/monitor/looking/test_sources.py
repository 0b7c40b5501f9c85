"""Where the steps of a sequence come from: the very words of the data, and the patches of its image."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import RESOURCES, catalogue
from engine.choices import DataChoice
from engine.project import load
from engine.resolve import resolved
from gui.monitor.looking.sources import CLASS, Patches, Source, patches, series, sources, steps
from gui.monitor.sample import ProbeSamples
from tests.engine.drawings import drawing, layer


def sampled(data: DataChoice, seed: int) -> ProbeSamples:
    samples = ProbeSamples()
    samples.choose(data, seed)
    while samples.spec is None:
        samples._ask()
    return samples


def came(template: str, layer_name: str) -> tuple[ProbeSamples, tuple[Source, ...]]:
    project = load(RESOURCES / "templates" / f"{template}.loom", catalogue())
    samples, graph = sampled(project.recipe.data, project.recipe.seed), resolved(project.graph, catalogue())
    node = next(node.id for node in graph.nodes.values() if node.layer == layer_name)
    return samples, sources(graph, catalogue(), samples.spec, node)


def test_the_words_of_a_sentence_are_the_steps_of_what_reads_it(qapp: object) -> None:
    samples, found = came("sentiment-bilstm", "Bidirectional")
    words = steps(samples, 0, found, 16)
    assert len(words) == 16
    read = [word for word in words if word != "·"]
    assert " ".join(read) == samples.words(0)[0]


def test_letters_that_cannot_be_seen_are_drawn(qapp: object) -> None:
    samples, found = came("char-rnn", "LSTM")
    letters = steps(samples, 0, found, 40)
    assert len(letters) == 40
    assert "␣" in letters
    assert " " not in letters


def test_an_input_has_its_own_words(qapp: object) -> None:
    samples, found = came("char-rnn", "InputLayer")
    assert [source.distance for source in found] == [0]
    _, within = came("char-rnn", "LSTM")
    assert steps(samples, 0, found, 40) == steps(samples, 0, within, 40)


def test_each_side_of_a_decoder_has_its_own_words(qapp: object) -> None:
    samples, found = came("seq2seq-bahdanau", "BahdanauDecoder")
    asked = steps(samples, 0, found, 28, "value")
    written = steps(samples, 0, found, 10, "query")
    assert (len(asked), len(written)) == (28, 10)
    assert steps(samples, 0, found, 11) == (CLASS, *written)
    assert steps(samples, 0, found, 99) == ()


def test_a_sequence_without_words_is_a_series(qapp: object) -> None:
    samples = sampled(DataChoice("waves"), 1)
    assert samples.spec is not None
    shape = samples.spec.inputs[0].shape
    graph = drawing("x > r", "r > y", x=layer("InputLayer", shape=shape), r=layer("LSTM"), y=layer("Dense"))
    found = sources(graph, catalogue(), samples.spec, "r")
    wave = series(samples, 3, found, shape[0])
    column = samples.column(samples.spec.inputs[0].name)
    assert column is not None
    assert wave is not None
    assert np.array_equal(wave, column[3])
    assert series(samples, 3, found, shape[0] + 1) is None
    assert steps(samples, 3, found, shape[0]) == ()


@pytest.mark.parametrize(
    ("count", "shape", "grid"),
    [
        (16, (8, 8, 1), Patches(4, 4, 0)), (17, (8, 8, 1), Patches(4, 4, 1)), (32, (16, 32, 3), Patches(4, 8, 0)),
        (13, (8, 8, 1), None), (1, (8, 8, 1), None),
    ],
)  # fmt: skip
def test_steps_are_patches_where_they_tile_the_image(count: int, shape: tuple[int, ...], grid: Patches | None) -> None:
    assert patches(count, np.zeros(shape)) == grid


def test_a_patch_is_found_where_it_is() -> None:
    grid = Patches(4, 4, 1)
    assert grid.step(0.3, 0.8) == 1 + 3 * 4 + 1
    assert grid.name(grid.step(0.3, 0.8)) == "row 3, column 1"
    assert grid.name(0) == CLASS
