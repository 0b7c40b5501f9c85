"""A program of a line of JSON in, a line out: how the sweep's processes are asked. Imports no Keras, no drawing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from engine.values import Json

ROOT = Path(__file__).resolve().parents[3]


def answer(say: Callable[[Json], Json]) -> None:
    """Answer lines until there are no more; whatever is printed meanwhile goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        out.write(json.dumps(say(json.loads(line))) + "\n")
        out.flush()


class Program:
    """One such program, begun when it is first asked, and again after it has died."""

    def __init__(self, module: str, *words: str) -> None:
        self._command = [sys.executable, "-m", module, *words]
        self._process: subprocess.Popen[str] | None = None
        self.died = 0

    def tell(self, question: Json) -> None:
        """Send a question; `heard` waits for its answer."""
        if self._process is None:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        stdin = _pipe(self._process.stdin)
        stdin.write(json.dumps(question) + "\n")
        stdin.flush()

    def heard(self) -> Json:
        """Return the answer to what was told; None where the program died of it."""
        process = self._process
        assert process is not None, "nothing was asked"
        line = _pipe(process.stdout).readline()
        if line:
            return json.loads(line)
        self.died += 1
        self.end()
        return None

    def end(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        _pipe(process.stdin).close()
        _pipe(process.stdout).close()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
