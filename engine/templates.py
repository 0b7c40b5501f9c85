"""The networks that ship with the program: their facts, and their drawings. Knows no Keras, no Qt."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.catalogue import RESOURCES, Catalogue
from engine.errors import EngineError
from engine.project import Project, load
from engine.sizes import sized
from engine.values import Json

FOLDER = RESOURCES / "templates"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a template's own recipe reaches at its first size; a broken network misses it."""

    metric: str
    at_least: float | None = None
    at_most: float | None = None

    def met(self, value: float) -> bool:
        """Whether a figure is as good; none is where it is no number."""
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Template:
    """A network to begin from.

    Attributes:
        sizes: How big it can be had, the one that is given unasked first.
        year: When it was first published; 0 where nobody can say.
        line: What it is, in a sentence.
        tags: What courses call the topics that it is about.
        expects: What it reaches when it is trained as it comes.
    """

    name: str
    title: str
    group: str
    sizes: tuple[str, ...]
    year: int
    line: str
    tags: tuple[str, ...]
    expects: Expectation

    @property
    def path(self) -> Path:
        """The file that holds the drawing, at its first size."""
        return FOLDER / f"{self.name}.loom"

    def to_json(self) -> Json:
        return {"name": self.name, "title": self.title, "group": self.group, "sizes": list(self.sizes)}


@cache
def templates() -> Mapping[str, Template]:
    """Return every template that ships, by name, in the order in which they are shown."""
    data = tomllib.loads((FOLDER / "templates.toml").read_text(encoding="utf-8"))
    return {name: _template(name, facts) for name, facts in data.items()}


def _template(name: str, facts: Mapping[str, Json]) -> Template:
    lists = {key: tuple(facts[key]) for key in ("sizes", "tags")}
    return Template(name, **{**facts, **lists, "expects": Expectation(**facts["expects"])})


def template(name: str) -> Template:
    """Return a template, or raise EngineError naming those that there are."""
    try:
        return templates()[name]
    except KeyError:
        raise EngineError(
            "The template must be one of " + ", ".join(templates()), received=repr(name)[:80],
            hint="`templates` lists them",
        ) from None  # fmt: skip


def start(name: str, size: str, catalogue: Catalogue) -> Project:
    """Return a project as a template begins it, or raise EngineError; an empty size is the first."""
    chosen = template(name)
    if size and size not in chosen.sizes:
        raise EngineError(f"{name} comes in the sizes {', '.join(chosen.sizes)}", received=repr(size)[:80])
    project = load(chosen.path, catalogue)
    return sized(project, size, catalogue) if size in project.sizes else project
