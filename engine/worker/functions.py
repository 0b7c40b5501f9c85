"""Describes the functions of keras.ops as layers.json holds them: operations.toml joined to what Keras says of them."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any, Final

import keras

from engine.catalogue import RESOURCES, same
from engine.errors import EngineError, ValueProblem
from engine.kinds import KINDS, ParameterSpec
from engine.specs import PortSpec
from engine.values import Json, value_from_json
from engine.worker import signatures
from engine.worker.operations import PREFIX, function
from engine.worker.parameters import FIELDS, INFERRED, value_of
from engine.worker.signatures import MISSING
from engine.worker.vocabulary import WORDS

TOML: Final = RESOURCES / "operations.toml"
GROUP: Final = "Operations"
#: So many are told of beside one.
NEAR: Final = 5
SECTIONS: Final = frozenset({
    "palette", "left_out", "takes", "takes_own", "numbers", "stands", "gives", "parameters", "own", "called",
    "axes", "ranks", "summaries", "aliases",
})  # fmt: skip
PORT: Final = re.compile(r"(\w+)(\*?)(\??)(=?)")
Words = Mapping[str, Any]


def generate(text: str, measured: Mapping[str, list[int]]) -> dict[str, Json]:
    """Return what layers.json holds of the operations, or raise EngineError where Keras and the words do not meet."""
    said = tomllib.loads(text)
    _refuse("operations.toml has the sections", set(said) ^ SECTIONS)
    names = [name for names in said["palette"].values() for name in names]
    _check_names(said, names)
    return {PREFIX + name: _Described(said, name).body(measured.get(PREFIX + name, [])) for name in names}


def public() -> list[str]:
    """Return the names of all functions of keras.ops, those of images behind their folder's name."""
    plain = [name for name in dir(keras.ops) if _is_function(keras.ops, name)]
    return plain + [f"image.{name}" for name in dir(keras.ops.image) if _is_function(keras.ops.image, name)]


def left_out(said: Words) -> dict[str, str]:
    """Return the reason for which each function is left out that is."""
    return {name: reason for reason, names in said["left_out"].items() for name in names}


def beside(name: str) -> Iterator[str]:
    """The operations that stand next to one in their line of the palette."""
    for names in tomllib.loads(TOML.read_text(encoding="utf-8"))["palette"].values():
        if name.removeprefix(PREFIX) in names:
            place = names.index(name.removeprefix(PREFIX))
            near = sorted(names, key=lambda other: abs(names.index(other) - place))[1 : NEAR + 1]
            yield from (PREFIX + other for other in near)


def _is_function(module: Any, name: str) -> bool:
    return not name.startswith("_") and inspect.isfunction(inspect.unwrap(getattr(module, name)))


def _check_names(said: Words, names: list[str]) -> None:
    known, out = set(public()), set(left_out(said))
    _refuse("An operation is a function of keras.ops", {*names, *out} - known)
    _refuse("An operation is in the palette or left out, not both", out & {*names})
    _refuse("A function of keras.ops is in the palette or left out with a reason", known - out - {*names})
    arguments = {f"{name}.{each}" for name in names for each in inspect.signature(function(name)).parameters}
    _refuse("An operation has the argument", {*_taken(said), *_owned(said)} - arguments)
    spoken = {*said["gives"], *said["called"], *said["summaries"], *said["ranks"], *chain(said["numbers"].values())}
    spoken |= {*said["ranks"]["by_value"]}
    _refuse("What is said is of an operation of the palette", spoken - {*names, "by_value"})
    patterns = {*said["aliases"], *chain(said["axes"].values())}
    _refuse("A pattern fits an operation", {word for word in patterns if not _fits(word, names)})
    words = [*said["parameters"].items(), *said["stands"].items(), *_owned(said).items()]
    for where, told in words:
        _refuse(f"What is said of {where} is one of {', '.join(sorted(WORDS))}", set(told) - WORDS)
        _refuse(f"The kind of {where} is known", {told.get("kind", "int")} - {*KINDS, "hidden"})


def _owned(said: Words) -> dict[str, Words]:
    """What is said of one function's arguments: `transpose.axes`, `image.resize.size`."""
    return dict(_flat(said["own"], lambda item: not all(isinstance(each, dict) for each in item.values())))


def _taken(said: Words) -> dict[str, str]:
    """The ports of one function's arguments: `stack.x`."""
    return dict(_flat(said["takes_own"], lambda item: isinstance(item, str)))


def _flat(table: Words, is_leaf: Callable[[Any], bool], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, item in table.items():
        if is_leaf(item):
            yield f"{path}{name}", item
        else:
            yield from _flat(item, is_leaf, f"{path}{name}.")


def _fits(pattern: str, names: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names)


def chain(lists: Iterable[Iterable[str]]) -> Iterator[str]:
    return (word for words in lists for word in words)


def _refuse(expected: str, wrong: Iterable[str]) -> None:
    words = sorted(wrong)
    if words:
        raise EngineError(expected, received=", ".join(words), hint="Correct resources/operations.toml")


class _Described:
    """One function, and what is said of it."""

    def __init__(self, said: Words, name: str) -> None:
        self.said, self.name, self.function = said, name, function(name)
        self.arguments = list(inspect.signature(self.function).parameters.values())
        known = [argument.name for argument in self.arguments]
        self.helps = signatures.helps_of(self.function.__doc__, known)

    def body(self, ranks: list[int]) -> Json:
        ports, parameters = list(self._ports()), list(self._parameters())
        numbers = [self._spec(port.name, self.said["stands"][port.name], None) for port in ports if port.number]
        gives = self.said["gives"].get(self.name, ["output"])
        body: dict[str, Json] = {
            "group": GROUP,
            "stem": self.said["called"].get(self.name, self.name.rpartition(".")[2]),
            "summary": self.said["summaries"].get(self.name) or signatures.summary_of(self.function.__doc__),
            "inputs": [_port_to_json(port) for port in ports],
            "outputs": [{"name": name} for name in (["output"] if isinstance(gives, str) else gives)],
            "parameters": [spec.to_json() for spec in (*numbers, *parameters)],
            "ranks": [] if self.name in self.said["ranks"]["by_value"] else self.said["ranks"].get(self.name, ranks),
            "brief": [spec.name for spec in (*numbers, *parameters) if not spec.advanced],
            "aliases": list(dict.fromkeys(self._aliases())),
            "operation": True,
        }
        more = {"counts": gives if isinstance(gives, str) else "", "axes": self._axes()}
        return body | {name: word for name, word in more.items() if word}

    def _aliases(self) -> Iterator[str]:
        for pattern, words in self.said["aliases"].items():
            yield from words if fnmatchcase(self.name, pattern) else ()

    def _axes(self) -> str:
        rules = self.said["axes"].items()
        return next((rule for rule, names in rules if any(fnmatchcase(self.name, name) for name in names)), "")

    # -- wires

    def _ports(self) -> Iterator[PortSpec]:
        for argument in self.arguments:
            word = self._taken(argument.name)
            if word:
                match = PORT.fullmatch(word)
                if match is None:
                    raise EngineError("A port is a name, then '*', '?' or '='", received=repr(word))
                either = self.name in self.said["numbers"]["either"]
                many, optional, number = map(bool, match.groups()[1:])
                yield PortSpec(match[1], argument.name, many=many, optional=optional, number=number or either)

    def _taken(self, argument: str) -> str:
        own = _taken(self.said).get(f"{self.name}.{argument}")
        return self.said["takes"].get(argument, "") if own is None else own

    # -- parameters

    def _parameters(self) -> Iterator[ParameterSpec]:
        for argument in self.arguments:
            if self._taken(argument.name) or argument.kind is argument.VAR_KEYWORD:
                continue
            table = self.said["parameters"].items()
            said: Words = next((words for pattern, words in table if fnmatchcase(argument.name, pattern)), {})
            words = {**said, **_owned(self.said).get(f"{self.name}.{argument.name}", {})}
            if words.get("kind") != "hidden":
                yield self._spec(argument.name, words, argument.default)

    def _spec(self, name: str, words: Words, default: Any) -> ParameterSpec:
        kind = words.get("kind") or INFERRED.get(type(default))
        help = words.get("help") or self.helps.get(name, "")
        if kind is None or not help:
            raise EngineError(f"[parameters] says what kind {name} of {self.name} is, and a help", received=str(words))
        fields = {FIELDS[word]: words[word] for word in words.keys() & FIELDS.keys()}
        required = words.get("required", default is MISSING)
        spec = ParameterSpec(name, kind, required=required, choices=tuple(words.get("of", ())), help=help, **fields)
        try:
            if not required:
                value = replace(spec, optional=True).check(value_of(kind, default))
                spec = replace(spec, default=value, optional=spec.optional or value is None)
            if "start" in words:
                start = spec.check(value_from_json(words["start"]))
                spec = replace(spec, start=None if same(start, spec.default) else start)
        except ValueProblem as problem:
            raise EngineError(f"{self.name}: {problem.expected}", received=problem.received) from problem
        if required and spec.start is None:
            raise EngineError(f"{self.name}.{name} has a start, as Keras has no default")
        return spec


def _port_to_json(port: PortSpec) -> Json:
    plain = PortSpec("")
    return {name: getattr(port, name) for name in port.__slots__ if getattr(port, name) != getattr(plain, name)}
