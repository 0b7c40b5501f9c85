"""The source of the layers that Keras lacks, for scripts that use them. Reads it as text; knows no Keras."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent.parent / "worker" / "layers"
#: A word to the type checker, which a script has no use for.
IGNORED: Final = "  # type: ignore[misc]"


@cache
def classes() -> Mapping[str, str]:
    """Return the source of each class, with its decorators, by name."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for item in ast.parse(text).body:
            if isinstance(item, ast.ClassDef):
                first = min(decorator.lineno for decorator in item.decorator_list)
                found[item.name] = "\n".join(lines[first - 1 : item.end_lineno]).replace(IGNORED, "") + "\n"
    return found


def used(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the classes that some code uses, in the order of their sources."""
    names = {item.id for text in texts for item in ast.walk(ast.parse(text)) if isinstance(item, ast.Name)}
    return tuple(name for name in classes() if name in names)
