"""The maps of a sequence whose steps have words, and of a vector of tokens."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.data.columns import Column, Samples
from engine.graph import Graph
from gui.monitor.looking.map_view import MapView
from gui.monitor.looking.moment import Moment
from gui.monitor.looking.sources import Source
from gui.monitor.sample import ProbeSamples

LETTERS = Column("letters", (3,), "classes", ("", "a", "b", "c"))


def moment(values: list[object]) -> Moment:
    samples = ProbeSamples()
    samples._samples = Samples({"letters": np.array([[3, 1, 2]])}, {})
    node = catalogue().new_node(Graph(), "Embedding")
    return Moment(node, 0, samples, np.array(values, "float32"), sources=(Source("input", LETTERS, 0),))


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    made = MapView()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def test_words_stand_above_the_steps_and_each_feature_has_its_own_range(view: MapView) -> None:
    view.show_moment(moment([[0, 10], [1, 20], [2, 30]]))
    matrix = view.band.matrix
    assert matrix is not None
    assert (view.band.isVisible(), view.wall.isVisible()) == (True, False)
    assert matrix.columns == ("c", "a", "b")
    assert matrix.values.tolist() == [[0, 0.5, 1], [0, 0.5, 1]]
    assert matrix.tell(1, 2) == "step 2 “b” · feature 1: 30"
    view.share_scale(True)
    assert view.band.matrix is not None
    assert view.band.matrix.values.max() == 1
    assert view.band.matrix.values[0].max() == pytest.approx(2 / 30)


def test_tokens_are_bars_with_their_words_none_of_them_marked(view: MapView) -> None:
    view.show_moment(moment([3, 1, 2]))
    assert view.wall.chart is not None
    assert (view.wall.chart.names, view.wall.chart.plain) == (("c", "a", "b"), True)
    assert view.wall.isVisible()
    assert view.rest == ""
    view.show_moment(moment([[0, 10], [1, 20], [2, 30]]))
    assert view.wall.chart is None, "what is left of a layer before is no longer asked about"
