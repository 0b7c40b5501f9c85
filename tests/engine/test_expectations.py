"""What templates state of themselves is out of reach of a network that says the same whatever it is shown."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.data.columns import Column, Tensor
from engine.datasets import dataset, split
from engine.templates import Template, start, templates


def blind(column: Column, train: Tensor, validation: Tensor, metric: str) -> float:
    """Return the best figure of one answer for all: the commonest class, the mean, the shares of the classes."""
    if column.task == "numbers":
        return float(np.square(validation - train.mean(axis=0)).mean())
    train, validation = (part[part != column.ignored] for part in (train, validation))
    shares = np.bincount(train, minlength=len(column.words)) / train.size
    if metric.endswith("accuracy"):
        return float((validation == shares.argmax()).mean())
    return float(-np.log(shares[validation] + 1e-9).mean())


@pytest.mark.parametrize("template", templates().values(), ids=lambda template: template.name)
def test_who_sees_nothing_misses_it(template: Template) -> None:
    recipe = start(template.name, "", catalogue()).recipe
    column, data = dataset(recipe.data).targets[0], split(recipe.data, recipe.seed)
    train, validation = data.train.targets[column.name], data.validation.targets[column.name]
    assert not template.expects.met(blind(column, train, validation, template.expects.metric))
