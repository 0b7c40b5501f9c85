"""Each template, trained as it comes, reaches what it says of itself; in the long run all of them, else a few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from engine.catalogue import catalogue
from engine.messages import Epoch, Failed
from engine.templates import Template, start, templates

if TYPE_CHECKING:
    from tests.worker.rehearsal import Bench

#: Those that take seconds.
QUICK: Final = frozenset({"softmax", "binary"})


@pytest.mark.parametrize(
    "template",
    [
        pytest.param(item, id=name, marks=() if name in QUICK else pytest.mark.long)
        for name, item in templates().items()
    ],
)
def test_it_reaches_what_it_says(template: Template, bench: Bench) -> None:
    project = start(template.name, "", catalogue())
    bench.train(project.graph, project.recipe)
    assert [failed.sentence for failed in bench.ear.of(Failed)] == []
    epochs = bench.ear.of(Epoch)
    assert len(epochs) == project.recipe.epochs
    reached = epochs[-1].metrics[template.expects.metric]
    assert template.expects.met(reached), f"{template.expects.metric} came to {reached:.3f}"
