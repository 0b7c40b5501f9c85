"""A look into a network, for tests: the rows of its figures and its histograms by node. Knows no run."""

from __future__ import annotations

from collections.abc import Mapping

from engine.graph import Graph
from engine.messages import Figures, Histograms
from engine.recipe import Recipe
from engine.worker.devices import choose
from engine.worker.figures import Gauge
from engine.worker.prepare import Prepared, prepared, rehearse
from tests.worker.drawings import SMALL

Row = Mapping[str, float]


def made(graph: Graph, recipe: Recipe = SMALL) -> Prepared:
    run = prepared(graph, recipe, choose("cpu"))
    rehearse(run.model, run.feeding, run.data.train, graph)
    return run


def looked(gauge: Gauge, step: int = 1) -> tuple[dict[str, Row], dict[str, Histograms], float]:
    """One look: the rows by node, the histograms by node, and the norm of all gradients."""
    *shapes, figures = gauge.look(1, step, 0.5)
    assert isinstance(figures, Figures)
    rows: dict[str, Row] = {
        node: dict(zip(figures.columns, map(float, row), strict=True))
        for node, row in zip(figures.nodes, figures.values.numpy(), strict=True)
    }
    return rows, {each.node: each for each in shapes if isinstance(each, Histograms)}, figures.gradient_norm


def gauge_of(run: Prepared, samples: int = 32) -> Gauge:
    gauge = Gauge(run, samples)
    gauge.watch([node for node, _ in run.built.tensors])
    return gauge
