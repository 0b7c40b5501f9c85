"""The valid input ranks are found by running layers, and the shipped ones are those found."""

from __future__ import annotations

import tomllib

import pytest

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.worker import functions, ranks, vocabulary
from engine.worker.catalogue import TOML
from engine.worker.operations import PREFIX

SHIPPED = catalogue()


@pytest.mark.parametrize(
    ("layer", "rank", "valid"),
    [
        ("Dense", 2, True),
        ("Dense", 1, False),
        ("Conv1D", 3, True),
        ("Conv1D", 4, False),
        ("GroupNormalization", 4, True),
        ("BatchNormalization", 2, True),  # its samples are mixed by design
        ("Embedding", 2, True),
        ("Subtract", 2, True),
        ("Concatenate", 1, False),  # Keras takes it and joins the batches
        ("Softmax", 1, False),  # Keras takes it and divides by the batch's sum
        ("RandomFlip", 4, True),
        ("RandomFlip", 3, False),  # Keras takes the batch for one image's height
        ("Resizing", 3, False),
        ("Attention", 2, False),
    ],
)
def test_a_layer_works_on_a_rank_or_does_not(layer: str, rank: int, valid: bool) -> None:
    assert ranks.works(SHIPPED, SHIPPED.new_node(Graph(), layer), rank) is valid


@pytest.mark.long
def test_the_shipped_ranks_are_those_measured() -> None:
    said = vocabulary.read(TOML.read_text(encoding="utf-8"))
    measured = ranks.measure(SHIPPED)
    layers = {name: spec for name, spec in SHIPPED.layers.items() if not spec.operation}
    assert {name: list(spec.ranks) for name, spec in layers.items()} == {
        name: said.ranks_of(name, measured.get(name, [])) for name in layers
    }


def test_the_shipped_ranks_of_operations_are_those_measured() -> None:
    """Those whose values decide are measured and state none."""
    said = tomllib.loads(functions.TOML.read_text(encoding="utf-8"))["ranks"]
    for name, spec in SHIPPED.operations.items():
        bare = name.removeprefix(PREFIX)
        if bare not in said["by_value"] and bare not in said:
            ranks_ = [rank for rank in ranks.RANKS if ranks.works(SHIPPED, SHIPPED.new_node(Graph(), name), rank)]
            assert list(spec.ranks) == ranks_, name
