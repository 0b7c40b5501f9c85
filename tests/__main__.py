"""All checks under one command: `python -m tests [ARGUMENTS for pytest]`. Every step runs; one failure fails it all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
#: As many processes as processors, up to four; a number said on the command line comes after it, and counts.
SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")
STEPS: dict[str, tuple[str, ...]] = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "tests": ("pytest", *SIDE_BY_SIDE),
}


def main(arguments: Sequence[str]) -> int:
    """Run every step, say how each went, return 1 where one failed."""
    outcomes: dict[str, str] = {}
    for name, words in STEPS.items():
        print(f"== {name}: {' '.join(words)}", flush=True)
        start = perf_counter()
        code = subprocess.run(
            [sys.executable, "-m", *words, *(arguments if name == "tests" else ())], cwd=ROOT, check=False
        ).returncode
        outcomes[name] = f"{'ok' if code == 0 else f'FAILED (code {code})'}, {perf_counter() - start:.0f} s"
    print("== " + "; ".join(f"{name}: {outcome}" for name, outcome in outcomes.items()))
    return int(any("FAILED" in outcome for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
