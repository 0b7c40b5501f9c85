"""Reads resources/layers.toml and refuses a word that it does not know. Knows no Keras."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain
from typing import Any, Final, TypeAlias

from engine.errors import EngineError
from engine.kinds import KINDS
from engine.naming import RULES
from engine.specs import PART_KINDS, PortSpec

Words: TypeAlias = Mapping[str, Any]
WORDS: Final = frozenset(
    {"kind", "min", "max", "of", "length", "start", "required", "optional", "advanced", "hidden", "help"}
)
SECTIONS: Final = frozenset(
    {
        "palette",
        "left_out",
        "parameters",
        "own",
        "call",
        "inputs",
        "outputs",
        "units",
        "needs",
        "axes",
        "reads",
        "shown",
        "ranks",
        "summaries",
        "aliases",
    }
)
#: The sections that speak of all kinds of object, and which kinds those are.
OWNERS: Final = ("layer", *PART_KINDS)
PORT: Final = re.compile(r"(\w+)(\*?)(\??)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole of layers.toml, each section as it stands there."""

    palette: Mapping[str, list[str]]
    left_out: Mapping[str, Mapping[str, list[str]]]
    parameters: Mapping[str, Words]
    own: Mapping[str, Mapping[str, Mapping[str, Words]]]
    call: Mapping[str, Any]
    inputs: Mapping[str, Mapping[str, Any]]
    outputs: Mapping[str, Mapping[str, list[str]]]
    units: Mapping[str, list[str]]
    needs: Mapping[str, list[str]]
    axes: Mapping[str, list[str]]
    reads: Mapping[str, list[str]]
    shown: Mapping[str, list[str]]
    ranks: Mapping[str, list[Any]]
    summaries: Mapping[str, str]
    aliases: Mapping[str, list[str]]

    def words(self, kind: str, owner: str, parameter: str) -> Words:
        """Return what is said of a parameter: by name, then by what differs in its owner."""
        own = self.own.get(kind, {})
        said = dict(_said(self.parameters, parameter))
        for name in ("*", owner):
            said |= own.get(name, {}).get(parameter, {})
        return said

    def left(self, kind: str) -> set[str]:
        """The public names of a kind that are left out."""
        return {name for names in self.left_out.get(kind, {}).values() for name in names}

    def ranks_of(self, layer: str, measured: list[int]) -> list[int]:
        """The valid input ranks of a layer: none where its values decide, what is said here, or what was measured."""
        return [] if layer in self.ranks["by_value"] else self.ranks.get(layer, measured)

    def layers(self) -> dict[str, str]:
        """Layer to group, in palette order."""
        return {name: group for group, names in self.palette.items() for name in names}

    def axes_of(self, layer: str) -> str:
        """The rule by which a layer's outputs have the names of their axes; empty where none is said."""
        return _said_of(self.axes, layer)

    def reads_of(self, layer: str) -> list[str]:
        """What the axes of a sample mean to a layer."""
        return _said_of(self.reads, layer).split()

    def unit_of(self, owner: str, parameter: str) -> str:
        """What the numbers of a parameter count; empty where none is said."""
        return _said_of(self.units, f"{owner}.{parameter}")

    def aliases_of(self, layer: str) -> list[str]:
        """The words by which people look for a layer, each once."""
        found = (word for pattern, words in self.aliases.items() if fnmatchcase(layer, pattern) for word in words)
        return list(dict.fromkeys(found))


def read(text: str) -> Vocabulary:
    """Read a vocabulary, or raise EngineError naming the word that is not known."""
    data = tomllib.loads(text)
    _refuse("layers.toml has the sections", set(data) ^ SECTIONS)
    _refuse("left_out and own speak of", (set(data["left_out"]) | set(data["own"])) - {*OWNERS, "activation"})
    for where, words in _all_words(data):
        _refuse(f"What is said of {where} is one of {', '.join(sorted(WORDS))}", set(words) - WORDS)
        if "kind" in words:
            _refuse(
                f"The kind of {where} is 'hidden' or one of {', '.join(KINDS)}", {words["kind"]} - {*KINDS, "hidden"}
            )
    return Vocabulary(**data)


def ports(argument: str, said: str | list[str]) -> tuple[PortSpec, ...]:
    """Spell the ports of one argument: `"key?"` is the argument, `["first", "second"]` are its elements."""
    if isinstance(said, str):
        return (_port(argument, said, None),)
    return tuple(_port(argument, word, index) for index, word in enumerate(said))


def _port(argument: str, word: str, index: int | None) -> PortSpec:
    match = PORT.fullmatch(word)
    if match is None:
        raise EngineError("A port is a name, then '*' where it takes many, then '?' where it may stay unwired",
                          received=repr(word))  # fmt: skip
    return PortSpec(match[1], argument, index, many=bool(match[2]), optional=bool(match[3]))


def _said(table: Mapping[str, Words], name: str) -> Words:
    """Look a name up as it stands, else by the first pattern that fits it."""
    if name in table:
        return table[name]
    return next((words for pattern, words in table.items() if fnmatchcase(name, pattern)), {})


def _said_of(table: Mapping[str, list[str]], layer: str) -> str:
    """The first word of a table under which a pattern fits a layer."""
    return next((word for word, patterns in table.items() if any(fnmatchcase(layer, p) for p in patterns)), "")


def _all_words(data: Mapping[str, Any]) -> Iterable[tuple[str, Words]]:
    yield from data["parameters"].items()
    for owners in data["own"].values():
        for owner, parameters in owners.items():
            for name, words in parameters.items():
                yield f"{owner}.{name}", words


def _refuse(expected: str, unknown: Iterable[str]) -> None:
    words = sorted(unknown)
    if words:
        raise EngineError(expected, received=", ".join(words), hint="Correct resources/layers.toml")


def check_used(vocabulary: Vocabulary, members: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
    """Raise EngineError for a word that matches nothing.

    Args:
        members: By kind and class, the names of all arguments, hidden ones too.
    """
    parameters = {name for owners in members.values() for names in owners.values() for name in names}
    _refuse("A parameter of layers.toml is one of Keras", _idle(vocabulary.parameters, parameters))
    for kind, owners in vocabulary.own.items():
        for owner, said in owners.items():
            known = members[kind].values() if owner == "*" else [members[kind].get(owner, ())]
            _refuse(f"{kind} {owner} has the parameter", set(said) - {name for names in known for name in names})
    layers = members["layer"]
    for section in (vocabulary.inputs, vocabulary.outputs):
        for layer, arguments in section.items():
            _refuse(
                f"{layer} takes the argument",
                {f"{layer}.{name}" for name in set(arguments) - set(layers.get(layer, ()))},
            )
    _refuse("An argument of [call] is one of Keras", set(vocabulary.call) - parameters)
    _refuse("A summary is of a layer", set(vocabulary.summaries) - set(layers))
    _refuse("An alias is of a layer", _idle(vocabulary.aliases, layers))
    owned = [f"{owner}.{name}" for owners in members.values() for owner, names in owners.items() for name in names]
    _refuse("A unit is of a parameter", _idle(chain.from_iterable(vocabulary.units.values()), owned))
    for table in (vocabulary.axes, vocabulary.reads):
        _refuse("Axes are of a layer", _idle([pattern for patterns in table.values() for pattern in patterns], layers))
    _refuse("How axes are named is a rule of engine.naming", set(vocabulary.axes) - set(RULES))
    _refuse("What is shown is a parameter", {*vocabulary.shown["brief"], *vocabulary.shown["folded"]} - parameters)
    _refuse("Ranks are of a layer", {*vocabulary.ranks["by_value"], *vocabulary.ranks} - {*layers, "by_value"})


def _idle(patterns: Iterable[str], names: Iterable[str]) -> set[str]:
    known = list(names)
    return {pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in known)}
