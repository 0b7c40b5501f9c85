"""Reads the specs of layers and other Keras objects as they stand in layers.json. Knows no file and no Keras."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from engine.kinds import ParameterSpec
from engine.specs import LayerSpec, PartSpec, PortSpec
from engine.values import FrozenMap, Json

Choices: TypeAlias = Mapping[str, tuple[str, ...]]


def read_part(name: str, kind: str, body: Mapping[str, Json], choices: Choices) -> PartSpec:
    return PartSpec(name, kind, body.get("summary", ""), _read_parameters(body, choices), body.get("own", False))


def read_layer(name: str, body: Mapping[str, Json], choices: Choices) -> LayerSpec:
    """Read one layer as it stands in layers.json."""
    return LayerSpec(
        name=name,
        group=body["group"],
        stem=body["stem"],
        summary=body.get("summary", ""),
        inputs=tuple(PortSpec(**port) for port in body["inputs"]),
        outputs=tuple(PortSpec(**port) for port in body["outputs"]),
        parameters=_read_parameters(body, choices),
        ranks=tuple(body.get("ranks", ())),
        brief=tuple(body.get("brief", ())),
        aliases=tuple(body.get("aliases", ())),
        wraps=body.get("wraps", False),
        tensorflow=body.get("tensorflow", False),
        **{key: tuple(body.get(key, ())) for key in ("refuses", "on_gpu")},
        refuses_with=FrozenMap({key: tuple(types) for key, types in body.get("refuses_with", {}).items()}),
        one_type=body.get("one_type", False),
        own=body.get("own", False),
        file=body.get("file", ""),
        axes=body.get("axes", ""),
        reads=tuple(body.get("reads", ())),
        operation=body.get("operation", False),
        counts=body.get("counts", ""),
    )


def _read_parameters(body: Mapping[str, Json], choices: Choices) -> tuple[ParameterSpec, ...]:
    """Read parameters; the choices that all of a kind have in common stand in the file once."""
    return tuple(
        ParameterSpec.from_json({"choices": choices.get(item.get("kind"), ()), **item}) for item in body["parameters"]
    )
