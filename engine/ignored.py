"""Whether a loss leaves out the places of a target where nothing is asked. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Iterator

from engine import endings
from engine.data.columns import IGNORED
from engine.fit import Fit
from engine.recipe import snake
from engine.report import Problem


def problems(fit: Fit, id: str) -> Iterator[Problem]:
    """Say that a loss would take a place where nothing is asked for a class."""
    loss, column = fit.loss(id), fit.learned(id)
    takes = any(p.name == "ignore_class" for p in fit.catalogue.part("loss", loss.class_name).parameters)
    if column.ignored != IGNORED or loss.values.get("ignore_class") == IGNORED:
        return
    word = snake(loss.class_name).replace("_", " ").capitalize()
    remedy = f"Set its ignore class to {IGNORED}" if takes else "Choose sparse categorical crossentropy, which can"
    sentence = (
        f"{word} takes each number of {column.name} for a class; {fit.data.title} have {IGNORED} where nothing is "
        f"asked. {remedy}."
    )
    yield fit.noted(Problem("error", sentence, (), "loss"), endings.ignoring(fit, id))
