"""Joins what the vocabulary and Keras say of a parameter into its spec. Knows no port and no file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import keras

from engine.errors import EngineError, ValueProblem
from engine.kinds import PARTS, ParameterSpec
from engine.specs import PART_KINDS
from engine.values import Part, Value, value_from_json
from engine.worker import signatures
from engine.worker.signatures import MISSING, Argument
from engine.worker.vocabulary import Vocabulary, Words

#: What every layer's constructor takes beside what it names.
COMMON: Final = (Argument("trainable", True), Argument("dtype", None))
#: Fields of ParameterSpec by the vocabulary's words.
FIELDS: Final = {"min": "minimum", "max": "maximum", "length": "length", "advanced": "advanced", "optional": "optional"}
INFERRED: Final[Mapping[type, str]] = {bool: "bool", int: "int", float: "float"}


@dataclass(frozen=True, slots=True)
class Joiner:
    """The vocabulary, and what each kind of parameter may hold wherever it appears."""

    said: Vocabulary
    choices: Mapping[str, tuple[str, ...]]
    #: By kind, what a parameter's docstring says where the class's own says nothing.
    common_helps: Mapping[str, Mapping[str, str]]

    def parameters(self, kind: str, owner: str, item: type) -> list[ParameterSpec]:
        """Return the specs of a class's parameters, call arguments last, hidden ones left out."""
        helps = {**self.common_helps[kind], **signatures.helps(item, names(kind, item))}
        told = [argument for argument in called(kind, item) if self.said.call.get(argument.name) == "parameter"]
        specs = [self._spec(kind, owner, argument, helps) for argument in constructed(kind, item)]
        specs += [self._spec(kind, owner, argument, helps, call=True) for argument in told]
        return [self._written(spec) for spec in specs if spec is not None]

    def _spec(
        self, kind: str, owner: str, argument: Argument, helps: Mapping[str, str], *, call: bool = False
    ) -> ParameterSpec | None:
        words = self.said.words(kind, owner, argument.name)
        type_ = words.get("kind") or INFERRED.get(type(argument.default))
        if type_ == "hidden":
            return None
        if type_ is None:
            raise EngineError(f"[parameters] says what kind {argument.name} of {kind} {owner} is")
        fields = {"length": _length(owner, type_)} | {
            FIELDS[word]: words[word] for word in words.keys() & FIELDS.keys()
        }
        spec = ParameterSpec(
            name=argument.name, kind=type_, call=call, required=words.get("required", argument.default is MISSING),
            unit=self.said.unit_of(owner, argument.name),
            choices=tuple(words.get("of", self.choices.get(type_, ()))), **fields,
            help=words.get("help") or helps.get(argument.name, ""),
        )  # fmt: skip
        if not spec.help:
            raise EngineError(f"[parameters] has a help for {argument.name} of {kind} {owner}, as Keras says nothing")
        return _with_values(spec, owner, words, argument.default)

    def _written(self, spec: ParameterSpec) -> ParameterSpec:
        """Choices that all of a kind have in common are written once, apart."""
        common = spec.kind != "layer" and spec.choices == self.choices.get(spec.kind)
        return replace(spec, choices=()) if common else spec


def constructed(kind: str, item: type) -> tuple[Argument, ...]:
    """The arguments of a class's constructor; for a layer, those that every layer takes too."""
    function = item.__init__  # type: ignore[misc]
    own = () if function is object.__init__ else signatures.arguments(function)
    named = {argument.name for argument in own}
    more = kind == "layer" and signatures.takes_more(function)
    return own + tuple(argument for argument in COMMON if more and argument.name not in named)


def called(kind: str, item: Any) -> tuple[Argument, ...]:
    """The arguments of a layer's call."""
    return signatures.arguments(item.call) if kind == "layer" else ()


def names(kind: str, item: type) -> list[str]:
    return [argument.name for argument in (*constructed(kind, item), *called(kind, item))]


def common_helps(kind: str, members: Mapping[str, type]) -> dict[str, str]:
    """Return what the first docstring of a kind that speaks of a parameter says of it."""
    helps: dict[str, str] = {}
    for item in members.values():
        helps = signatures.helps(item, names(kind, item)) | helps
    return helps


def common_choices(
    members: Mapping[str, Mapping[str, type]], activations: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """What a parameter of a kind may hold wherever it appears."""
    choices = {kind: tuple(members[kind]) for kind in PART_KINDS}
    return choices | {"activation": activations, "rate": choices["schedule"]}


def _with_values(spec: ParameterSpec, owner: str, words: Words, default: Any) -> ParameterSpec:
    """Put the default and the start value in, in the canonical form that the spec itself gives them."""
    try:
        if not spec.required:
            value = replace(spec, optional=True).check(value_of(spec.kind, default))
            spec = replace(spec, default=value, optional=spec.optional or value is None)
        elif "start" not in words:
            raise EngineError(f"{owner}.{spec.name} has a start, as Keras has no default")
        else:
            spec = replace(spec, start=spec.check(value_from_json(words["start"])))
    except ValueProblem as problem:
        raise EngineError(f"{owner}: {problem.expected}", received=problem.received) from problem
    return spec


def value_of(kind: str, default: Any) -> Value:
    """Spell a default of Keras as a value: its words for objects become Parts, its lists tuples."""
    if kind in PARTS and isinstance(default, str):
        return Part(signatures.public_name(kind, getattr(keras, f"{kind}s").get(default)))
    if isinstance(default, list | tuple):
        return tuple(value_of(kind, element) for element in default)
    return value_from_json(default)


def _length(owner: str, kind: str) -> int | None:
    """One number an axis: `Conv2D` has two."""
    axes = re.search(r"([123])D", owner)
    return int(axes[1]) if axes and kind in ("sizes", "pairs") else None
