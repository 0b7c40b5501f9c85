"""Which nodes a few typed words mean: by name, kind, parameter, value or problem. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.catalogue import Catalogue
from engine.graph import Graph, Node, order
from engine.kinds import ParameterSpec
from engine.report import Problem
from engine.specs import LayerSpec
from engine.values import Part, Value
from gui import fuzzy

_WORD: Final = re.compile(r"[^\s=:,;()\[\]]+")
_PART: Final = re.compile(r"[a-z]+|\d+")
#: As few letters of a parameter's name stand for it before a value: `act relu`.
_BEGUN: Final = 3
#: In a drawing, a kind is meant by what the search for layers holds for sure.
_SURE: Final = fuzzy.GUESSED


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found of a node: ` word word ` to look in; of its problems as well, where asked."""

    node: Node
    layer: str
    name: str
    words: str
    told: str
    values: Mapping[str, str]


class Index:
    """The entries of a drawing, made as they are asked for and kept while their nodes stay as they are."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._entries: dict[str, tuple[Entry, Node, tuple[Problem, ...]]] = {}
        #: The parameters that words named, by kind and word.
        self._named: dict[tuple[str, str], ParameterSpec | None] = {}
        self._order: tuple[Graph, Sequence[str]] = (Graph(), ())

    def find(self, query: str, graph: Graph, problems: Mapping[str, tuple[Problem, ...]]) -> list[str]:
        """Return the nodes that a query means, those called exactly so first, then along the wires.

        Each word must be met: by the start of a word of the node or of a value, `error` or `warning` included;
        inside of its name; or as the search for layers takes a kind (`gap2d`, `fully connected`). After a
        parameter's name the next word is its value (`units 64`, `padding=valid`), the default one as well. Where
        nothing is met so, the words of problems count, and after them misspelt names and kinds.
        """
        words = [_plain(word) for word in _WORD.findall(query.lower())]
        if not words:
            return []
        entries = [self._entry(graph, id, problems.get(id, ())) for id in self._along(graph)]
        wanted = query.strip().lower()
        found = [entry for entry in entries if entry.name == wanted]
        exact = {entry.node.id for entry in found}
        kinds = [self._kinds(word, entries, _SURE) for word in words]
        spelt = [entry for entry in entries if self._meets(entry, entry.words, words, kinds)]
        if not spelt and not found:
            spelt = [entry for entry in entries if self._meets(entry, entry.told, words, kinds)]
        if not spelt and not found:
            kinds = [self._kinds(word, entries, 0) for word in words]
            spelt = [
                entry for entry in entries if all(_guessed(entry, *pair) for pair in zip(words, kinds, strict=True))
            ]
        return [entry.node.id for entry in (*found, *(entry for entry in spelt if entry.node.id not in exact))]

    # -- what a node holds

    def _entry(self, graph: Graph, id: str, problems: tuple[Problem, ...]) -> Entry:
        node = graph.nodes[id]
        owner = graph.nodes.get(node.shares or id, node)
        kept = self._entries.get(id)
        if kept is None or kept[0].node is not node or kept[1] is not owner or kept[2] != problems:
            kept = (self._made(node, owner, problems), owner, problems)
            self._entries[id] = kept
        return kept[0]

    def _made(self, node: Node, owner: Node, problems: tuple[Problem, ...]) -> Entry:
        held = node.values if owner is node else {**owner.values, **node.values}
        values = {name: spelled(value) for name, value in held.items()}
        spec = self._spec(owner.layer)
        parts = [*fuzzy.name_words(node.name), node.name, owner.layer, *(spec.group.split() if spec else ())]
        for name, value in values.items():
            parts += [name, *name.split("_"), value, *_PART.findall(value)]
        for problem in problems:
            parts += ["problem", problem.severity]
        words = f" {' '.join(parts)} ".lower()
        told = " ".join(word for problem in problems for word in _WORD.findall(problem.sentence)).lower()
        return Entry(node, owner.layer, node.name.lower(), words, f"{words}{told} ", values)

    def _spec(self, layer: str) -> LayerSpec | None:
        return self._catalogue.layers.get(layer)

    def _along(self, graph: Graph) -> Sequence[str]:
        """The ids along the wires, kept for a drawing."""
        if self._order[0] is not graph:
            found = order(graph)
            self._order = (graph, (*found.ids, *found.cyclic))
            self._entries = {id: kept for id, kept in self._entries.items() if id in graph.nodes}
        return self._order[1]

    # -- what a word meets

    def _kinds(self, word: str, entries: Sequence[Entry], least: float) -> frozenset[str]:
        """The kinds among entries that a word means."""
        layers = {entry.layer for entry in entries} & self._catalogue.layers.keys()
        if not re.search("[a-z]", word):
            return frozenset()
        return frozenset(
            layer for layer in layers if fuzzy.score([word], self._catalogue.layers[layer]) > max(least, fuzzy.TOLD)
        )

    def _meets(self, entry: Entry, text: str, words: Sequence[str], kinds: Sequence[frozenset[str]]) -> bool:
        place = 0
        while place < len(words):
            value = self._value(entry, words[place]) if place + 1 < len(words) else None
            if value is not None and _is_value(words[place + 1], value):
                place += 2
                continue
            if not _met(entry, text, words[place]) and entry.layer not in kinds[place]:
                return False
            if value is not None and words[place + 1].isdigit():
                return False  # a number after a parameter's name is meant as its value
            place += 1
        return True

    def _value(self, entry: Entry, name: str) -> str | None:
        """The value of the parameter that a word names, as it is or by default."""
        key = (entry.layer, name)
        if key not in self._named:
            self._named[key] = self._parameter(*key)
        parameter = self._named[key]
        return None if parameter is None else entry.values.get(parameter.name) or spelled(parameter.default)

    def _parameter(self, layer: str, name: str) -> ParameterSpec | None:
        """The parameter of a kind that a word names, or begins."""
        if len(name) < _BEGUN or (spec := self._spec(layer)) is None:
            return None
        called = sorted(spec.parameters, key=lambda parameter: parameter.name != name)
        return next((parameter for parameter in called if parameter.name.startswith(name)), None)


def spelled(value: Value) -> str:
    """Spell a value as people type it: `3x3`, `relu`, `0.5`, `on`."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple | list):
        return "x".join(spelled(part) for part in value)
    if isinstance(value, Part):
        return " ".join([value.class_name.lower(), *(spelled(part) for part in value.values.values())])
    return f"{value:g}" if isinstance(value, float) else str(value).lower()


def _plain(word: str) -> str:
    return {"true": "on", "false": "off"}.get(word, re.sub("(?<=[0-9])×(?=[0-9])", "x", word))


def _met(entry: Entry, text: str, word: str) -> bool:
    """Whether a node holds a word: a number whole, others by their start; inside of the name everything counts."""
    return f" {word}{' ' if word.isdigit() else ''}" in text or word in entry.name


def _is_value(word: str, value: str) -> bool:
    return value == word if word[0].isdigit() else value.startswith(word) or word in value.split("_")


def _guessed(entry: Entry, word: str, kinds: frozenset[str]) -> bool:
    return _met(entry, entry.words, word) or entry.layer in kinds or fuzzy.misspelt(word, entry.name)
