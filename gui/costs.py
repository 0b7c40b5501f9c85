"""What layers cost, in words for panels: multiply-adds and memory, with units. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.amounts import spelled_bytes, spelled_count
from engine.forecast import Forecast, forecast
from engine.recipe import Recipe
from engine.totals import Cost

OPEN: Final = "a length is free"


def cost_words(cost: Cost, recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Title and words of what selected layers cost."""
    found = forecast(cost, recipe)
    yield "Multiply-adds", multiply_add_words(cost)
    if cost.output:
        yield "Output memory", f"{spelled_bytes(cost.output)} per sample\n{_trained(found.activations, recipe)}"
    if cost.weights:
        held = found.weights + found.gradients + found.slots
        yield (
            "Weight memory",
            f"{spelled_bytes(cost.weights)}\n{spelled_bytes(held)} in training, with {recipe.optimizer.class_name}",
        )


def total_words(cost: Cost, recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Title and words of what the whole drawing costs."""
    found = forecast(cost, recipe)
    yield "Multiply-adds", multiply_add_words(cost)
    yield (
        "Memory in training",
        "\n".join((f"{spelled_bytes(found.model)} at batch {recipe.batch_size:,}", *_parts(found))),
    )


def multiply_add_words(cost: Cost) -> str:
    """Spell multiply-adds exactly; where some are not known, say why."""
    if why := " and ".join(_unknown(cost)):
        return f"{cost.multiply_adds:,} and more: {why}" if cost.multiply_adds else f"Not known: {why}"
    return f"{cost.multiply_adds:,} per sample" if cost.multiply_adds else "none"


def _unknown(cost: Cost) -> Iterator[str]:
    """Why multiply-adds are not known, or not all of them."""
    if cost.varying:
        yield OPEN
    if cost.uncounted:
        yield f"{cost.uncounted:,} {'layer is' if cost.uncounted == 1 else 'layers are'} not counted"


def short_words(cost: Cost, recipe: Recipe) -> list[str]:
    """Spell the whole drawing's cost for one line: `2.4 M multiply-adds`, `41 MB to train at batch 32`."""
    more, least = ("over " if some else "" for some in (cost.varying or cost.uncounted, cost.free))
    memory = spelled_bytes(forecast(cost, recipe).model)
    words = [f"{more}{spelled_count(cost.multiply_adds)} multiply-adds"] if cost.multiply_adds else []
    return [*words, f"{least}{memory} to train at batch {recipe.batch_size:,}"] if cost.output else words


def _trained(bytes: int, recipe: Recipe) -> str:
    return f"{spelled_bytes(bytes)} in training at batch {recipe.batch_size:,}"


def _parts(found: Forecast) -> Iterator[str]:
    """What the memory is for, where it is for anything."""
    for bytes, what in (
        (found.activations, "activations, forward and back"),
        (found.weights, "weights"),
        (found.gradients, "gradients"),
        (found.slots, "optimizer"),
    ):
        if bytes:
            yield f"{spelled_bytes(bytes)} {what}"
