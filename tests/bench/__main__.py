"""The benches under one command: `python -m tests.bench [NAME ...] [--json]`. Knows no bench by name.

A bench is a module beside this one with a function `measure()` that yields `harness.Measure` rows. Exit codes:
0 every target met, 1 one was missed, 2 no such bench.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from tests import bench
from tests.bench.harness import Measure, machine, table, to_json

Bench = Callable[[], Iterable[Measure]]


def benches(names: Sequence[str]) -> Iterator[tuple[str, Bench]]:
    """Yield the benches of these names, or all; only what is asked for is imported."""
    there = (module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("test_"))
    for name in names or sorted(there):
        module = importlib.import_module(f"tests.bench.{name}") if name != "__main__" else None
        found = getattr(module, "measure", None)
        if found is not None:
            yield name, found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run benches, print their figures, return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the program.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a bench; all where none is named")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args(arguments)
    try:
        chosen = list(benches(options.names))
    except ModuleNotFoundError as error:
        if not str(error.name).startswith("tests.bench"):
            raise
        parser.error(f"no such bench: {str(error.name).rpartition('.')[2]}")
    rows: list[tuple[str, Measure]] = []
    for name, run in chosen:
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows.extend((name, measure) for measure in run())
    if options.json:
        print(json.dumps({"machine": machine(), "measures": [to_json(*row) for row in rows]}, ensure_ascii=False))
    else:
        print(table(rows))
    return int(any(measure.met is False for _, measure in rows))


if __name__ == "__main__":
    sys.exit(main())
