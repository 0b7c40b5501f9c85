"""The templates as Keras sees them: nothing wrong at any size, and the published counts. Trains none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from engine.catalogue import catalogue
from engine.report import Report
from engine.templates import start, templates
from tests.worker.asking import ask

KERAS: Final = catalogue()
#: Trainable parameters, as published.
COUNTS: Final[Mapping[str, int]] = {
    "digits-cnn tiny": 151_306,
    "transformer paper": 63_082_496,
    "gpt paper": 124_439_808,
    "bert paper": 109_482_240,
    "vit paper": 86_567_656,
}
CASES: Final = {f"{item.name} {size}": (item.name, size) for item in templates().values() for size in item.sizes}
FIRST: Final = [f"{item.name} {item.sizes[0]}" for item in templates().values()]


@pytest.fixture(scope="module")
def reports() -> Mapping[str, Report]:
    """What one checker says of every template at every size, and at its first size of its recipe too."""
    projects = {case: start(name, size, KERAS) for case, (name, size) in CASES.items()}
    asked = ask(
        {case: project.graph for case, project in projects.items()},
        {case: (projects[case].recipe, None) for case in FIRST},
    )
    assert asked.backend == "numpy"
    return asked.reports


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_wrong_with_it(case: str, reports: Mapping[str, Report]) -> None:
    assert [problem.sentence for problem in reports[case].problems] == []
    assert reports[case].parameters > 0


@pytest.mark.parametrize("case", COUNTS)
def test_it_counts_as_published(case: str, reports: Mapping[str, Report]) -> None:
    assert reports[case].trainable == COUNTS[case]
