"""Writes a project as a script with its samples beside it. Knows no Keras, no Qt."""

from __future__ import annotations

from pathlib import Path

from engine.catalogue import Catalogue
from engine.code import foreign
from engine.code.data import data_file, write_data
from engine.code.script import script
from engine.errors import ExportError, ProjectError
from engine.imported import IMPORTED
from engine.project import Project, write_whole


def export_script(project: Project, catalogue: Catalogue, path: Path, style: str = "keras") -> list[Path]:
    """Write a script, its samples and the files of a person's own layers, each whole or not at all.

    Returns their paths, the script's first.

    Raises:
        ExportError: The drawing has a problem, or a file cannot be written.
        RecipeError: The recipe cannot be followed.
    """
    name = path.stem
    _check_name(path)
    data = path.with_name(data_file(name))
    text = script(project, catalogue, data_file=data.name, name=name, style=style)
    used = foreign.modules(project.graph, catalogue)
    if name in used:
        raise ExportError(
            f"The script would stand in the place of {path.name}, whose layers it uses", hint="Choose another name"
        )
    copies = foreign.copies(project.layers, used, path.parent)
    try:
        for place, copy in copies.items():
            write_whole(place, copy)
        write_data(project, catalogue, data)
        write_whole(path, text.encode())
    except ProjectError as error:
        raise ExportError(error.expected, received=error.received, hint=error.hint) from error
    return [path, data, *copies]


def _check_name(path: Path) -> None:
    if path.suffix.lower() != ".py":
        raise ExportError("A script's name ends with .py", received=repr(path.name)[:80])
    if path.stem in IMPORTED:
        raise ExportError(
            f"A script named {path.name} would be imported in the place of the {path.stem} that Keras needs",
            hint="Choose another name",
        )  # fmt: skip
