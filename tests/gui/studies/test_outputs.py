"""Of a network with several outputs one is chosen to be studied; of one with a single output nothing is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.choices import DataChoice, OutputChoice
from engine.graph import Edge, End, Node
from engine.messages import Array, Attributed, Boundary, Embed, Embedded, Occlusion, Saliency
from engine.recipe import Recipe
from engine.values import FrozenMap
from gui.studies.options import Options
from gui.studies.page import StudiesPage
from gui.studies.studied import Studied
from tests.engine.drawings import drawing, layer
from tests.gui.monitor.stage import Stage
from tests.gui.studies.test_page import asked, trained

PAIRS = drawing(
    "tokens > words", "segments > parts", "words > both", "parts > both", "both > original", "both > mean",
    "mean > follows", tokens=layer("InputLayer", shape=(16,)), segments=layer("InputLayer", shape=(16,)),
    words=layer("Embedding", input_dim=90, output_dim=3), parts=layer("Embedding", input_dim=3, output_dim=3),
    both=layer("Add"), original=layer("Dense", units=90), mean=layer("GlobalAveragePooling1D"),
    follows=layer("Dense", units=1),
)  # fmt: skip
BOTH = DataChoice("masked-text", values=FrozenMap({"targets": "both"}))


def with_two_outputs(stage: Stage) -> None:
    """Let what comes out of the hidden layer end in a second output, too."""
    graph = stage.document.graph
    hidden = next(node.id for node in graph.nodes.values() if node.name == "hidden")
    graph = graph.with_node(Node("extra", "Dense", "again", FrozenMap({"units": 10})))
    stage.document.edit("Another", graph.with_edge(Edge(End(hidden, "output"), End("extra", "input"))))


def offers(page: StudiesPage, name: str) -> bool:
    return page.options._form.isRowVisible(page.options.fields[name])


def test_of_a_single_output_none_is_offered(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    assert not offers(page, "output")
    assert offers(page, "number")
    assert asked(stage, Saliency)[-1].output == 0


def test_another_output_is_asked_about_and_named(stage: Stage, page: StudiesPage) -> None:
    with_two_outputs(stage)
    trained(stage)
    field: Any = page.options.fields["output"]
    assert offers(page, "output")
    assert [field.itemText(place) for place in range(field.count())] == ["digit", "again"]
    field.setCurrentIndex(1)
    question = asked(stage, Saliency)[-1]
    assert question.output == 1
    pixels = Array.of(np.ones((8, 8, 1), "float32"))
    stage.trainer.received.emit(Attributed(question.asked, "image", pixels, pixels, 3, 2.5))
    assert " · again · for 3" in page.stamp.text()
    for study, kind in (("occlusion", Occlusion), ("boundary", Boundary)):
        page.choose(study)
        assert offers(page, "output")
        page.button.click()
        assert asked(stage, kind)[-1].output == 1


def test_an_embedding_offers_none_where_all_learn_the_same(stage: Stage, page: StudiesPage) -> None:
    with_two_outputs(stage)
    trained(stage)
    page.choose("embedding")
    assert not offers(page, "output")


def test_the_run_is_studied_and_not_what_was_drawn_since(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    with_two_outputs(stage)
    assert not offers(page, "output"), "the network of the run has one"
    layers: Any = page.options.fields["layer"]
    assert layers.findData("extra") < 0
    stage.document.reset.emit()
    assert offers(page, "output")


def test_the_classes_are_those_of_the_output() -> None:
    studied = Studied.of(PAIRS, Recipe(data=BOTH), catalogue())
    assert [name for name, _ in studied.outputs] == ["original", "follows"]
    assert studied.classes(0) == (), "it tells a word for each place"
    assert studied.classes(1) == ("strange", "follows")
    assert studied.target(1) == studied.name(1) == "follows"
    assert not studied.same_classes()
    assert studied.classes(2) == ()


def test_data_that_do_not_fit_offer_no_output() -> None:
    recipe = Recipe(data=BOTH, outputs=FrozenMap({"nobody": OutputChoice()}))
    assert Studied.of(PAIRS, recipe, catalogue()).outputs == ()


def test_a_class_is_held_only_while_it_means_the_same(qtbot: QtBot) -> None:
    options = Options()
    qtbot.addWidget(options)
    options.list_classes(("cat", "dog"))
    field: Any = options.fields["number"]
    field.setCurrentIndex(2)
    options.list_classes(("bird", "dog", "cow"))
    assert options.choice.number == 1
    options.list_classes(("red", "blue"))
    assert field.currentText() == "The likeliest"


def test_the_colours_are_the_classes_of_the_output(stage: Stage, page: StudiesPage, qtbot: QtBot) -> None:
    stage.document.edit_both("Pairs", PAIRS, replace(stage.document.recipe, data=BOTH))
    trained(stage)
    qtbot.waitUntil(lambda: page._samples.spec is not None)
    page.choose("embedding")
    field: Any = page.options.fields["output"]
    assert offers(page, "output")
    field.setCurrentIndex(1)
    question = asked(stage, Embed)[-1]
    assert question.output == 1
    points = np.random.default_rng(1).normal(size=(4, 3)).astype("float32")
    targets = Array.of(np.array([0, 1, 1, 0]))
    stage.trainer.received.emit(
        Embedded(question.asked, Array.of(points), Array.of(np.arange(4)), targets, Array.of(np.ones(3)))
    )
    assert [name for name, _ in page.answer.key.names] == ["strange", "follows"]
    page.answer.views["cloud"].pin(2)
    assert page.card.caption in ("is strange", "is follows")
