"""The networks that ship with the program: their names, titles and sizes, and their drawings. Knows no Keras, no Qt."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.catalogue import RESOURCES, Catalogue
from engine.errors import EngineError
from engine.project import Project, load
from engine.values import Json

FOLDER = RESOURCES / "templates"


@dataclass(frozen=True, slots=True)
class Template:
    """A network to begin from; `sizes` are how big it can be had, the one that is given unasked first."""

    name: str
    title: str
    group: str
    sizes: tuple[str, ...]

    def path(self, size: str = "") -> Path:
        """Return the file that holds the drawing of a size, or raise EngineError."""
        if size and size not in self.sizes:
            raise EngineError(f"{self.name} comes in the sizes {', '.join(self.sizes)}", received=repr(size)[:80])
        return FOLDER / (f"{self.name}.loom" if size in ("", self.sizes[0]) else f"{self.name}.{size}.loom")

    def to_json(self) -> Json:
        return {"name": self.name, "title": self.title, "group": self.group, "sizes": list(self.sizes)}


@cache
def templates() -> Mapping[str, Template]:
    """Return every template that ships, by name, in the order in which they are shown."""
    data = tomllib.loads((FOLDER / "templates.toml").read_text(encoding="utf-8"))
    return {name: Template(name, **{**facts, "sizes": tuple(facts["sizes"])}) for name, facts in data.items()}


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
    return load(template(name).path(size), catalogue)
