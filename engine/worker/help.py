"""Writes resources/help.json, which is help.toml joined to the docstrings of the layers. Knows no window."""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, TypeVar

import keras

from engine.catalogue import RESOURCES, catalogue
from engine.errors import EngineError
from engine.help import FILE, HelpPage
from engine.specs import LayerSpec, PortSpec
from engine.values import Json
from engine.worker import docs, functions, signatures
from engine.worker.operations import function

TOML: Final = RESOURCES / "help.toml"
SITE: Final = "https://keras.io/api/layers/"
OPERATIONS: Final = "https://keras.io/api/ops/"
#: Where keras.io tells of a module, where that is another page.
PAGES: Final = {"math": "core"}
ANY: Final = "batch × …"
NOTICE: Final = (
    "The texts under `about` are from Keras's docstrings, Copyright The Keras Authors, Apache License 2.0 "
    "(LICENSE-Keras), cut and changed in their form; those of Layerloom's own layers are Layerloom's."
)
#: Axes of a place, and what a layer makes of them, by the digit of its name.
SPACES: Final = {"1": ("time", "new time"), "2": ("height × width", "new height × new width"),
                 "3": ("depth × height × width", "new depth × new height × new width")}  # fmt: skip
SECTIONS: Final = frozenset({"formulas", "shapes", "systems", "met", "also", "links", "dropped"})
Found = TypeVar("Found")


def generate(text: str) -> Json:
    """Return what help.json holds, or raise EngineError where help.toml and the catalogue do not meet."""
    said = tomllib.loads(text)
    _check(said)
    specs = catalogue().layers
    return {
        "keras": keras.__version__,
        "notice": NOTICE,
        "pages": {name: _page(said, spec).to_json() for name, spec in specs.items()},
    }


def _page(said: Mapping[str, Any], spec: LayerSpec) -> HelpPage:
    if spec.operation:
        return _operation(said, spec)
    name = spec.name
    shapes = {port: _shape(name, words) for port, words in _said(said["shapes"], name, "shapes").items()}
    systems = tuple(system for system, layers in said["systems"].items() if name in layers)
    doc = signatures.public("layer")[name].__dict__.get("__doc__") or ""
    return HelpPage(
        name=name,
        formula=tuple(_said(said["formulas"], name, "formulas")),
        takes={port.name: _of_port(name, shapes, port) for port in spec.inputs},
        gives={port.name: _of_port(name, shapes, port) for port in spec.outputs},
        met="" if systems and name not in said["met"] else _said(said["met"], name, "met"),
        systems=systems,
        about=docs.blocks(doc, said["dropped"]["paragraphs"]),
        also=tuple(_also(said["also"]["together"], name)),
        link="" if spec.own else _link(said["links"], spec),
    )


def _operation(said: Mapping[str, Any], spec: LayerSpec) -> HelpPage:
    """The page of a function of keras.ops: of any shape are most of what it takes and gives."""
    called = function(spec.name)
    module = called.__module__.rpartition(".")[2]
    place = f"{OPERATIONS}{PAGES.get(module, module)}/#{called.__name__.replace('_', '')}-function"
    return HelpPage(
        name=spec.name, formula=(), met="", systems=(), also=tuple(functions.beside(spec.name)),
        takes=dict.fromkeys((port.name for port in spec.inputs), ANY),
        gives=dict.fromkeys((port.name for port in spec.outputs), ANY),
        about=docs.blocks(called.__doc__ or "", said["dropped"]["paragraphs"]),
        link=place,
    )  # fmt: skip


def _shape(name: str, words: str) -> str:
    digit = re.search(r"([123])D", name)
    space, new = SPACES[digit[1] if digit else "2"]
    return words.format(space=space, new=new)


def _of_port(name: str, shapes: Mapping[str, str], port: PortSpec) -> str:
    if port.name not in shapes:
        raise EngineError(f"[shapes] tells of each port of {name}", received=f"nothing of {port.name}", hint=HINT)
    return shapes[port.name]


def _also(together: Iterable[list[str]], name: str) -> Iterable[str]:
    """The same layer for other numbers of axes, then those that stand together with it; each once."""
    family = re.sub(r"[123]D", "?D", name)
    same = (other for other in catalogue().layers if family != name and fnmatchcase(other, family))
    beside = (other for names in together if name in names for other in names)
    return (other for other in dict.fromkeys((*same, *beside)) if other != name)


def _link(links: Mapping[str, Mapping[str, str]], spec: LayerSpec) -> str:
    page = _find(links["pages"], spec.name)
    return f"{SITE}{page or links['folders'][spec.group] + '/' + _slug(spec.name)}/"


def _slug(name: str) -> str:
    """Spell a name as keras.io does: `max_pooling1d`, `conv_lstm2d`, `prelu`."""
    return signatures.stem(name).replace("p_re_lu", "prelu").replace("re_lu", "relu")


# -- help.toml

HINT: Final = "Correct resources/help.toml"


def _find(table: Mapping[str, Found], name: str) -> Found | None:
    """Look a name up as it stands, else by the last pattern that fits it and is not the one for all."""
    if name in table:
        return table[name]
    fitting = [said for pattern, said in table.items() if pattern != "*" and fnmatchcase(name, pattern)]
    return fitting[-1] if fitting else table.get("*")


def _said(table: Mapping[str, Any], name: str, section: str) -> Any:
    found = _find(table, name)
    if found is None:
        raise EngineError(f"[{section}] tells of every layer", received=f"nothing of {name}", hint=HINT)
    return found


def _check(said: Mapping[str, Any]) -> None:
    """Raise EngineError for a section or a name that fits nothing."""
    _refuse("help.toml has the sections", set(said) ^ SECTIONS)
    named = [*said["formulas"], *said["shapes"], *said["met"], *said["links"]["pages"]]
    named += [name for names in (*said["systems"].values(), *said["also"]["together"]) for name in names]
    layers = [name for name, spec in catalogue().layers.items() if not spec.operation]
    _refuse("A name in help.toml fits a layer", {n for n in named if not any(fnmatchcase(x, n) for x in layers)})


def _refuse(expected: str, wrong: Iterable[str]) -> None:
    words = sorted(wrong)
    if words:
        raise EngineError(expected, received=", ".join(words), hint=HINT)


# -- the program


def spell(data: Json) -> str:
    """Spell help.json: a block of text a line, so that versions diff well."""
    text = json.dumps(data, indent=1, ensure_ascii=False)
    return re.sub(r"\n {4,}\s*|\n {3}(?=[}\]])", lambda match: " ", text) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m engine.worker.help", description=__doc__)
    parser.add_argument("--to", type=Path, default=FILE, help="where to write")
    asked = parser.parse_args(arguments)
    try:
        asked.to.write_text(spell(generate(TOML.read_text(encoding="utf-8"))), encoding="utf-8")
    except EngineError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
