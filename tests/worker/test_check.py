"""The checker against Keras itself: shapes, counts and dtypes of built models; and each problem's exact sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from engine import wiring
from engine.catalogue import catalogue
from engine.graph import Graph, Node
from engine.graph_json import graph_from_json
from engine.report import Report
from engine.values import Value
from tests.engine.drawings import chain, drawing, layer
from tests.worker.accepted import CONV, DENSE, GOOD, IMAGE, SEQUENCE, VECTOR, WORDS, every_layer
from tests.worker.asking import Asked, ask
from tests.worker.refused import BAD as REFUSED
from tests.worker.unkept import UNKEPT
from tests.worker.unrunnable import UNRUNNABLE

BAD = {**REFUSED, **UNRUNNABLE, **UNKEPT}
DENSE_NODE = Node("", "Dense", "", DENSE[2])
LINE = chain(layer("InputLayer", shape=(5,)), *[layer("Dense", units=6)] * 20)
MASKED = drawing(
    "x > e", "e > f", "f > d", "e > g", "g > h",
    x=WORDS, e=layer("Embedding", input_dim=9, output_dim=4, mask_zero=True),
    f=layer("Flatten"), d=DENSE, g=layer("Flatten"), h=layer("Dense", units=2),
)  # fmt: skip
#: Asked one after the other, of one checker.
EDITS: dict[str, Graph] = {
    "line": LINE,
    "line again": LINE,
    "line moved and renamed": LINE.moved({"l3": (9.0, 9.0)}).renamed("l4", "other"),
    "line, its end edited": LINE.with_value("l20", "units", 7),
    "line, its beginning edited": LINE.with_value("l1", "units", 7),
    "line, its input edited": LINE.with_value("l0", "shape", (6,)),
    "true is not one": chain(VECTOR, layer("Dense", units=True)),
    "one": chain(VECTOR, layer("Dense", units=1)),
    "masked": MASKED,
    "broken in one branch": drawing(
        "x > a", "a > b", "b > c", "x > p", "p > q",
        x=VECTOR, a=CONV, b=layer("Flatten"), c=DENSE, p=DENSE, q=DENSE, u=DENSE,
    ),
    "a circle beside": drawing(
        "x > a", "a > b", "b > a2", "a2 > b2", "b2 > j", "x > j", "j > k", "k > j",
        x=VECTOR, a=DENSE, b=DENSE, a2=DENSE, b2=DENSE, j=layer("Add"), k=DENSE,
    ),
    "a bad value above": chain(VECTOR, layer("Dense", units=0), DENSE),
    "one name twice": chain(VECTOR, DENSE, DENSE).renamed("l1", "y").with_node(
        replace(DENSE_NODE, id="l2", name="y")
    ),
    "a GPU wanted": chain(IMAGE, layer("Conv2D", filters=2, kernel_size=(2, 2), data_format="channels_first")),
    "an owner that is broken": drawing(
        "x > a", "y > b", x=SEQUENCE, y=IMAGE, a=CONV, b=layer("Conv2D", shares="a"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def asked() -> Asked:
    known, heavy = catalogue(), {}
    graphs = {**GOOD, **{name: graph for name, (graph, *_) in BAD.items()}, **EDITS}
    for name in [name for name, graph in graphs.items() if known.needs_tensorflow(graph)]:
        heavy[name] = graphs.pop(name)
    asked, more = ask(graphs), ask(heavy, full=True)
    return replace(asked, reports={**asked.reports, **more.reports}, asked={**asked.asked, **more.asked})


@pytest.fixture(scope="module")
def built() -> Mapping[str, Any]:
    from engine.worker.build import build

    return {name: build(graph, catalogue()) for name, graph in GOOD.items()}


@pytest.mark.parametrize("name", GOOD)
def test_the_report_is_what_keras_builds(name: str, asked: Asked, built: Mapping[str, Any]) -> None:
    report, model = asked.reports[name], built[name].model
    assert report.errors == ()
    assert report.parameters == model.count_params()
    assert report.trainable == sum(weight.size for weight in _values(model.trainable_weights))
    for id, node in report.nodes.items():
        tensors = {port: tensor for (owner, port), tensor in built[name].tensors.items() if owner == id}
        if GOOD[name].out_of(id) or wiring.inputs(GOOD[name], catalogue(), id):
            assert {port: (spec.shape, spec.dtype) for port, spec in node.outputs.items()} == {
                port: (tuple(tensor.shape), tensor.dtype) for port, tensor in tensors.items()
            }
            assert node.dtype == built[name].layers[id].dtype_policy.name


def _values(weights: Any) -> Any:
    return [weight.numpy() for weight in weights]


@pytest.mark.parametrize("name", BAD)
def test_a_problem_and_its_sentence(name: str, asked: Asked) -> None:
    _, sentence, nodes, parameter = BAD[name]
    found = [(p.severity, p.sentence, p.nodes, p.parameter) for p in asked.reports[name].problems]
    assert found == [("error", sentence, nodes, parameter)]


TITLES: dict[str, list[str]] = {
    "an image wanted": [],  # one of 2×2 is too small for it
    "a sequence wanted, an image given": ["Insert Reshape to 64×3 after l0"],
    "a sequence wanted, its last step given": ["Turn return sequences on in l1", "Insert Reshape to 4×1 after l1"],
    "a row wanted": ["Insert Flatten after l0", "Insert GlobalAveragePooling1D after l0"],
    "an axis more wanted": ["Insert Reshape to 8×1 after l0", "Set shape of l0 to 8×1"],
    "a window too large": ["Set padding of l1 to same", "Set kernel size of l1 to 2×2"],
    "other channels": [
        "Insert Conv2D with 4 filters after b",
        "Set filters of b to 4",
        "Insert Conv2D with 5 filters after a",
    ],
    "no such axis": ["Set axis of l1 to -1"],
    "batches of any size": ["Turn stateful off in l1", "Set batch size of l0 to 32"],
    "a mask that is not as large": ["Make l2 an Activation", "Take l1 out"],
    "a mask of more than time": ["Take l1 out"],
    "what TensorFlow has not": ["Set fill mode of l1 to constant"],
    "keys of another length": ["Remove the wire from k"],
}


@pytest.mark.parametrize("name", TITLES)
def test_the_fixes_that_are_offered(name: str, asked: Asked) -> None:
    (problem,) = asked.reports[name].problems
    assert [fix.title for fix in problem.fixes] == TITLES[name]


def test_every_fix_mends_its_problem(asked: Asked) -> None:
    offered = {
        (name, fix.title): graph_from_json(fix.graph)
        for name in BAD
        for problem in asked.reports[name].problems
        for fix in problem.fixes
    }
    assert len(offered) > 15
    mended = ask({str(key): graph for key, graph in offered.items()})
    for key in offered:
        before, after = asked.reports[key[0]].problems[0], mended.reports[str(key)].problems
        assert before.sentence not in [problem.sentence for problem in after], key


def test_keras_is_quoted_in_the_detail(asked: Asked) -> None:
    (problem,) = asked.reports["other channels"].problems
    assert problem.detail == "Inputs have incompatible shapes. Received shapes (6, 6, 4) and (6, 6, 5)"
    (problem,) = asked.reports["a shared layer on other features"].problems
    assert "layer 'b' is incompatible with the layer: expected axis -1" in problem.detail


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("line", 3),  # the input, the first layer, and one like it for all that follow
        ("line again", 0),
        ("line moved and renamed", 0),
        ("line, its end edited", 1),
        ("line, its beginning edited", 2),
        ("line, its input edited", 1),  # a first layer on 6; its own output is 6 as before
    ],
)
def test_only_what_is_new_is_asked_of_keras(name: str, questions: int, asked: Asked) -> None:
    assert asked.asked[name] == questions


def test_an_answer_never_serves_another_value_that_python_holds_equal(asked: Asked) -> None:
    assert asked.reports["true is not one"].errors[0].parameter == "units"
    assert asked.reports["one"].errors == ()


def test_nodes_behind_a_problem_have_neither_shape_nor_problem_of_their_own(asked: Asked) -> None:
    report = asked.reports["broken in one branch"]
    assert [problem.nodes[0] for problem in report.problems] == ["u", "a"]
    assert known(report) == {"x", "p", "q"}


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("a circle beside", {"x", "a", "b", "a2", "b2"}),
        ("a bad value above", {"l0"}),
        ("one name twice", {"l0", "l1", "l2"}),
        ("an owner that is broken", {"x", "y", "b"}),
    ],
)
def test_a_broken_part_keeps_no_shape_from_the_rest(name: str, there: set[str], asked: Asked) -> None:
    assert asked.reports[name].errors
    assert known(asked.reports[name]) == there


def known(report: Report) -> set[str]:
    return {id for id, node in report.nodes.items() if node.known}


def test_what_keras_warns_of_is_told_at_each_node(asked: Asked) -> None:
    report = asked.reports["masked"]
    assert [(p.severity, p.sentence, p.nodes) for p in report.problems] == [
        (
            "warning",
            f"{id} (Flatten) drops the mask that e (Embedding) makes: what comes after it takes padding for data. Put "
            f"a layer that reads masks, as LSTM does, before {id}, or turn mask zero off in e.",
            (id, "e"),
        )
        for id in ("f", "g")
    ]
    assert known(report) == set(MASKED.nodes)


def test_what_runs_on_a_gpu_alone_is_told(asked: Asked) -> None:
    report = asked.reports["a GPU wanted"]
    (problem,) = report.problems
    assert (problem.severity, problem.nodes, problem.parameter) == ("warning", ("l1", "l0"), "data_format")
    assert problem.sentence == "l1 (Conv2D) runs channels first on a GPU only. Set data format to channels last."
    assert report.nodes["l1"].outputs["output"].label == "2×7×2"


def test_no_tensorflow_and_no_weights_were_needed(asked: Asked) -> None:
    assert asked.backend == "numpy"
    assert not asked.modules & {"tensorflow", "torch", "sklearn", "PIL"}
    assert asked.megabytes < 250  # with a layer of 17 thousand million weights among the questions


@pytest.mark.long
def test_what_the_checker_accepts_runs(built: Mapping[str, Any]) -> None:
    """Every layer on every rank that it takes, with every switch and choice it has: accepted means that it runs."""
    wrong = []
    graphs = dict(every_variant())
    for name, report in ask(graphs).reports.items():
        if not report.errors:
            problem = _run(graphs[name], report)
            if problem:
                wrong.append(f"{name}: {problem}")
    assert not wrong, "\n".join(wrong)


def every_variant() -> Iterator[tuple[str, Graph]]:
    from engine.worker import rules

    for name, graph in every_layer():
        id = next(id for id in graph.nodes if id not in ("x", "y"))
        kind = graph.node(id).layer
        yield name, graph
        for parameter in catalogue().layer(kind).parameters:
            values: tuple[Value, ...] = parameter.choices if parameter.kind == "choice" else ()
            if parameter.name == "data_format" and kind in rules.ON_GPU:
                values = ("channels_last",)  # the other is warned of, and cannot be tried here
            for value in (True, False) if parameter.kind == "bool" else values:
                yield f"{name} {parameter.name}={value}", catalogue().with_value(graph, id, parameter.name, value)


def _run(graph: Graph, report: Report) -> str:
    """Run a model on random data; return what went wrong, or nothing."""
    import keras
    import numpy as np

    from engine.worker.build import build

    try:
        model = build(graph, catalogue()).model
        samples = [np.random.default_rng(1).random((2, *tensor.shape[1:]), "float32") for tensor in model.inputs]
        outputs = [tuple(out.shape) for out in keras.tree.flatten(model(samples if len(samples) > 1 else samples[0]))]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return f"{type(error).__name__}: {str(error)[:200]}"
    finally:
        keras.backend.clear_session()
    promised = [report.nodes[end.node].outputs[end.port].shape[1:] for end in wiring.model_outputs(graph, catalogue())]
    given = [shape[1:] for shape in outputs]
    same = all(
        len(a) == len(b) and all(x in (None, y) for x, y in zip(a, b, strict=True))
        for a, b in zip(promised, given, strict=True)
    )
    return "" if same else f"promised {promised}, given {given}"
