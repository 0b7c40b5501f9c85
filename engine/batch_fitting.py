"""Whether batches are of the size and in the order that a drawing takes them. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Iterator

from engine import wiring
from engine.batching import check_batches, fixed, remembering
from engine.errors import RecipeError
from engine.fit import Fit
from engine.mends import Choose, Mend, Set
from engine.report import Problem
from engine.wiring import title


def batch_problems(fit: Fit) -> Iterator[Problem]:
    """Say that batches have another size than an input takes, or that a layer remembers what means nothing to it."""
    try:
        check_batches(fit.graph, fit.catalogue, fit.recipe)
    except RecipeError as error:
        id = error.node or ""
        yield fit.noted(Problem("error", error.sentence, (id,), "batch_size"), *_sizes(fit, id))
        return
    sizes, train = fixed(fit.graph, fit.catalogue), fit.parts[0]
    if sizes and train < fit.recipe.batch_size:
        sentence = (
            f"Batches of {fit.recipe.batch_size} are whole or are not fed, and {fit.data.title} have {train:,} "
            "training samples. Set a smaller batch size."
        )
        yield Problem("error", sentence, (), "batch_size")
    yield from _for_nothing(fit)


def _sizes(fit: Fit, id: str) -> Iterator[Mend]:
    """Yield the recipe's size for an input, or the input's for the recipe; none where no layer needs one."""
    size, given = fit.recipe.batch_size, fixed(fit.graph, fit.catalogue).get(id)
    if not remembering(fit.graph):
        yield Set(id, "batch_size", None)
    yield Set(id, "batch_size", size)
    if given is not None:
        yield Choose("batch_size", given, f"Set batch size to {given}")


def _for_nothing(fit: Fit) -> Iterator[Problem]:
    """Say that a layer remembers, though what follows has nothing to do with what was."""
    if fit.data.ordered or not wiring.model_inputs(fit.graph, fit.catalogue):
        return
    for node in remembering(fit.graph):
        can = " Or turn ordered on in the data." if "ordered" in fit.data.values else ""
        sentence = (
            f"{title(node)} remembers from batch to batch, but the samples of {fit.data.title} do not follow each "
            f"other. Turn its stateful off.{can}"
        )
        mends = (Set(node.id, "stateful", False),) if "stateful" in node.values else ()
        yield fit.noted(Problem("warning", sentence, (node.id,), "stateful"), *mends)
