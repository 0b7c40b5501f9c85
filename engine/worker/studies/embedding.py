"""Where samples lie in what a layer puts out, seen along three axes: PCA, t-SNE or UMAP. Knows no picture."""

from __future__ import annotations

from typing import Any, Final

import keras
import numpy as np

from engine.data.columns import Tensor
from engine.errors import RecipeError
from engine.messages import Array, Embed, Embedded, Working
from engine.pca import principal
from engine.worker.prepare import Prepared, inputs
from engine.worker.studies.placing import AXES, Method, Placing, needed
from engine.worker.studies.sample import of_output, part_of, undisturbed
from engine.worker.studies.subject import Steps, Subject

MOST: Final = 2000
TOGETHER: Final = 128
#: An output of more numbers than these is first averaged over its places.
WIDEST: Final = 4096
#: How long a step waits for points that another thread finds, in seconds.
PAUSE: Final = 0.03


def embed(subject: Subject, question: Embed) -> Steps:
    """Yield the share done, then the points."""
    method = needed(question.method)
    run = subject.run
    if question.rows:
        values, words = _rows(run, question.node)
        chosen, about = np.arange(len(values)), "rows of the embedding"
        targets = np.full(len(values), -1)
    else:
        found: list[Tensor] = []
        yield from _activations(subject, question, found)
        values, words = np.concatenate(found), ()
        chosen, targets = np.arange(len(values)), _targets(run, question.output, len(values))
        about = f"{values.shape[1]} numbers of each sample"
    points, explained = yield from _placed(question, method, values.astype("float64"))
    yield Embedded(
        question.asked, Array.of(points.astype("float32")), Array.of(chosen.astype("int64")),
        Array.of(targets.astype("int64")), Array.of(explained), words, about,
    )  # fmt: skip


def _activations(subject: Subject, question: Embed, found: list[Tensor]) -> Steps:
    run = subject.run
    tensor = next((tensor for (id, _), tensor in run.built.tensors.items() if id == question.node), None)
    if tensor is None:
        raise RecipeError("Samples are seen in what a layer of this run puts out", received="a layer that it has not",
                          hint="Choose another layer, or train again")  # fmt: skip
    count = min(len(run.watched), max(2, question.samples), MOST)
    together = int(run.model.inputs[0].shape[0] or min(TOGETHER, count))
    seen = part_of(run.model, [tensor])
    for start in range(0, count, together):
        places = np.minimum(np.arange(start, start + together), count - 1)
        with undisturbed(run.model):
            values = np.asarray(seen.predict_on_batch(inputs(run.feeding, run.watched.taken(places))), "float32")
        found.append(flat(values[: count - start]))
        yield Working(question.asked, 0.9 * min(1.0, (start + together) / count))


def flat(values: Tensor) -> Tensor:
    """Return one row of numbers for each sample; a large output is averaged over its places first."""
    rows = values.reshape(len(values), -1)
    if rows.shape[1] > WIDEST and values.ndim > 2:
        rows = values.mean(axis=tuple(range(1, values.ndim - 1)))
    return rows


def _targets(run: Prepared, output: int, count: int) -> Tensor:
    """The classes of samples, where the output learns one for each."""
    column = of_output(run, output)[1]
    values = run.watched.targets[column.name][:count]
    one = column.task != "numbers" and values.size == count
    return values.reshape(-1) if one else np.full(count, -1)


def _rows(run: Prepared, node: str) -> tuple[Tensor, tuple[str, ...]]:
    """Return an embedding's rows, and the word of each where the data tell it."""
    rows = getattr(run.built.layers.get(node), "embeddings", None)
    if rows is None:
        raise RecipeError("Rows are those of an Embedding", received="another layer", hint="Choose an Embedding")
    values = np.asarray(keras.ops.convert_to_numpy(rows))[:MOST]
    columns = [column for _, column in run.feeding.inputs if column.words]
    words = columns[0].words if columns else ()
    named = tuple(words[i] if i < len(words) else str(i) for i in range(len(values)))
    return values, named


# -- placing


def _placed(question: Embed, method: Method | None, values: Tensor) -> Any:
    """Return the points, shape (n, 3), and the shares of variance that the axes explain, where they do."""
    values = np.where(np.isfinite(values), values, 0.0)
    if method is None:
        return principal(values, AXES)
    placing = Placing(method, values, question.seed)
    placing.start()
    try:
        while placing.is_alive():
            yield Working(question.asked, 0.0, placing.doing)
            placing.join(PAUSE)
    finally:
        placing.give_up()
    return placing.points(), np.empty(0)
