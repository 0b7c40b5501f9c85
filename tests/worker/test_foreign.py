"""A person's own layers in the worker: run after their hash was compared, described as data, trained, and said of."""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from engine import layersources
from engine.catalogue import catalogue
from engine.errors import BuildError
from engine.kinds import ParameterSpec
from engine.layersources import Described
from engine.messages import Ended, Export, Failed, Layers, LayersFound, Train
from engine.worker import known
from engine.worker.build import build
from engine.worker.check import Checker
from engine.worker.foreign import Foreign
from tests import owned
from tests.owned import source
from tests.worker.drawings import SMALL
from tests.worker.rehearsal import Bench

#: Said by Keras as it saves weights.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
PREFACE = "import keras\nfrom typing import Literal, Optional\nLayer = keras.layers.Layer\n"


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    """What runs files, in this process; afterwards they are unknown again."""
    before = set(sys.modules)
    yield Foreign(lambda found: pytest.fail(f"stuck: {found}"))
    known.use(catalogue(), {}, known.unwatched)
    for name in set(sys.modules) - before:
        if name.startswith("my_"):
            del sys.modules[name]


def taken(foreign: Foreign, text: str) -> Described:
    (found,) = foreign.take(Layers((source(text),))).files
    return found


def layer(init: str, call: str = "self, inputs") -> str:
    """A file of one layer with this constructor and this call."""
    return (
        f"{PREFACE}class One(Layer):\n    def __init__({init}):\n        super().__init__(**kwargs)\n"
        f"    def call({call}):\n        return inputs\n"
    )


# -- described


@pytest.mark.parametrize(
    ("said", "spec"),
    [
        ("a: int", ParameterSpec("a", "int", required=True, start=1)),
        ("a: int = 3", ParameterSpec("a", "int", 3)),
        ("a: float = 3", ParameterSpec("a", "float", 3.0)),
        ("a: bool = True", ParameterSpec("a", "bool", default=True)),
        ("a: str = 'x'", ParameterSpec("a", "text", "x")),
        ("a: 'int | None' = None", ParameterSpec("a", "int", optional=True)),
        ("a: Optional[float] = 2.0", ParameterSpec("a", "float", 2.0, optional=True)),
        ("a: Literal['x', 'y'] = 'y'", ParameterSpec("a", "choice", "y", choices=("x", "y"))),
        ("a: Literal['x', 'y']", ParameterSpec("a", "choice", required=True, start="x", choices=("x", "y"))),
        ("a: tuple[int, int] = (1, 2)", ParameterSpec("a", "integers", (1, 2), length=2)),
        ("a: list[float] = [0.5]", ParameterSpec("a", "numbers", (0.5,))),
        ("a=1.5", ParameterSpec("a", "float", 1.5)),
        ("a=(1, 2)", ParameterSpec("a", "integers", (1, 2))),
    ],
)
def test_a_parameter_is_what_is_said_of_it(foreign: Foreign, said: str, spec: ParameterSpec) -> None:
    taken(foreign, layer(f"self, {said}, **kwargs"))
    assert known.catalogue().layer("One").parameter("a") == spec


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("units", "int"), ("activation=None", "activation"), ("kernel_initializer='zeros'", "initializer"),
        ("kernel_regularizer=None", "regularizer"), ("axis=-1", "axes"), ("rate=0.5", "float"),
        ("axis: str = 'x'", "text"),
    ],
)  # fmt: skip
def test_a_name_means_what_it_means_in_keras(foreign: Foreign, said: str, kind: str) -> None:
    taken(foreign, layer(f"self, {said}, **kwargs"))
    name = said.split("=")[0].split(":")[0]
    assert known.catalogue().layer("One").parameter(name).kind == kind


def test_what_nobody_can_say_keeps_its_default(foreign: Foreign) -> None:
    found = taken(foreign, layer("self, a=print, b=None, c={}, **kwargs"))
    assert [p["name"] for p in found.layers["One"]["parameters"]] == ["trainable", "dtype"]


@pytest.mark.parametrize(
    ("call", "inputs", "outputs"),
    [
        ("self, inputs", ["input"], ["output"]),
        ("self, x, training=None, mask=None", ["input"], ["output"]),
        ("self, inputs, other, more=None, how=3", ["input", "other", "more?"], ["output"]),
        ("self, inputs: list", ["inputs*"], ["output"]),
        ("self, inputs) -> tuple[object, object](", ["input"], ["output", "output_2"]),
    ],
)
def test_ports_are_what_the_call_takes_and_gives(
    foreign: Foreign, call: str, inputs: list[str], outputs: list[str]
) -> None:
    text = layer("self, **kwargs", call).replace("(]:", "]:").replace("](", "]").replace("]):", "]:")
    taken(foreign, text)
    spec = known.catalogue().layer("One")
    assert [p.name + "*" * p.many + "?" * p.optional for p in spec.inputs] == inputs
    assert [p.name for p in spec.outputs] == outputs


def test_words_are_the_docstrings(foreign: Foreign) -> None:
    found = taken(foreign, owned.SOURCE)
    spec = known.catalogue().layer("Swish")
    assert (spec.group, spec.file, spec.stem) == ("Your own", "my_layers", "swish")
    assert spec.summary == "Multiplies its input by a sigmoid of it."
    assert spec.parameter("beta").help == "How steep the sigmoid is."
    assert (found.fault, dict(found.notes)) == ("", {})


# -- refused


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("class A(:\n", "line 1: invalid syntax."),
        ("x = 1\nimport no_such_thing\n", "line 2: it imports no_such_thing, which is not installed."),
        ("def f():\n    return 1 / 0\n\nf()\n", "line 2: ZeroDivisionError: division by zero."),
        ("import sys\nsys.exit(3)\n", "line 2: it ends the program."),
        ("raise KeyboardInterrupt\n", "line 1: KeyboardInterrupt."),
        ("from . import other\n", "line 1: ImportError"),
        ("x = 1\n", "no class in it extends keras.layers.Layer."),
        ("from keras.layers import Dense\n", "no class in it extends keras.layers.Layer."),
        (f"{PREFACE}class _Base(Layer):\n    pass\n", "no class in it extends keras.layers.Layer."),
        (f"{PREFACE}class Dense(Layer):\n    pass\n", "Dense: Another layer has this name. Rename the class."),
        (layer("self, a, **kwargs"), "One: Its argument a must say what it is, since it has no default."),
        (layer("self, **kwargs", "self"), "One: Its call must take a tensor."),
        (f"{PREFACE}class One(Layer):\n    def __init__(self, a=1):\n        pass\n",
         "One: Its constructor must take **kwargs and pass them on"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_work_says_why(foreign: Foreign, text: str, fault: str) -> None:
    found = taken(foreign, text)
    assert found.fault.startswith(fault)
    assert found.layers == {}
    assert "my_layers" not in sys.modules or not text.startswith(("class", "raise", "x = 1\nimport"))
    assert all(spec.file == "" for spec in known.catalogue().layers.values())


def test_what_was_changed_on_the_way_is_not_run(foreign: Foreign, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    text = f"open({str(trace)!r}, 'w').close()\n"
    (found,) = foreign.take(Layers((replace(source(owned.SOURCE), text=text),))).files
    assert "is not what was trusted: its hash is another" in found.fault
    assert not trace.exists()


def test_a_name_that_stands_in_anothers_place_is_not_run(foreign: Foreign, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    (found,) = foreign.take(Layers((source(f"open({str(trace)!r}, 'w').close()\n", "/nowhere/json.py"),))).files
    assert "would be imported in the place" in found.fault
    assert not trace.exists()


def test_a_file_is_run_from_what_was_sent_and_never_read_again(foreign: Foreign, tmp_path: Path) -> None:
    path = owned.write(tmp_path)
    sent = layersources.read(path)
    owned.write(tmp_path, "raise SystemExit\n")
    foreign.take(Layers((sent,)))
    assert "ops.sigmoid" in inspect.getsource(known.class_of("Swish"))
    assert str(tmp_path) not in sys.path


def test_two_files_do_not_shadow_each_other(foreign: Foreign) -> None:
    one, two = source(layer("self, **kwargs")), source(layer("self, b=1, **kwargs"), "/nowhere/my_others.py")
    first, second = foreign.take(Layers((one, two))).files
    assert list(first.layers) == ["One"]
    assert second.fault.startswith("One: Another layer has this name.")
    assert known.catalogue().layer("One").file == "my_layers"


def test_files_take_the_place_of_those_before(foreign: Foreign) -> None:
    taken(foreign, owned.SOURCE)
    foreign.take(Layers((), {"Swish": "comes from my_layers.py, which is off"}))
    assert "Swish" not in known.catalogue().layers
    with pytest.raises(BuildError, match="which is off"):
        build(owned.drawing(), known.catalogue())


def test_a_file_that_does_not_end_is_named_with_its_line(foreign: Foreign) -> None:
    said: list[LayersFound] = []
    slow = Foreign(said.append, patience=0.2)
    text = "import time\nend = time.monotonic() + 1\nwhile time.monotonic() < end:\n    pass\n"
    slow.take(Layers((source(text),)))
    (found,) = said[0].files
    assert found.stuck
    assert found.fault.startswith("it did not come to an end within 0 seconds and was at line ")
    assert found.fault.rstrip(".")[-1] in "34"


def test_a_call_that_does_not_end_is_named_too(foreign: Foreign) -> None:
    said: list[LayersFound] = []
    slow = Foreign(said.append, patience=0.3)
    slow.take(Layers((source(owned.SOURCE.replace("return inputs *", "import time; time.sleep(1); return inputs *")),)))
    began = time.monotonic()
    Checker(known.catalogue()).check(owned.drawing())
    assert time.monotonic() - began >= 1
    assert said[0].files[0].stuck


# -- used


def test_shapes_and_weights_are_keras_own(foreign: Foreign) -> None:
    taken(foreign, owned.SOURCE)
    report = Checker(known.catalogue()).check(owned.drawing())
    assert report.problems == ()
    assert report.nodes["swish"].outputs["output"].shape == (None, 64)
    assert (report.nodes["mixer"].outputs["output"].shape, report.nodes["mixer"].parameters) == ((None, 5), 320)
    counted = {id: (node.counted, node.multiply_adds) for id, node in report.nodes.items()}
    assert (counted["mixer"], counted["digit"]) == ((False, 0), (True, 50)), "nobody can tell what it multiplies"


def test_a_layer_with_weights_is_trained_kept_and_exported(foreign: Foreign, bench: Bench, tmp_path: Path) -> None:
    taken(foreign, owned.SOURCE)
    bench.train(owned.drawing(), SMALL, folder=str(tmp_path / "run"))
    assert bench.ear.one(Ended).status == "finished"
    bench.trainer.export(Export(owned.drawing(), SMALL, str(tmp_path / "fresh.keras")))
    bench.trainer.export(Export(owned.drawing(), SMALL, str(tmp_path / "net.keras"), str(tmp_path / "run")))
    own = {"Swish": known.class_of("Swish"), "Mixer": known.class_of("Mixer")}
    fresh, trained = (
        keras.models.load_model(tmp_path / f"{name}.keras", custom_objects=own).get_layer("mixer").get_weights()[0]
        for name in ("fresh", "net")
    )
    assert np.abs(fresh - trained).max() > 0


def test_training_with_a_file_that_is_off_fails_with_its_sentence(foreign: Foreign, bench: Bench) -> None:
    off = "comes from my_layers.py, which is off until you trust it"
    foreign.take(Layers((), dict.fromkeys(("Swish", "Mixer"), off)))
    bench.trainer.train(Train(owned.drawing(), SMALL))
    assert bench.ear.one(Failed).sentence == f"swish (Swish) {off}."
    assert bench.ear.one(Ended).status == "failed"
