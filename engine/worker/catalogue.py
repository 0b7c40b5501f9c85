"""Writes resources/layers.json, which is layers.toml joined to what the installed Keras says. Knows no window."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import keras

from engine.catalogue import RESOURCES, read
from engine.errors import EngineError
from engine.specs import PART_KINDS, PortSpec
from engine.values import Json
from engine.worker import dtypes, functions, parameters, ranks, signatures, vocabulary
from engine.worker.dtypes import Refused
from engine.worker.parameters import Joiner
from engine.worker.vocabulary import Vocabulary

TOML: Final = RESOURCES / "layers.toml"
JSON: Final = RESOURCES / "layers.json"


def generate(text: str, measured: Mapping[str, list[int]], types: Mapping[str, Refused] | None = None) -> Json:
    """Return what layers.json holds, or raise EngineError where Keras and the vocabulary do not meet.

    Args:
        text: The text of layers.toml.
        measured: Valid input ranks by layer.
        types: By layer, the types of numbers on which it fails.
    """
    said = vocabulary.read(text)
    members = {kind: _members(said, kind) for kind in signatures.FAMILIES}
    named = {kind: {name: parameters.names(kind, item) for name, item in members[kind].items()} for kind in members}
    vocabulary.check_used(said, named)
    activations = _activations(said)
    choices = parameters.common_choices(members, activations) | {"layer": _wrappable(said, members["layer"])}
    joiner = Joiner(said, choices, {kind: parameters.common_helps(kind, members[kind]) for kind in members})
    return {
        "keras": keras.__version__,
        "layers": {
            name: _layer(joiner, name, item, measured.get(name, [])) | (types or {}).get(name, {})
            for name, item in members["layer"].items()
        }
        | {
            name: body | (types or {}).get(name, {})
            for name, body in functions.generate(functions.TOML.read_text(encoding="utf-8"), measured).items()
        },
        "parts": {
            kind: {name: _part(joiner, kind, name, item) for name, item in members[kind].items()} for kind in PART_KINDS
        },
        "activations": activations,
    }


def _members(said: Vocabulary, kind: str) -> dict[str, type]:
    """The classes of a kind that are taken; each public one must be named, here or as left out."""
    known, left = signatures.public(kind), said.left(kind)
    taken = list(said.layers()) if kind == "layer" else [name for name in known if name not in left]
    _expect(f"Keras has a public {kind} of that name", [name for name in (*taken, *left) if name not in known])
    _expect(f"A {kind} is taken or left out, not both", [name for name in taken if name in left])
    _expect(f"A public {kind} is in the palette or left out with a reason", set(known) - set(taken) - left)
    return {name: known[name] for name in taken}


def _activations(said: Vocabulary) -> tuple[str, ...]:
    known, left = signatures.activations(), said.left("activation")
    _expect("Keras has an activation of that name", [name for name in left if name not in known])
    return tuple(name for name in known if name not in left)


def _expect(expected: str, wrong: Iterable[str]) -> None:
    names = sorted(wrong)
    if names:
        raise EngineError(expected, received=", ".join(names), hint="Correct resources/layers.toml")


# -- one object


def _layer(joiner: Joiner, name: str, item: type, measured: list[int]) -> Json:
    said = joiner.said
    specs = joiner.parameters("layer", name, item)
    names = [spec.name for spec in specs]
    folded = {spec.name for spec in specs if spec.kind == "choice"} & {*said.shown["folded"]}
    body: dict[str, Json] = {
        "group": said.layers()[name],
        "stem": "input" if name == "InputLayer" else signatures.stem(item.__name__),
        "summary": said.summaries.get(name) or signatures.summary(item),
        "inputs": [_port_to_json(port) for port in _inputs(said, name, item)],
        "outputs": [_port_to_json(port) for port in _outputs(said, name)],
        "parameters": [spec.to_json() for spec in specs],
        "ranks": said.ranks_of(name, measured),
        "brief": [word for word in said.shown["brief"] if word in names and word not in folded],
        "aliases": said.aliases_of(name),
    }
    body |= {key: found for key, found in (("axes", said.axes_of(name)), ("reads", said.reads_of(name))) if found}
    body |= {"tensorflow": True} if name in said.needs["tensorflow"] else {}
    return body | ({"wraps": True} if "layer" in names else {}) | _own(item)


def _part(joiner: Joiner, kind: str, name: str, item: type) -> Json:
    specs = joiner.parameters(kind, name, item)
    return {"summary": signatures.summary(item), "parameters": [spec.to_json() for spec in specs]} | _own(item)


def _own(item: type) -> Json:
    return {"own": True} if signatures.is_own(item) else {}


# -- ports


def _inputs(said: Vocabulary, name: str, item: type) -> list[PortSpec]:
    ports: list[PortSpec] = []
    for argument in parameters.called("layer", item):
        word = said.inputs.get(name, {}).get(argument.name, said.call.get(argument.name))
        if word is None:
            raise EngineError(f"[call] says what the argument {argument.name} of {name} is")
        if word not in ("hidden", "parameter"):
            ports += vocabulary.ports(argument.name, word)
    return ports


def _outputs(said: Vocabulary, name: str) -> list[PortSpec]:
    more = said.outputs.get(name, {}).items()
    return [PortSpec("output"), *(PortSpec(port, when=parameter) for parameter, ports in more for port in ports)]


def _wrappable(said: Vocabulary, layers: Mapping[str, type]) -> tuple[str, ...]:
    """The layers that take one tensor, so that a wrapper can hand it one step at a time."""
    wired = {name: [port for port in _inputs(said, name, item) if not port.optional] for name, item in layers.items()}
    single = (name for name, ports in wired.items() if len(ports) == 1 and not ports[0].many)
    return tuple(name for name in single if name != "TimeDistributed")


def _port_to_json(port: PortSpec) -> Json:
    plain = PortSpec("")
    return {name: getattr(port, name) for name in port.__slots__ if getattr(port, name) != getattr(plain, name)}


# -- the program


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m engine.worker.catalogue", description=__doc__)
    parser.add_argument("--ranks", action="store_true", help="run every layer to find its valid input ranks again")
    parser.add_argument("--types", action="store_true", help="run every layer on each type of numbers again")
    parser.add_argument("--to", type=Path, default=JSON, help="where to write")
    asked = parser.parse_args(arguments)
    try:
        text = TOML.read_text(encoding="utf-8")
        measured, types = known_ranks(), known_types()
        written = spell(generate(text, measured, types))
        measured = ranks.measure(read(written)) if asked.ranks else measured
        types = dtypes.measure(read(written)) if asked.types else types
        written = spell(generate(text, measured, types))
        asked.to.write_text(written, encoding="utf-8")
    except EngineError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 1
    return 0


def known_ranks() -> dict[str, list[int]]:
    """Return the ranks that the present layers.json holds."""
    if not JSON.exists():
        return {}
    layers = json.loads(JSON.read_text(encoding="utf-8"))["layers"]
    return {name: body["ranks"] for name, body in layers.items()}


def known_types() -> dict[str, Refused]:
    """Return the types of numbers that the present layers.json holds."""
    if not JSON.exists():
        return {}
    layers = json.loads(JSON.read_text(encoding="utf-8"))["layers"]
    return {name: {key: body[key] for key in dtypes.KEYS if key in body} for name, body in layers.items()}


def spell(data: Json) -> str:
    """Spell layers.json: one parameter a line, so that versions diff well."""
    text = json.dumps(data, indent=1, ensure_ascii=False)
    return re.sub(r"\n {4,}\s*|\n {3}(?=[}\]])", lambda match: " ", text) + "\n"


if __name__ == "__main__":
    sys.exit(main())
