"""Where samples lie in what a layer puts out, seen along three axes: PCA, t-SNE or UMAP. Knows no picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from time import sleep
from typing import Any, Final

import keras
import numpy as np

from engine.data.columns import Tensor
from engine.errors import RecipeError
from engine.messages import Array, Embed, Embedded, Working
from engine.pca import principal
from engine.worker.prepare import Prepared, inputs
from engine.worker.studies.sample import part_of, undisturbed
from engine.worker.studies.subject import Steps, Subject

MOST: Final = 2000
TOGETHER: Final = 128
#: An output of more numbers than these is first averaged over its places.
WIDEST: Final = 4096
AXES: Final = 3
#: What each method needs that is no part of the program, and how it is installed.
NEEDS: Final[Mapping[str, tuple[str, str]]] = {"t-sne": ("sklearn", "scikit-learn"), "umap": ("umap", "umap-learn")}


def embed(subject: Subject, question: Embed) -> Steps:
    """Yield the share done, then the points."""
    needed = NEEDS.get(question.method)
    if needed is not None and find_spec(needed[0]) is None:
        raise RecipeError(f"{question.method} needs {needed[1]}", received="an installation without it",
                          hint=f"pip install {needed[1]}, or choose PCA")  # fmt: skip
    run = subject.run
    if question.rows:
        values, words = _rows(run, question.node)
        chosen, about = np.arange(len(values)), "rows of the embedding"
        targets = np.full(len(values), -1)
    else:
        found: list[Tensor] = []
        yield from _activations(subject, question, found)
        values, words = np.concatenate(found), ()
        chosen, targets = np.arange(len(values)), _targets(run, len(values))
        about = f"{values.shape[1]} numbers of each sample"
    points, explained = yield from _placed(question, values.astype("float64"))
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


def _targets(run: Prepared, count: int) -> Tensor:
    """The classes of samples, where the first output learns one for each."""
    column = run.feeding.outputs[0][1]
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


def _placed(question: Embed, values: Tensor) -> Any:
    """Return the points, shape (n, 3), and the shares of variance that the axes explain, where they do."""
    values = np.where(np.isfinite(values), values, 0.0)
    if question.method == "pca":
        return principal(values, AXES)
    done: list[Tensor] = []
    thread = Thread(target=lambda: done.append(METHODS[question.method](values, question.seed)), daemon=True)
    thread.start()
    while thread.is_alive():
        yield Working(question.asked, 0.95)
        sleep(0.03)
    if not done:
        raise RecipeError(f"{question.method} found no places for these samples", hint="Choose PCA")
    return done[0], np.empty(0)


def _t_sne(values: Tensor, seed: int) -> Tensor:
    perplexity = min(30.0, max(2.0, (len(values) - 1) / 3))
    made = import_module("sklearn.manifold").TSNE(AXES, init="pca", perplexity=perplexity, random_state=seed)
    return np.asarray(made.fit_transform(values))


def _umap(values: Tensor, seed: int) -> Tensor:
    neighbours = min(15, len(values) - 1)
    made = import_module("umap").UMAP(n_components=AXES, n_neighbors=neighbours, random_state=seed)
    return np.asarray(made.fit_transform(values))


METHODS: Final[Mapping[str, Callable[[Tensor, int], Tensor]]] = {"t-sne": _t_sne, "umap": _umap}
