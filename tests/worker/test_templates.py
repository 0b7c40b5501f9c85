"""The templates as Keras sees them: nothing wrong at any size, and the published counts. Trains none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from engine.cards import cards
from engine.catalogue import catalogue
from engine.report import Report
from engine.templates import start, templates
from tests.worker.asking import ask

KERAS: Final = catalogue()
#: Trainable parameters, as published.
COUNTS: Final[Mapping[str, int]] = {
    "digits-cnn tiny": 151_306,
    "linear-svm paper": 30_730,
    "softmax paper": 7_850,
    "mlp-elastic-net paper": 79_510,
    "mlp-regularised paper": 203_786,
    "lecun-1989 paper": 9_760,
    "lenet5-1998 paper": 60_000,
    "lenet5 paper": 61_706,
    "course-cnn paper": 661_591,
    "alexnet paper": 60_965_224,
    "alexnet paper-one-group": 62_378_344,
    "vgg16 paper": 138_357_544,
    "googlenet paper": 6_998_552,
    "googlenet paper-heads": 13_378_280,
    "resnet18 paper": 11_689_512,
    "resnet34 paper": 21_797_672,
    "resnet50 paper": 25_557_032,
    "resnet152 paper": 60_192_808,
    "resnet18-stochastic-depth paper": 11_689_512,
    "unet paper": 31_030_658,
    "transformer paper": 63_082_496,
    "gpt paper": 124_439_808,
    "bert paper": 109_482_240,
    "vit paper": 86_567_656,
}
CASES: Final = {f"{item.name} {size}": (item.name, size) for item in templates().values() for size in item.sizes}
PUBLISHED: Final = [case for case, (_, size) in CASES.items() if size.startswith("paper")]


@pytest.fixture(scope="module")
def reports() -> Mapping[str, Report]:
    """What one checker says of every template at every size, and of the recipe that it then has."""
    projects = {case: start(name, size, KERAS) for case, (name, size) in CASES.items()}
    asked = ask(
        {case: project.graph for case, project in projects.items()},
        {case: (project.recipe, None) for case, project in projects.items()},
    )
    assert asked.backend == "numpy"
    return asked.reports


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_wrong_with_it(case: str, reports: Mapping[str, Report]) -> None:
    assert [problem.sentence for problem in reports[case].problems] == []
    assert reports[case].parameters > 0


@pytest.mark.parametrize("case", CASES)
def test_the_gallery_says_what_it_counts(case: str, reports: Mapping[str, Report]) -> None:
    """Where not: `python -m engine.worker.cards` writes it anew."""
    name, size = CASES[case]
    assert cards()[name].counts[size] == reports[case].trainable


def test_every_full_size_has_a_published_count() -> None:
    assert set(PUBLISHED) <= COUNTS.keys()


def test_the_codes_of_1998_are_fixed(reports: Mapping[str, Report]) -> None:
    report = reports["lenet5-1998 paper"]
    assert report.parameters - report.trainable == 840


@pytest.mark.parametrize("case", COUNTS)
def test_it_counts_as_published(case: str, reports: Mapping[str, Report]) -> None:
    assert reports[case].trainable == COUNTS[case]
