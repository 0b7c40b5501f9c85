"""Spells a recipe as the lines of a function that trains, evaluates and saves a model. Knows no drawing."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TypeAlias

from engine.catalogue import Catalogue
from engine.code.spell import call, part
from engine.datasets import counts, dataset
from engine.recipe import Recipe

#: A statement, or a line of comment.
Line: TypeAlias = ast.stmt | str
PARTS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Ends:
    """How many inputs and outputs a model has: each input gets the samples, each output their targets."""

    inputs: int
    outputs: int


def body(recipe: Recipe, catalogue: Catalogue, ends: Ends) -> list[Line]:
    """Spell the statements of the script's `main`; which device it runs on is for Keras to say where it runs."""
    train, validation, test = counts(recipe.data, dataset(recipe.data).samples)
    steps = -(-train // recipe.batch_size)
    return [
        _do("keras.utils.set_random_seed", "SEED"),
        _set("data", call("load_data", [], {})),
        _set("model", call("build_model", [], {})),
        _do("model.summary"),
        "",
        ast.Expr(_compile(recipe, catalogue, ends.outputs, steps)),
        *_several(ends),
        ast.Expr(_fit(ends, with_validation=validation > 0)),
        "",
        *(_evaluation(ends) if test else ()),
        _do("model.save", "MODEL"),
    ]


def _several(ends: Ends) -> list[Line]:
    said = [f"each of the {ends.inputs} inputs gets the samples"] if ends.inputs > 1 else []
    said += [f"each of the {ends.outputs} outputs learns the targets"] if ends.outputs > 1 else []
    text = " and ".join(said)
    return ["", f"{text[0].upper()}{text[1:]}."] if said else []


def _compile(recipe: Recipe, catalogue: Catalogue, outputs: int, steps: int) -> ast.expr:
    keywords = {
        "optimizer": part(catalogue, "optimizer", recipe.optimizer),
        "loss": part(catalogue, "loss", recipe.loss),
    }
    if recipe.metrics:
        keywords["metrics"] = _metrics(recipe, catalogue, outputs)
    if recipe.steps_per_execution is not None and recipe.steps_per_execution > 1:
        keywords["steps_per_execution"] = ast.Constant(min(recipe.steps_per_execution, steps))
    return call("model.compile", [], keywords)


def _metrics(recipe: Recipe, catalogue: Catalogue, outputs: int) -> ast.expr:
    """A list, and where there are several outputs one for each: an object counts for one output only."""
    rows: list[ast.expr] = [
        ast.List([part(catalogue, "metric", metric) for metric in recipe.metrics]) for _ in range(outputs)
    ]
    return rows[0] if outputs == 1 else ast.List(rows)


def _fit(ends: Ends, *, with_validation: bool) -> ast.expr:
    keywords: dict[str, ast.expr] = {}
    if with_validation:
        keywords["validation_data"] = ast.Tuple(_arrays("validation", ends))
    keywords |= {"batch_size": ast.Name("BATCH_SIZE"), "epochs": ast.Name("EPOCHS")}
    return call("model.fit", _arrays("train", ends), keywords)


def _evaluation(ends: Ends) -> list[Line]:
    keywords = {"batch_size": ast.Name("BATCH_SIZE"), "return_dict": ast.Constant(True)}
    return [
        "Samples that the network has never seen.",
        _set("results", call("model.evaluate", _arrays("test", ends), keywords)),
        ast.For(
            ast.Tuple([ast.Name("name"), ast.Name("value")]),
            call("results.items", [], {}),
            [ast.Expr(call("print", [_line("test ", "name", ": ", "value")], {}))],
            [],
            lineno=0,
        ),
        "",
    ]


def _line(before: str, name: str, between: str, value: str) -> ast.expr:
    figure = ast.FormattedValue(ast.Name(value), -1, ast.JoinedStr([ast.Constant(".4f")]))
    return ast.JoinedStr([
        ast.Constant(before), ast.FormattedValue(ast.Name(name), -1), ast.Constant(between), figure,
    ])  # fmt: skip


def _arrays(part: str, ends: Ends) -> list[ast.expr]:
    return [_array(f"x_{part}", ends.inputs), _array(f"y_{part}", ends.outputs)]


def _array(name: str, times: int) -> ast.expr:
    array = ast.Subscript(ast.Name("data"), ast.Constant(name))
    return array if times == 1 else ast.BinOp(ast.List([array]), ast.Mult(), ast.Constant(times))


def _do(path: str, *names: str) -> ast.stmt:
    return ast.Expr(call(path, [ast.Name(name) for name in names], {}))


def _set(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name)], value, lineno=0)
