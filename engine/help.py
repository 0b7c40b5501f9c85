"""The pages of help: what is told of each layer beside its parameters. Reads resources/help.json; knows no Keras."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias, get_args

from engine.catalogue import RESOURCES
from engine.errors import EngineError
from engine.specs import LayerSpec
from engine.values import Json

FILE: Final = RESOURCES / "help.json"
#: Stands for a shape of which nothing is said.
UNSAID: Final = "any shape"
#: "title" and "text" are one line each, "list" and "steps" have an item a line, "code" is a program.
Kind: TypeAlias = Literal["title", "text", "list", "steps", "code"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text. In all but code, `backticks` stand around code and [words](address) are a link."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What is told of one layer.

    Attributes:
        formula: What it computes, a line each.
        takes, gives: The shape of each port, axes by name.
        met: Where a person meets it, in a sentence; empty where the systems say it all.
        systems: The courses' systems that have it.
        about: What the docstring says, its examples and sources included.
        also: The layers that are told of together with it.
        link: Its page on the web; empty for a layer of our own.
    """

    name: str
    formula: tuple[str, ...]
    takes: Mapping[str, str]
    gives: Mapping[str, str]
    met: str
    systems: tuple[str, ...]
    about: tuple[Block, ...]
    also: tuple[str, ...]
    link: str

    @staticmethod
    def from_json(name: str, data: Mapping[str, Json]) -> HelpPage:
        """Read a page, or raise EngineError where it holds a kind of text that is not known."""
        about = tuple(Block(kind, tuple(lines)) for kind, *lines in data["about"])
        if not {block.kind for block in about} <= {*KINDS}:
            raise EngineError(f"A page of help is made of {', '.join(KINDS)}", received=name)
        return HelpPage(
            name, tuple(data["formula"]), data["takes"], data["gives"], data["met"], tuple(data["systems"]), about,
            tuple(data["also"]), data["link"],
        )  # fmt: skip

    def to_json(self) -> dict[str, Json]:
        return {
            "formula": [*self.formula], "takes": {**self.takes}, "gives": {**self.gives}, "met": self.met,
            "systems": [*self.systems], "about": [[block.kind, *block.lines] for block in self.about],
            "also": [*self.also], "link": self.link,
        }  # fmt: skip


def page_of(spec: LayerSpec) -> HelpPage:
    """Return the page of a layer; of one that is not the program's own, what its ports alone tell."""
    found = pages().get(spec.name)
    if found is not None:
        return found
    takes, gives = ({port.name: UNSAID for port in ports} for ports in (spec.inputs, spec.outputs))
    return HelpPage(spec.name, (), takes, gives, "", (), (), (), "")


def read(text: str) -> dict[str, HelpPage]:
    """Read pages by layer, or raise EngineError."""
    return {name: HelpPage.from_json(name, body) for name, body in json.loads(text)["pages"].items()}


@cache
def pages() -> Mapping[str, HelpPage]:
    """Return the pages that ship with the program, by layer; read when they are first asked for."""
    return read(FILE.read_text(encoding="utf-8"))
