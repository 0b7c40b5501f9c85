"""The command line's answers, and the commands that need no worker: templates, new. Knows no Keras, no Qt, no numpy."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.project import Project, load, save
from engine.templates import start, templates


class UsageError(EngineError):
    """A command was misused, or what it was given to read cannot be read."""

    @staticmethod
    def of(error: EngineError) -> UsageError:
        return UsageError(error.expected, received=error.received, hint=error.hint)


def answered(command: Callable[[], int]) -> int:
    """Do a command; what it raises becomes one line on standard error and its exit code."""
    try:
        return command()
    except UsageError as error:
        return complain(error.sentence, 2)
    except EngineError as error:
        return complain(error.sentence, 1)
    except BrokenPipeError:
        # Whoever read our output has left; Python would complain of it again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def complain(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


def say(line: str) -> None:
    """Put a line on standard output, at once: a program may be reading along."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def read(path: Path) -> Project:
    """Read a project, or raise UsageError."""
    try:
        return load(path, catalogue())
    except EngineError as error:
        raise UsageError.of(error) from error


def columns(rows: Sequence[Sequence[str]], *, right: tuple[int, ...] = ()) -> str:
    """Lay rows out in columns, some of them flush right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = (
        [
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    )
    return "\n".join("  ".join(line).rstrip() for line in lines)


# -- templates


def list_templates(*, as_json: bool) -> int:
    if as_json:
        say(json.dumps([template.to_json() for template in templates().values()]))
    else:
        rows = [(item.name, item.title, item.group, ", ".join(item.sizes)) for item in templates().values()]
        say(columns([("name", "title", "group", "sizes"), *rows]))
    return 0


def new(name: str, to: Path, *, size: str) -> int:
    """Write a template as a project."""
    try:
        project = start(name, size, catalogue())
    except EngineError as error:
        raise UsageError.of(error) from error
    save(project, to)
    say(f"Wrote {to}")
    return 0
