"""The exported code of each template builds, in a fresh process, the network that the worker builds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from engine.catalogue import catalogue
from engine.code.export import export_script
from engine.project import save
from engine.templates import start, templates
from tests.worker.test_exported_code import python

KERAS: Final = catalogue()
#: Masks and several inputs; blocks and operations; a layer of our own that begins with a state.
QUICK: Final = ("seq2seq-luong", "attention", "caption-attention")
#: Outputs are no further apart; sums are made in another order where operations fuse.
NEAR: Final = 1e-5


@pytest.mark.worker
def test_the_code_of_some_computes_what_the_worker_computes(tmp_path: Path) -> None:
    _compare(((name, "") for name in QUICK), tmp_path)


@pytest.mark.long
def test_the_code_of_all_computes_what_the_worker_computes(tmp_path: Path) -> None:
    _compare(((name, size) for name, each in templates().items() for size in _small(each.sizes)), tmp_path)


def _small(sizes: Iterable[str]) -> list[str]:
    """The sizes that fit in the memory of a small machine."""
    return [size for size in sizes if not size.startswith("paper")]


def _compare(chosen: Iterable[tuple[str, str]], folder: Path) -> None:
    written = {f"{name.replace('-', '_')}_{size or 'first'}": start(name, size, KERAS) for name, size in chosen}
    for name, project in written.items():
        export_script(project, KERAS, folder / f"{name}.py")
        save(project, folder / f"{name}.loom")
    lines = [json.loads(line) for line in python("-m", "tests.worker.template_code", str(folder)).splitlines()]
    assert {line["name"] for line in lines} == set(written)
    for line in lines:
        assert line["same_weights"], line
        assert line["apart"] > NEAR, f"{line}: other weights must be seen, or nothing is compared"
        assert line["difference"] <= NEAR, line
