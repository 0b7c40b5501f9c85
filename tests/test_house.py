"""The house rules, held by machine: what may import what, and what no file may hold. Knows no more than source."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: What a part of the house may import of the others; the longest name that fits a module counts.
MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "main": ("gui", "engine"),
    "gui": ("gui", "engine"),
    "engine": ("engine",),
    "engine.worker": ("engine", "engine.worker"),
    "tests": ("main", "gui", "engine", "engine.worker", "tests"),
}
QT = ("PySide6", "pyqtgraph", "shiboken6")
KERAS = ("keras", "tensorflow")
#: Where TensorFlow is called by its own name, each for what Keras has no word for.
TENSORFLOW_FILES: Mapping[str, str] = {
    "engine.worker.gradients": "the tape: Keras has no gradients of its own",
    "engine.worker.devices": "which devices there are, and how their memory grows",
    "engine.worker.tracing": "functions traced once, which Keras knows within `fit` alone",
    "engine.worker.shuffling": "batches for TensorFlow's loop, as tf.data: Keras's own shuffle repeats itself",
    "engine.worker.waits": "how long tf.data let a step wait, in its own code",
}
#: Where a stranger's file is run, each for what lets it.
RUNNING_FILES: Mapping[str, str] = {
    "engine.worker.foreign": "layers of a person's own, after the hash of the file was found to be the trusted one",
}
#: What runs a module that is no part of the program.
RUNNERS = ("exec_module", "load_module", "ExecutionLoader", "SourceLoader", "InspectLoader", "run_path", "run_module")
FORBIDDEN_CALLS = ("eval", "exec", "compile", "__import__")
FORBIDDEN_MODULES = ("pickle", "marshal", "shelve", "dill", "joblib")
FORBIDDEN_NAMES = ("load_model", "enable_unsafe_deserialization")
MACHINE_PATHS = ("/" + "root/", "/" + "home/", "/" + "work/", "/" + "Users/", "C:" + "\\Users")


def files() -> list[Path]:
    parts = ("main.py", "engine/**/*.py", "gui/**/*.py", "tests/**/*.py")
    return sorted(path for pattern in parts for path in ROOT.glob(pattern))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@dataclass(frozen=True, slots=True)
class Read:
    """What the rules ask of a file. Its tree is let go: a million nodes that are kept make all that follows slow."""

    opening: str
    imports: tuple[str, ...]
    forbidden: tuple[str, ...]
    running: tuple[str, ...]


@cache
def read(path: Path) -> Read:
    module = ast.parse(path.read_text(encoding="utf-8"), str(path))
    nodes = list(ast.walk(module))
    return Read(
        ast.get_docstring(module) or "", tuple(imports(nodes, path)), tuple(forbidden(nodes)), tuple(running(nodes))
    )


MODULES: Mapping[str, Path] = {name_of(path): path for path in files()}
OURS = {name: path for name, path in MODULES.items() if not name.startswith("tests")}


def imports(nodes: Iterable[ast.AST], path: Path) -> Iterator[str]:
    """Yield the full names that a file imports, in functions as well; `from a import b` as `a.b` where b is a file."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, path)
            for alias in node.names:
                longer = f"{base}.{alias.name}"
                yield longer if longer in MODULES else base


def absolute(node: ast.ImportFrom, path: Path) -> str:
    if not node.level:
        return node.module or ""
    package = list(path.relative_to(ROOT).parts[: -node.level])
    return ".".join([*package, *([node.module] if node.module else [])])


def part_of(module: str) -> str:
    """Return the part of the house that a module belongs to, empty for strangers."""
    return max((part for part in MAY_IMPORT if f"{module}.".startswith(f"{part}.")), key=len, default="")


def is_of(module: str, packages: tuple[str, ...]) -> bool:
    return module.split(".")[0] in packages


def offenders(names: Iterable[str], wrong: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    """Return, for each file that breaks a rule, what in it does."""
    return {name: found for name in names if (found := sorted(set(wrong(name))))}


@pytest.mark.once
def test_every_file_is_found() -> None:
    assert {"main", "engine.graph", "engine.worker.__main__", "gui.app", "tests.test_house"} <= MODULES.keys()


@pytest.mark.once
def test_imports_point_down() -> None:
    def upward(name: str) -> Iterator[str]:
        parts = ((module, part_of(module)) for module in read(MODULES[name]).imports)
        return (module for module, part in parts if part and part not in MAY_IMPORT[part_of(name)])

    assert offenders(MODULES, upward) == {}


@pytest.mark.once
def test_there_is_no_circle() -> None:
    """An import inside a function hides a circle and does not break it, so those count as well."""
    needs = {
        name: {found for found in read(path).imports if found in OURS and found != name} for name, path in OURS.items()
    }
    while leaves := [name for name, others in needs.items() if not others & needs.keys()]:
        for name in leaves:
            del needs[name]
    assert not needs, f"these import each other in a circle, or lie on the way to one: {sorted(needs)}"


@pytest.mark.once
def test_there_is_no_qt_below_the_window() -> None:
    below = [name for name in OURS if part_of(name) != "gui"]
    assert offenders(below, lambda name: (found for found in read(OURS[name]).imports if is_of(found, QT))) == {}


@pytest.mark.once
def test_there_is_no_keras_outside_the_worker() -> None:
    outside = [name for name in OURS if part_of(name) != "engine.worker"]
    assert offenders(outside, lambda name: (found for found in read(OURS[name]).imports if is_of(found, KERAS))) == {}


@pytest.mark.once
def test_tensorflow_is_only_where_keras_has_no_word() -> None:
    used = offenders(OURS, lambda name: (found for found in read(OURS[name]).imports if is_of(found, ("tensorflow",))))
    assert used.keys() <= TENSORFLOW_FILES.keys()


@pytest.mark.once
def test_nothing_runs_what_a_file_says() -> None:
    assert offenders(OURS, lambda name: read(OURS[name]).forbidden) == {}


def forbidden(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield every word of a file by which a stranger's file could run code."""
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            yield node.func.id
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_NAMES:
            yield node.attr
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            yield from (name for name in names if is_of(name, FORBIDDEN_MODULES + FORBIDDEN_NAMES))


def running(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield every word of a file by which it runs another one."""
    for node in nodes:
        words = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        words += [node.attr] if isinstance(node, ast.Attribute) else []
        yield from (word for word in words if word in RUNNERS)


@pytest.mark.once
def test_only_the_worker_runs_a_strangers_file() -> None:
    # `gui.late` runs modules of the program itself, when they are first used.
    assert offenders(OURS, lambda name: read(OURS[name]).running).keys() - {"gui.late"} == RUNNING_FILES.keys()


@pytest.mark.parametrize(
    "source", ["eval('1')", "import pickle", "from keras.models import load_model", "keras.saving.load_model(path)"]
)
def test_a_forbidden_word_is_seen(source: str) -> None:
    assert list(forbidden(ast.walk(ast.parse(source))))


@pytest.mark.once
def test_every_file_says_what_it_is() -> None:
    silent = [name for name, path in MODULES.items() if "." not in read(path).opening]
    assert not silent, "a file opens with one sentence: what it is and what it must not know"


@pytest.mark.once
def test_no_file_names_a_machine() -> None:
    texts = [*files(), *ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / ".ci" / "run"]
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in texts
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(place in line for place in MACHINE_PATHS)
    ]
    assert not found


LOOK = """
import sys
import {module}
print(*sorted(name for name in {heavy!r} if name in sys.modules))
"""


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("gui.app", (*KERAS, "jax", "torch", "pyqtgraph")),
        ("engine.commands_train", (*KERAS, "PySide6")),
        ("engine.preflight", (*KERAS, "PySide6", "numpy")),
        ("engine.commands", (*KERAS, "PySide6", "numpy")),
    ],
)
def test_an_import_brings_nothing_heavy(module: str, heavy: tuple[str, ...]) -> None:
    look = LOOK.format(module=module, heavy=heavy)
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
