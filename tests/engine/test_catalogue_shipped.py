"""The catalogue as shipped: the layers, parts and ports that there are, each whole; reading refuses."""

from __future__ import annotations

import json

import pytest

from engine.catalogue import PART_KINDS, RESOURCES, catalogue, read
from engine.errors import EngineError, ValueProblem
from engine.specs import PortSpec

SHIPPED = catalogue()


def test_the_palette_is_whole() -> None:
    groups = SHIPPED.groups()
    assert list(groups)[:3] == ["Core", "Convolution", "Pooling"]
    assert sum(map(len, groups.values())) == len(SHIPPED.layers) >= 130
    wrappers = {spec.name for spec in SHIPPED.layers.values() if spec.wraps}
    assert wrappers == {"Bidirectional", "TimeDistributed", "SpectralNormalization"}


def test_numbers_that_count_something_say_what() -> None:
    said = {
        ("Resizing", "height"): "px",
        ("MelSpectrogram", "max_freq"): "Hz",
        ("RandomRotation", "factor"): "turns",
        ("Dense", "units"): "",
        ("Cropping3D", "cropping"): "",
    }
    assert {(layer, name): SHIPPED.layer(layer).parameter(name).unit for layer, name in said} == said


def test_every_kind_of_part_is_there() -> None:
    assert set(SHIPPED.parts) == set(PART_KINDS)
    assert {"SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Nadam", "Lion"} <= set(
        SHIPPED.parts["optimizer"]
    )
    assert "linear" in SHIPPED.activations
    assert not {"glu", "threshold", "swish", "get"} & set(SHIPPED.activations)


@pytest.mark.parametrize("name", SHIPPED.layers)
def test_a_layer_holds_together(name: str) -> None:
    spec = SHIPPED.layers[name]
    names = [parameter.name for parameter in spec.parameters]
    assert len(set(names)) == len(names)
    assert set(spec.brief) <= set(names)
    assert spec.summary
    assert all(parameter.help for parameter in spec.parameters)
    assert "dtype" in names or spec.operation
    assert not {"name", "training", "batch_shape"} & set(names)
    ports = [port.name for port in spec.inputs]
    assert len(set(ports)) == len(ports)
    assert all(port.when in names for port in spec.outputs if port.when)
    calls = [parameter.call for parameter in spec.parameters]
    assert calls == sorted(calls)


def test_trainable_is_there_where_keras_takes_it() -> None:
    layers = [spec for spec in SHIPPED.layers.values() if not spec.operation]
    without = {spec.name for spec in layers if "trainable" not in [p.name for p in spec.parameters]}
    assert without == {"InputLayer", "Discretization", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"}


def test_the_ports_that_layers_have() -> None:
    assert SHIPPED.layer("Dense").inputs == (PortSpec("input", "inputs"),)
    assert SHIPPED.layer("InputLayer").inputs == ()
    assert SHIPPED.layer("Concatenate").inputs == (PortSpec("inputs", "inputs", many=True),)
    assert SHIPPED.layer("Subtract").inputs == (PortSpec("first", "inputs", 0), PortSpec("second", "inputs", 1))
    assert SHIPPED.layer("Attention").inputs == (
        PortSpec("query", "inputs", 0), PortSpec("value", "inputs", 1), PortSpec("key", "inputs", 2, optional=True),
        PortSpec("query_mask", "mask", 0, optional=True), PortSpec("value_mask", "mask", 1, optional=True),
    )  # fmt: skip
    assert SHIPPED.layer("MultiHeadAttention").inputs[:3] == (
        PortSpec("query", "query"), PortSpec("value", "value"), PortSpec("key", "key", optional=True),
    )  # fmt: skip
    assert SHIPPED.layer("LSTM").inputs == (
        PortSpec("input", "sequences"), PortSpec("state_h", "initial_state", 0, optional=True),
        PortSpec("state_c", "initial_state", 1, optional=True), PortSpec("mask", "mask", optional=True),
    )  # fmt: skip
    assert PortSpec("initial_state", "initial_state", many=True, optional=True) in SHIPPED.layer("Bidirectional").inputs


def test_unknown_names_are_refused() -> None:
    with pytest.raises(EngineError, match="one of the catalogue"):
        SHIPPED.layer("Densest")
    with pytest.raises(ValueProblem, match="one of Keras's optimizer"):
        SHIPPED.part("optimizer", "Adamant")


@pytest.mark.parametrize(("old", "new"), [('"kind": "int"', '"kind": "colour"'), ('"minimum": 1', '"least": 1')])
def test_the_reader_refuses_what_it_does_not_know(old: str, new: str) -> None:
    text = (RESOURCES / "layers.json").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(EngineError, match="known words only"):
        read(text.replace(old, new, 1))


def test_choices_that_all_share_stand_in_the_file_once() -> None:
    data = json.loads((RESOURCES / "layers.json").read_text(encoding="utf-8"))
    raw = {item["name"]: item for item in data["layers"]["Dense"]["parameters"]}
    assert "choices" not in raw["activation"]
    assert SHIPPED.layer("Dense").parameter("activation").choices == SHIPPED.activations
    assert SHIPPED.layer("Dense").parameter("bias_initializer").choices == tuple(SHIPPED.parts["initializer"])
