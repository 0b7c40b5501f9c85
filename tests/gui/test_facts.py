"""What is told of nodes: axes by name, counts, sharing."""

from __future__ import annotations

from engine.report import NodeReport, Report, TensorSpec
from engine.totals import NOTHING, summed
from engine.values import FrozenMap
from gui import facts
from tests.gui.drawings import classifier, node


def test_axes_have_the_names_that_the_layer_means() -> None:
    spec = TensorSpec((None, None, 64), "float16")
    assert facts.shape_words(spec, facts.axis_names("Recurrent", "output", 2)) == (
        "batch × any time × 64 features, float16"
    )
    assert facts.axis_names("Convolution", "output", 2) == ("time", "channels")
    assert facts.axis_names("Attention", "scores", 3) == ("heads", "query time", "key time")
    assert facts.axis_names("Core", "output", 6)[-1] == "axis 6"
    first = facts.axis_names("Convolution", "output", 3, channels_first=True)
    assert first == ("channels", "height", "width")
    assert facts.shape_words(TensorSpec((None,)), facts.axis_names("Core", "output", 0)) == "batch"


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
