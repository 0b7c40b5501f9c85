"""Trainers for the worker's tests. Imports no Keras before one is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.worker.rehearsal import Bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    from tests.worker.ear import listening
    from tests.worker.rehearsal import Bench

    with listening() as ear:
        yield Bench(ear)


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, Path]]:
    """Three epochs of the digits, watched and recorded: the trainer, and the run's folder."""
    from tests.worker.drawings import DIGITS
    from tests.worker.ear import listening
    from tests.worker.rehearsal import THREE, Bench

    folder = tmp_path_factory.mktemp("runs") / "one"
    with listening() as ear:
        bench = Bench(ear)
        bench.train(DIGITS.graph, THREE, folder=str(folder), watch=("n2", "n4"), samples=(0, 5))
        yield bench, folder
