"""Whether a recipe fits data with names: inputs, outputs and targets, places, words, and what is not asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.choices import DataChoice, OutputChoice
from engine.datasets import dataset
from engine.fitting import judged
from engine.graph import Graph
from engine.mends import Source
from engine.propose import recipe_for
from engine.recipe import ACCURACY, Recipe
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap, Part, Value
from tests.engine.drawings import Kind, chain, drawing, layer

KERAS = catalogue()
MSE, MAE = Part("MeanSquaredError"), Part("MeanAbsoluteError")
SOFTMAX = {"activation": "softmax"}


def recipe(source: str, loss: Part | None = None, **values: Value) -> Recipe:
    plain = Recipe(DataChoice(source, values=FrozenMap(values)))
    return plain if loss is None else replace(plain, loss=loss, metrics=())


def report(graph: Graph, *shapes: tuple[int | None, ...]) -> Report:
    nodes = {
        id: NodeReport(FrozenMap({"output": TensorSpec((None, *shape))}))
        for id, shape in zip(graph.nodes, shapes, strict=True)
    }
    return Report(FrozenMap(nodes))


def found(graph: Graph, shapes: list[tuple[int | None, ...]], recipe: Recipe) -> list[tuple[str, str, list[str]]]:
    """Severity, sentence and the titles of what would mend it."""
    told, mends = judged(graph, report(graph, *shapes), recipe, dataset(recipe.data), KERAS)
    return [(problem.severity, problem.sentence, titles(mends.get(problem, ()), graph)) for problem in told]


def titles(source: Source, graph: Graph) -> list[str]:
    return [mend.title(graph) for mend in (source() if callable(source) else source)]


# -- an answer at each place


def reader(units: int, *after: Kind, rows: int = 58, sequences: bool = True) -> Graph:
    return chain(
        layer("InputLayer", shape=(40,)), layer("Embedding", input_dim=rows, output_dim=8),
        layer("LSTM", units=16, return_sequences=sequences), layer("Dense", units=units, **SOFTMAX), *after,
    )  # fmt: skip


STEPS: list[tuple[int | None, ...]] = [(40,), (40, 8), (40, 16), (40, 58)]


def test_a_class_at_each_step_fits() -> None:
    assert found(reader(58), STEPS, recipe("text")) == []


def test_free_steps_fit() -> None:
    assert found(reader(58), [(None,), (None, 8), (None, 16), (None, 58)], recipe("text")) == []


def test_the_last_step_alone_is_too_little() -> None:
    sentence = (
        "l3 (Dense) gives 58 for each sample; Shakespeare call for 40×58: 58 classes at each place. "
        "Let each layer before it give all its steps, not the last alone."
    )
    said = found(reader(58, sequences=False), [(40,), (40, 8), (16,), (58,)], recipe("text"))
    assert said == [("error", sentence, ["Turn return sequences on in l2"])]


def test_too_few_classes_at_each_step() -> None:
    sentence = (
        "l3 (Dense) gives 40×20 for each sample; Shakespeare call for 40×58: 58 classes at each place. "
        "Let the last layer give 58 at each place."
    )
    said = found(reader(20), [*STEPS[:3], (40, 20)], recipe("text"))
    assert said == [("error", sentence, ["Set units of l3 to 58"])]


@pytest.mark.parametrize("shape", [(20, 1), (20,)])
def test_numbers_at_each_step(shape: tuple[int, ...]) -> None:
    graph = chain(layer("InputLayer", shape=(20, 1)), layer("LSTM", units=4), layer("Dense", units=1))
    assert found(graph, [(20, 1), (20, 4), shape], recipe("waves", MSE)) == []


def test_a_picture_that_is_too_small() -> None:
    graph = chain(layer("InputLayer", shape=(8, 8, 1)), layer("Conv2D", filters=1, kernel_size=(3, 3)))
    sentence = (
        "l1 (Conv2D) gives 6×6×1 for each sample; Handwritten digits call for 8×8×1. "
        "Let the layers before it keep the places of the target."
    )
    assert found(graph, [(8, 8, 1), (6, 6, 1)], recipe("digits", MSE, targets="image")) == [("error", sentence, [])]


@pytest.mark.parametrize(
    ("loss", "filters", "activation"),
    [("SparseCategoricalCrossentropy", 2, "softmax"), ("BinaryCrossentropy", 1, "sigmoid")],
)
def test_a_mask_is_learned_as_two_classes_or_as_yes_or_no(loss: str, filters: int, activation: str) -> None:
    last = layer("Conv2D", filters=filters, kernel_size=(1, 1), activation=activation)
    graph = chain(layer("InputLayer", shape=(32, 32, 3)), last)
    shapes: list[tuple[int | None, ...]] = [(32, 32, 3), (32, 32, filters)]
    assert found(graph, shapes, recipe("shapes", Part(loss), targets="mask")) == []


def test_pixels_may_be_taken_for_chances_but_numbers_may_not() -> None:
    entropy = Part("BinaryCrossentropy")
    last = layer("Conv2D", filters=1, kernel_size=(1, 1), activation="sigmoid")
    graph = chain(layer("InputLayer", shape=(8, 8, 1)), last)
    assert found(graph, [(8, 8, 1), (8, 8, 1)], recipe("digits", entropy, targets="image")) == []
    line = chain(layer("InputLayer", shape=(1,)), layer("Dense", units=1, activation="sigmoid"))
    ((severity, sentence, _),) = found(line, [(1,), (1,)], recipe("sine", entropy))
    assert severity == "error"
    assert "expects targets that are yes or no. Received: numbers" in sentence


# -- words


def test_words_without_a_row() -> None:
    sentence = "l1 (Embedding) has rows for 50 words; Shakespeare have 58. Set its input dim to 58."
    assert found(reader(58, rows=50), STEPS, recipe("text")) == [
        ("error", sentence, ["Set input dim of l1 to 58"])
    ]  # fmt: skip


def test_the_numbers_of_words_are_no_amounts() -> None:
    graph = chain(layer("InputLayer", shape=(40,)), layer("Dense", units=58, **SOFTMAX))
    said = found(graph, [(40,), (58,)], recipe("text"))
    assert said[-1][0] == "warning"
    assert said[-1][1].startswith("l0 (InputLayer) brings the numbers of 58 words to l1 (Dense), which takes them for")
    assert said[-1][2] == ["Insert Embedding of 58 words after l0"]


# -- what is not asked


def covered(loss: Part) -> list[tuple[str, str, list[str]]]:
    graph = chain(
        layer("InputLayer", shape=(16,)), layer("Embedding", input_dim=50, output_dim=8),
        layer("Dense", units=50, **SOFTMAX),
    )  # fmt: skip
    graph = graph.with_nodes([replace(graph.node("l0"), name="tokens")])
    return found(graph, [(16,), (16, 8), (16, 50)], recipe("masked-text", loss))


def test_a_loss_ignores_what_is_not_asked() -> None:
    sparse = Part("SparseCategoricalCrossentropy")
    assert covered(sparse.with_value("ignore_class", -1)) == []
    sentence = (
        "Sparse categorical crossentropy takes each number of original for a class; Covered words have -1 where "
        "nothing is asked. Set its ignore class to -1."
    )
    assert covered(sparse) == [("error", sentence, ["Set ignore class of the loss to -1"])]


# -- names


def fork(*names: str) -> Graph:
    """A network of two inputs and an output."""
    first, second = names
    return drawing(
        f"{first} > flat", "flat > seen", "seen > each", f"{second} > table", "each > both", "table > both",
        "both > next",
        **{first: layer("InputLayer", shape=(32, 32, 3)), second: layer("InputLayer", shape=(9,))},
        flat=layer("Flatten"), seen=layer("Dense", units=8), each=layer("RepeatVector", n=9),
        table=layer("Embedding", input_dim=17, output_dim=8), both=layer("Add"),
        next=layer("Dense", units=17, **SOFTMAX),
    )  # fmt: skip


FORK: list[tuple[int | None, ...]] = [(32, 32, 3), (9,), (3072,), (8,), (9, 8), (9, 8), (9, 8), (9, 17)]


def test_inputs_are_known_by_their_names() -> None:
    assert found(fork("image", "words"), FORK, recipe("captions")) == []


def test_an_input_of_no_such_name() -> None:
    ((severity, sentence, _), *_) = found(fork("picture", "words"), FORK, recipe("captions"))
    assert severity == "error"
    assert sentence == (
        "Each input bears the name of what it receives; Figures with captions offer image and words. "
        "Received: 'picture'. Rename picture to one of them."
    )


def test_an_output_that_is_gone_leaves_the_recipe() -> None:
    graph = chain(layer("InputLayer", shape=(8, 8, 1)), layer("Flatten"), layer("Dense", units=10, **SOFTMAX))
    heads = replace(recipe("digits"), outputs=FrozenMap({"side": OutputChoice(weight=0.3)}))
    sentence = (
        "The recipe's outputs are those of the drawing: l2. Received: 'side'. "
        "Take side out of the recipe's outputs, or give an output that name."
    )
    shapes: list[tuple[int | None, ...]] = [(8, 8, 1), (64,), (10,)]
    assert found(graph, shapes, heads) == [("error", sentence, ["Take side out of the recipe"])]


# -- outputs of their own


def two(**output: object) -> tuple[Graph, list[tuple[int | None, ...]], Recipe]:
    softmax = layer("Dense", units=10, **SOFTMAX)
    graph = drawing("image > flat", "flat > main", "flat > side", image=layer("InputLayer", shape=(8, 8, 1)),
                    flat=layer("Flatten"), main=softmax, side=softmax)  # fmt: skip
    chosen = OutputChoice(**output)  # type: ignore[arg-type]
    return graph, [(8, 8, 1), (64,), (10,), (10,)], replace(Recipe(), outputs=FrozenMap({"side": chosen}))


def test_the_loss_of_an_output_is_judged_and_mended_there() -> None:
    said = found(*two(loss=MSE))
    assert [severity for severity, *_ in said] == ["error"]
    assert said[0][1].startswith("Mean squared error expects targets that are a number")
    assert said[0][2][0] == "Set loss to sparse categorical crossentropy, for side"


def test_the_metrics_of_an_output_are_judged_and_mended_there() -> None:
    said = found(*two(metrics=(MAE,)))
    assert [(severity, mends) for severity, _, mends in said] == [("error", ["Set metrics to accuracy, for side"])]
    assert found(*two(metrics=())) == []


def test_what_an_output_chose_is_not_proposed_again() -> None:
    graph, shapes, _ = two()
    chosen = replace(Recipe(), outputs=FrozenMap({"main": OutputChoice(loss=MSE, metrics=(MAE,))}))
    proposal = recipe_for(graph, report(graph, *shapes), dataset("digits"), KERAS, chosen)
    assert proposal.recipe == chosen


def test_a_loss_that_ignores_is_proposed() -> None:
    proposal = recipe_for(Graph(), Report(), dataset("masked-text"), KERAS, recipe("masked-text", MSE))
    assert proposal.recipe.loss == Part("SparseCategoricalCrossentropy", FrozenMap({"ignore_class": -1}))
    assert ACCURACY not in proposal.recipe.metrics
