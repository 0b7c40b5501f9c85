"""Whatever a person writes stays a text in the script, or becomes a harmless identifier."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import catalogue
from engine.code.script import script, text
from engine.graph import Edge, End, Graph, Node
from engine.project import Project
from engine.recipe import Recipe
from engine.values import FrozenMap
from tests.engine.code.drawings import Sketch, part
from tests.engine.strategies import PATIENT

KERAS = catalogue()


HOSTILE = (
    "import", "class", "x'; import os", '"); import os  #', "a\nimport os", "__import__('os')", "\\", "{x}",
    "os.system", "'''", '"""', "\u202e", "\ud800", "lambda: 0",
)  # fmt: skip


def _words(tree: ast.AST) -> set[str]:
    """Every word of a script that is no text: names, attributes, arguments, imports."""
    words: set[str] = set()
    for item in ast.walk(tree):
        for field in ("id", "attr", "arg", "module", "name", "asname"):
            word = getattr(item, field, None)
            if isinstance(word, str):
                words.add(word)
    return words


def _skeleton(source: str) -> list[str]:
    """The kinds of a script's parts, in order."""
    return [type(item).__name__ for item in ast.walk(ast.parse(source))]


def _project(names: Sequence[str], word: str) -> Project:
    """A project whose layers bear these names; the word is wherever else a text can be."""
    line = "".join(letter for letter in word if letter.isprintable())  # a value of several lines is refused before
    image, einsum, digit = names
    nodes = (
        Node("n1", "InputLayer", image, FrozenMap({"shape": (8, 8, 1)})),
        Node("n2", "EinsumDense", einsum, FrozenMap({"equation": line, "output_shape": (3,)})),
        Node("n3", "Dense", digit, FrozenMap({"units": 10})),
    )
    graph = Graph().with_nodes(nodes)
    for before, after in (("n1", "n2"), ("n2", "n3")):
        graph = graph.with_edge(Edge(End(before, "output"), End(after, "input")))
    return Project(graph, Recipe(metrics=(part("MeanSquaredError", name=word),)))


def _spelled(names: Sequence[str], word: str) -> str:
    return text(_project(names, word), KERAS, data_file=word, name=word, style="keras")


PLAIN = _spelled("abc", "d")


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_text_stays_a_text(word: str) -> None:
    names = [f"{word}{number}" for number in range(3)]
    source = _spelled(names, word)
    assert _skeleton(source) == _skeleton(PLAIN)
    fresh = _words(ast.parse(source)) - _words(ast.parse(PLAIN))
    assert len(fresh) == 3, "the three variables and nothing else"
    assert not fresh & {"os", "system", "__import__"}
    texts = {item.value for item in ast.walk(ast.parse(source)) if isinstance(item, ast.Constant)}
    assert {*names, word, f"{word}.keras"} <= texts


@PATIENT
@given(st.lists(st.text(max_size=12), min_size=3, max_size=3, unique=True), st.text(max_size=30))
def test_any_text_stays_a_text(names: list[str], word: str) -> None:
    source = _spelled(names, word)
    assert _skeleton(source) == _skeleton(PLAIN)
    assert all(line.isprintable() for line in source.split("\n"))


def _checked(project: Project) -> str:
    return script(project, KERAS, data_file="d", name="n")


def test_names_of_pythons_own_make_a_script() -> None:
    source = _checked(_project_named("import", "class", "print"))
    assert 'import_ = keras.Input(shape=(8, 8, 1), name="import")' in source
    assert 'class_ = layers.Flatten(name="class")(import_)' in source
    assert 'print_ = layers.Dense(10, name="print")(class_)' in source
    assert _words(ast.parse(source)) & {"print", "import_", "class_", "print_"} == {
        "print",
        "import_",
        "class_",
        "print_",
    }


def _project_named(image: str, flatten: str, digit: str) -> Project:
    sketch = Sketch().add("InputLayer", image, shape=(8, 8, 1)).add("Flatten", flatten, image)
    return Project(sketch.add("Dense", digit, flatten, units=10).graph)
