"""What is told of nodes: axes by name, counts, sharing."""

from __future__ import annotations

from engine.report import NodeReport, Report, TensorSpec
from engine.totals import NOTHING, summed
from engine.values import FrozenMap
from gui import facts
from tests.gui.drawings import classifier, node


def test_a_shape_has_its_axes_by_name() -> None:
    spec = TensorSpec((None, None, 64), "float16", ("time", "features"))
    assert facts.shape_words(spec) == "batch · time any · features 64, float16"
    assert facts.spoken_words(spec) == "any number of time steps, 64 features, float16"
    assert facts.shape_words(TensorSpec((None,))) == "batch · one number"
    assert facts.shape_words(TensorSpec((32, 4, 4), axes=("", "channels"))) == "batch 32 · 4 · channels 4"


def test_a_mask_is_told_with_who_made_it() -> None:
    graph = classifier()
    spec = TensorSpec((None, 7, 4), axes=("time", "features"), masks=("n1", "gone"))
    maker = graph.nodes["n1"].name
    told = f"Masked by {maker}: its padding is passed over"
    assert facts.mask_words(graph, spec) == (told,)
    report = NodeReport(FrozenMap({"output": spec}))
    assert facts.output_words(graph, report) == [("Output", f"batch · time\u00a07 · features\u00a04\n{told}.")]
    assert facts.mask_words(graph, TensorSpec((None, 7, 4))) == ()


def test_trainable_and_total_are_told_apart() -> None:
    assert facts.count_words(0, 0) == "none"
    assert facts.count_words(1280, 1280) == "1,280 trainable"
    assert facts.count_words(1280, 1024) == "1,280 in all, 1,024 trainable"


def test_the_drawing_in_sum() -> None:
    report = Report(FrozenMap({"n3": NodeReport(parameters=650, trainable=650)}))
    assert facts.total_words(classifier(), report, summed(report.nodes.values())) == [
        ("Layers", "3"), ("Wires", "2"), ("Parameters", "650 trainable"),
    ]  # fmt: skip
    assert dict(facts.total_words(classifier(), Report(), NOTHING)).keys() == {"Layers", "Wires"}


def test_layers_are_counted_the_commonest_first() -> None:
    nodes = [node("a", "Dense"), node("b", "Conv2D"), node("c", "Conv2D")]
    assert facts.kinds_words(nodes) == "2\u00a0Conv2D · 1\u00a0Dense"
    assert facts.plural(1, "layer") == "1 layer"
    assert facts.plural(2000, "layer") == "2,000 layers"
