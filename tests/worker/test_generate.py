"""A network writes one token after the other, each fed to it again: by its own chances, about what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from engine.choices import DataChoice
from engine.errors import RecipeError
from engine.graph import Graph
from engine.messages import Generate, Generated
from engine.recipe import CROSSENTROPY, Recipe
from engine.values import FrozenMap, Value
from engine.worker.devices import choose
from engine.worker.generate import generate, likely, writing_of
from engine.worker.prepare import Prepared, prepared
from tests.engine.drawings import drawing, layer


def ready(graph: Graph, source: str, **values: Value) -> Prepared:
    recipe = Recipe(DataChoice(source, values=FrozenMap(values)), CROSSENTROPY, metrics=())
    return prepared(graph, recipe, choose("cpu"))


def chain(words: int, length: int, **values: Any) -> Graph:
    """What follows a token hangs on that token alone: the table of the embedding says it."""
    return drawing(
        "letters > table", "table > shares",
        letters=layer("InputLayer", shape=(length,), dtype="int64", **values),
        table=layer("Embedding", input_dim=words, output_dim=words), shares=layer("Softmax"),
    )  # fmt: skip


def successor(run: Prepared, strength: float = 50.0) -> None:
    """Let each token be followed by the next in the vocabulary."""
    words = len(run.feeding.outputs[0][1].words)
    run.model.get_layer("table").embeddings.assign(strength * np.roll(np.eye(words), 1, axis=1))


def written(run: Prepared, **wish: Any) -> str:
    *_, last = generate(run, writing_of(run.recipe), Generate(**wish), lambda: False)
    assert last.done
    return last.text


def test_a_text_goes_on_past_what_is_seen_at_once() -> None:
    run = ready(chain(words_of("text"), 10), "text", length=10)
    successor(run)
    letters = run.feeding.outputs[0][1].words
    begin = letters.index("a")
    assert written(run, prompt="a", length=15, temperature=0.0) == "".join(letters[begin : begin + 16])


def words_of(source: str) -> int:
    return {"text": len(writing_of(Recipe(DataChoice("text"))).fed.words)}[source]


def test_what_there_is_only_room_for_is_never_written() -> None:
    run = ready(chain(words_of("text") + 9, 10), "text", length=10, vocabulary=words_of("text") + 9)
    run.model.get_layer("table").embeddings.assign(np.eye(words_of("text") + 9)[::-1])
    known = set(run.feeding.outputs[0][1].words)
    assert set(written(run, prompt="a", length=20, temperature=9.0)) <= known


def test_chance_follows_the_seed_and_the_temperature() -> None:
    run = ready(chain(words_of("text"), 10), "text", length=10)
    successor(run, strength=3.0)
    hot = [written(run, prompt="a", length=20, temperature=1.5, seed=seed) for seed in (1, 1, 2)]
    assert hot[0] == hot[1] != hot[2]
    cold = {written(run, prompt="a", length=20, temperature=0.0, seed=seed) for seed in (1, 2)}
    assert len(cold) == 1


def test_an_answer_is_about_what_was_typed_and_is_as_long_as_it_can_be() -> None:
    """Here each place of the answer is the same place of the question."""
    graph = drawing(
        "source > copied", "before > seen", "copied > both", "seen > both", "both > after",
        source=layer("InputLayer", shape=(4,), dtype="int64"), before=layer("InputLayer", shape=(4,), dtype="int64"),
        copied=layer("Embedding", input_dim=12, output_dim=12), seen=layer("Embedding", input_dim=12, output_dim=12),
        both=layer("Add"), after=layer("Softmax"),
    )  # fmt: skip
    run = ready(graph, "reverse", length=4, letters=10)
    run.model.get_layer("copied").embeddings.assign(50.0 * np.eye(12))
    run.model.get_layer("seen").embeddings.assign(np.zeros((12, 12)))
    assert written(run, about="d a c b", temperature=0.0) == "d a c b"
    assert written(run, about="d a", temperature=0.0) == "d a", "nothing stands behind it"
    assert len(written(run, sample=2, temperature=0.0).split()) == 4


def test_a_batch_of_a_fixed_size_is_filled() -> None:
    run = ready(chain(words_of("text"), 10, batch_size=32), "text", length=10)
    successor(run)
    assert len(written(run, prompt="a", length=5, temperature=0.0)) == 6


@pytest.mark.parametrize(
    ("wish", "words"),
    [({"prompt": ""}, "continued from its beginning"), ({"prompt": "\u2603"}, "is written with")],
)
def test_what_cannot_be_read_is_refused(wish: Mapping[str, str], words: str) -> None:
    run = ready(chain(words_of("text"), 10), "text", length=10)
    with pytest.raises(RecipeError, match=words):
        written(run, **wish)


def test_other_data_have_nothing_to_write() -> None:
    with pytest.raises(RecipeError, match="learned what follows what"):
        writing_of(Recipe())


def test_something_else_ends_it_early() -> None:
    run = ready(chain(words_of("text"), 10), "text", length=10)
    assert list(generate(run, writing_of(run.recipe), Generate("ab", length=99), lambda: True)) == [Generated("ab")]


def test_scores_become_shares_and_shares_stay() -> None:
    assert likely(np.array([0.25, 0.75])).tolist() == [0.25, 0.75]
    assert likely(np.array([0.0, 0.0, -1e9])).tolist() == [0.5, 0.5, 0.0]
