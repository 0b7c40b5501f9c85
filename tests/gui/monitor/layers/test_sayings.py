"""A sentence says what the figures mean, and names the layers that it is about."""

from __future__ import annotations

from math import inf

import pytest

from gui.monitor.layers import sayings


@pytest.mark.parametrize(
    ("norms", "words"),
    [
        ({"a": 1e-6, "b": 0.1, "c": 1.0}, "vanish towards the input: a gets 1e-6 of what c gets"),
        ({"a": 900.0, "c": 0.1}, "grow towards the input"),
        ({"a": 1.0, "b": 5000.0}, "explode in b"),
        ({"a": 1.0, "b": inf}, "explode in b"),
        ({"a": 0.0, "b": 1.0}, "No gradient reaches a"),
        ({"a": 0.5, "b": 1.0}, "reach every layer: from 0.5 to 1"),
        ({}, "norm of each layer's gradient"),
    ],
)
def test_gradients(norms: dict[str, float], words: str) -> None:
    assert words in sayings.of_gradients(norms)


def test_the_worst_layer_is_named() -> None:
    assert "b: 60% of its units" in sayings.of_activity({"a": 0.5, "b": 0.6}, {})
    assert "c: 90% of its outputs" in sayings.of_activity({"a": 0.1}, {"c": 0.9})
    assert "No layer" in sayings.of_activity({"a": 0.1}, {"c": 0.2})


def test_updates_are_held_against_the_rule_of_thumb() -> None:
    assert "a moves faster" in sayings.of_updates({"a": 0.05, "b": 1e-3})
    assert "a, b hardly move." in sayings.of_updates({"a": 1e-7, "b": 1e-8})
    assert "every layer is near it" in sayings.of_updates({"a": 2e-3})
