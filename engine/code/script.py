"""A project as a Python script: its sections, put together. Knows no Keras, no Qt, and writes no file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from engine import wiring
from engine.batching import check_batches, fixed, remembering
from engine.catalogue import Catalogue
from engine.code import callbacks, foreign, level, model, own, training
from engine.code.data import key
from engine.code.wrap import WIDTH, block, docstring, quoted
from engine.datasets import DataSpec, counts, dataset
from engine.errors import ExportError
from engine.feeding import feeding
from engine.graph import Graph
from engine.precision import answering
from engine.project import Project
from engine.recipe import Recipe, check_recipe
from engine.resolve import resolved
from engine.structure import problems
from engine.wiring import listed

PATH: Final = "from pathlib import Path\n"
#: What the classes that Keras lacks need beside Keras.
ANY: Final = "from typing import Any\n"
#: What feeding samples in an order of one's own needs.
BATCHES: Final = """\
import math
from collections.abc import Iterator
from itertools import count
from operator import itemgetter
"""
#: What is imported, by the style of it.
IMPORTS: Final = {
    "keras": """\
from pathlib import Path

import keras
import numpy as np
from keras import layers
""",
    "tensorflow": """\
from pathlib import Path

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
""",
}
#: The line that imports layers, without and with operations.
LAYERS, OPS = "keras import layers\n", "keras import layers, ops\n"
LOAD: Final = '''\
def load_data() -> dict[str, np.ndarray]:
    """Read x_train, y_train, x_validation, y_validation, x_test and y_test."""
    with np.load(DATA, allow_pickle=False) as file:
        return dict(file)
'''
SINGLE: Final = "x_train, y_train, x_validation, y_validation, x_test and y_test"
GUARD: Final = 'if __name__ == "__main__":\n    main()\n'


def script(project: Project, catalogue: Catalogue, *, data_file: str, name: str, style: str = "keras") -> str:
    """Spell a script that builds, trains, evaluates and saves a project's network.

    Args:
        data_file: The name of the file beside the script that holds the samples.
        name: The script's own name without its ending; the model is saved as `NAME.keras`.
        style: "keras" for `import keras`, "tensorflow" for `from tensorflow import keras`.

    Raises:
        ExportError: The drawing has a problem; the sentence is the problem's. Or there is no such style.
        RecipeError: The recipe cannot be followed.
    """
    if style not in IMPORTS:
        raise ExportError("The style of a script is one of " + ", ".join(IMPORTS), received=repr(style)[:40])
    check_drawing(project, catalogue)
    recipe = check_recipe(project.recipe, catalogue)
    return text(Project(project.graph, recipe), catalogue, data_file=data_file, name=name, style=style)


def check_drawing(project: Project, catalogue: Catalogue) -> None:
    """Raise ExportError with the drawing's first problem, where it has one."""
    for problem in problems(project.graph, catalogue):
        if problem.severity == "error":
            raise ExportError(problem.sentence, node=problem.nodes[0] if problem.nodes else None)
    graph = resolved(project.graph, catalogue)
    if not wiring.model_inputs(graph, catalogue) or not wiring.model_outputs(graph, catalogue):
        raise ExportError("A script needs a network with an input and an output", hint="Wire an InputLayer to a layer")


def text(project: Project, catalogue: Catalogue, *, data_file: str, name: str, style: str) -> str:
    """Put the sections together; drawing and recipe must have been checked."""
    recipe = project.recipe
    drawing = answering(project.graph, recipe.precision, catalogue)
    graph = resolved(drawing, catalogue)
    course = _course(graph, recipe, catalogue)
    build, functions = model.spelled(drawing, catalogue)
    modules = foreign.modules(graph, catalogue)
    sections = [
        docstring(_about(name, [data_file, *(f"{module}.py" for module in modules)], recipe)) + "\n",
        IMPORTS[style],
        _constants(name, data_file, recipe),
        _load(course.data),
        *callbacks.sources(recipe, remembers=course.remembers),
        *([] if course.data.ordered else [training.SHUFFLED]),
        *functions,
        _function("build_model() -> keras.Model", "Build the network, with fresh weights.", build),
        _function("main() -> None", "Train the network, measure it and save it.", training.body(course)),
        GUARD,
    ]
    ours = own.used(sections[4:-1])
    shuffles = not course.data.ordered
    imports = sections[1].replace(PATH, PATH + ANY, 1) if ours else sections[1]
    imports = BATCHES + imports if shuffles else imports
    if any(catalogue.layer(node.layer).operation for node in graph.nodes.values()):
        imports = imports.replace(LAYERS, OPS, 1)
    sources = [own.classes()[name] for name in ours]
    imports += _imports(modules)
    return sections[0] + "\n" + imports + "\n" + "\n\n".join([sections[2], *sources, *sections[3:]])


def _course(graph: Graph, recipe: Recipe, catalogue: Catalogue) -> training.Course:
    """Find how a recipe trains a network that is resolved, or raise RecipeError."""
    data = dataset(recipe.data)
    check_batches(graph, catalogue, recipe)
    fed, parts = feeding(graph, catalogue, recipe, data), counts(recipe.data, data.samples)
    if data.ordered or fixed(graph, catalogue):
        size = recipe.batch_size
        parts = (parts[0] // size * size, parts[1] // size * size, parts[2] // size * size)
    return training.Course(recipe, catalogue, data, fed, parts, remembers=bool(remembering(graph)))


def _load(data: DataSpec) -> str:
    """Spell the function that reads the samples; its docstring names what it finds."""
    if len(data.inputs) == len(data.targets) == 1:
        return LOAD
    columns = (("x", data.inputs), ("y", data.targets))
    names = [
        key(letter, "PART", column.name, [each.name for each in every]) for letter, every in columns for column in every
    ]
    return LOAD.replace(SINGLE, f"{listed(names)}; PART is train, validation or test")


def _imports(modules: Mapping[str, Sequence[str]]) -> str:
    """Spell the imports of layers from a person's own files, which lie beside the script."""
    lines = "".join(f"from {module} import {', '.join(names)}\n" for module, names in sorted(modules.items()))
    return f"\n{lines}" if lines else ""


def _about(name: str, beside: Sequence[str], recipe: Recipe) -> str:
    data = dataset(recipe.data)
    kept = f" Weights of some epochs are kept in {_checkpoints(name)}." if recipe.keeping is not None else ""
    paragraphs = (
        f"{name}: a network drawn with Layerloom.",
        f"Run it beside {listed(beside)}: it builds the network, trains it, measures it on samples kept apart, "
        f"and saves it as {name}.keras." + kept,
        f"Data: {data.title}. {data.source}. {data.licence}.",
    )
    filled = (textwrap.fill(" ".join(text.split()), WIDTH - 3, break_long_words=False) for text in paragraphs)
    return "\n\n".join(filled) + "\n"


def _constants(name: str, data_file: str, recipe: Recipe) -> str:
    kept = f"CHECKPOINTS = FOLDER / {quoted(_checkpoints(name))}\n" if recipe.keeping is not None else ""
    return (
        "FOLDER = Path(__file__).parent\n"
        f"DATA = FOLDER / {quoted(data_file)}\n"
        f"MODEL = FOLDER / {quoted(name + '.keras')}\n"
        f"{kept}\n"
        f"SEED = {recipe.seed:d}\n"
        f"BATCH_SIZE = {recipe.batch_size:d}\n"
        f"EPOCHS = {recipe.epochs:d}\n"
    )


def _checkpoints(name: str) -> str:
    """The folder beside the script for the weights that it keeps on the way."""
    return f"{name}_checkpoints"


def _function(head: str, summary: str, lines: Iterable[level.Line]) -> str:
    return "\n".join([f"def {head}:", f'    """{summary}"""', *block(lines, 4)]) + "\n"
