"""Trains every template as it comes and writes the README's table of them: `python -m tests.templates [NAME ...]`.

Rows of templates that are not named stay as they are. It fails where one misses what it says of itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from engine.catalogue import catalogue
from engine.datasets import dataset
from engine.templates import Template, start, templates

README: Final = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- templates -->\n", "<!-- end of templates -->"
HEAD: Final = "| template | what it is | sizes | data | trained as it comes |\n|---|---|---|---|---|\n"
_ROW: Final = re.compile(r"^\| `([^`]+)` .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reached:
    """What a run came to, and in how many seconds."""

    figure: float
    seconds: float


def main(names: Iterable[str]) -> int:
    """Train, write the table, and say what missed its figure."""
    found = {name: _train(templates()[name]) for name in (tuple(names) or templates())}
    text = README.read_text(encoding="utf-8")
    README.write_text(with_table(text, found), encoding="utf-8")
    missed = [name for name, reached in found.items() if not templates()[name].expects.met(reached.figure)]
    print(f"Missed: {', '.join(missed)}" if missed else "All reached what they say.")
    return int(bool(missed))


def with_table(text: str, found: Mapping[str, Reached]) -> str:
    """Return the README with these rows anew, and the rows of templates that are gone left out."""
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    rows = {match[1]: match[0] for match in _ROW.finditer(old)}
    rows |= {name: row(templates()[name], reached) for name, reached in found.items()}
    table = HEAD + "".join(f"{rows[name]}\n" for name in templates() if name in rows)
    return before + BEGIN + table + END + after


def row(template: Template, reached: Reached) -> str:
    """Spell one row."""
    recipe = start(template.name, "", catalogue()).recipe
    dated = not template.year or str(template.year) in template.title
    what = template.title if dated else f"{template.title}, {template.year}"
    metric = template.expects.metric.removeprefix("val_").replace("_", " ")
    came = f"{metric} {reached.figure:.3f} in {reached.seconds:.0f} s, {recipe.epochs} epochs"
    cells = f"`{template.name}`", what, ", ".join(template.sizes), dataset(recipe.data.source).title, came
    return f"| {' | '.join(cells)} |"


def _train(template: Template) -> Reached:
    from engine.messages import Epoch, Failed
    from tests.worker.ear import listening
    from tests.worker.rehearsal import Bench

    project, began = start(template.name, "", catalogue()), monotonic()
    with listening() as ear:
        Bench(ear).train(project.graph, project.recipe)
        failed, epochs = ear.of(Failed), ear.of(Epoch)
    if failed:
        raise SystemExit(f"{template.name}: {failed[0].sentence}")
    reached = Reached(epochs[-1].metrics[template.expects.metric], monotonic() - began)
    print(row(template, reached), flush=True)
    return reached


if __name__ == "__main__":
    from tests import conftest

    code = main(sys.argv[1:])
    conftest.pytest_unconfigure()
    sys.exit(code)
