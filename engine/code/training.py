"""Spells a recipe as the lines of a function that trains, evaluates and saves a model. Knows no drawing."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.catalogue import Catalogue
from engine.code import callbacks
from engine.code.data import key
from engine.code.spell import call, construction, part, where
from engine.data.columns import Column
from engine.datasets import DataSpec
from engine.feeding import Feeding
from engine.recipe import Recipe
from engine.recipe_numbers import SCALED
from engine.wiring import listed

#: A statement, or a line of comment.
Line: TypeAlias = ast.stmt | str
PARTS = ("train", "validation", "test")
#: What the script carries to feed its samples as the program does. Keras itself, once a seed is set, has TensorFlow
#: shuffle every epoch into the same order.
SHUFFLED: Final = """\
def shuffled(*columns: np.ndarray | list[np.ndarray]) -> Iterator[tuple]:
    \"\"\"Yield batches without end, in an order of its own for each epoch; the seed tells them all.\"\"\"
    columns = keras.tree.lists_to_tuples(columns)
    samples = len(keras.tree.flatten(columns)[0])
    for epoch in count():
        order = np.random.default_rng((SEED, epoch)).permutation(samples)
        for start in range(0, samples, BATCH_SIZE):
            chosen = order[start : start + BATCH_SIZE]
            yield keras.tree.map_structure(itemgetter(chosen), columns)
"""


@dataclass(frozen=True, slots=True)
class Course:
    """A run as a script does it.

    Attributes:
        parts: How many samples train, validate and test, as they are fed.
        remembers: Layers go on from batch to batch.
    """

    recipe: Recipe
    catalogue: Catalogue
    data: DataSpec
    feeding: Feeding
    parts: tuple[int, int, int]
    remembers: bool = False


def body(course: Course) -> list[Line]:
    """Spell the statements of the script's `main`; which device it runs on is for Keras to say where it runs."""
    return [
        _do("keras.utils.set_random_seed", "SEED"),
        *_precision(course.recipe),
        _set("data", call("load_data", [], {})),
        _set("model", call("build_model", [], {})),
        _do("model.summary"),
        "",
        ast.Expr(_compile(course)),
        *_said(course),
        ast.Expr(_fit(course)),
        "",
        *(_evaluation(course) if course.parts[2] else ()),
        _do("model.save", "MODEL"),
    ]


def _precision(recipe: Recipe) -> list[Line]:
    """Compute in half precision, where the recipe does; the last layers have a type of their own."""
    if recipe.precision is None:
        return []
    return [ast.Expr(call("keras.config.set_dtype_policy", [ast.Constant(recipe.precision)], {}))]


def _said(course: Course) -> list[Line]:
    """Say what nobody would guess of how the samples are fed."""
    inputs, outputs = len(course.feeding.inputs), len(course.feeding.outputs)
    said = [f"each of the {inputs} inputs gets the samples"] if inputs > 1 and len(course.data.inputs) == 1 else []
    said += [f"each of the {outputs} outputs learns the targets"] if outputs > 1 and _alike(course) else []
    if any(column.ignored is not None for _, column in course.feeding.outputs):
        said.append("nothing is asked where a target is " + listed(_ignored(course)))
    if course.data.ordered:
        said.append("each batch goes on where the one before ended, so samples keep their order")
    text = "; ".join(said).replace("; ", " and ", 1 if len(said) == 2 else 0)
    return ["", f"{text[0].upper()}{text[1:]}."] if said else []


def _alike(course: Course) -> bool:
    return len({column.name for _, column in course.feeding.outputs}) == 1


def _ignored(course: Course) -> list[str]:
    return sorted({str(column.ignored) for _, column in course.feeding.outputs if column.ignored is not None})


# -- how it is measured


def _compile(course: Course) -> ast.expr:
    recipe, names = course.recipe, [name for name, _ in course.feeding.outputs]
    keywords = {
        "optimizer": _optimizer(course),
        "loss": _losses(course, names),
    }
    weights = [recipe.weight_of(name) for name in names]
    if set(weights) != {1.0}:
        keywords["loss_weights"] = _one_or_all([ast.Constant(weight) for weight in weights])
    for word, weighted in (("metrics", False), ("weighted_metrics", True)):
        rows = [_metrics(course, name, column, weighted=weighted) for name, column in course.feeding.outputs]
        if any(row.elts for row in rows):
            keywords[word] = _one_or_all(rows)
    steps = -(-course.parts[0] // recipe.batch_size)
    if recipe.steps_per_execution is not None and recipe.steps_per_execution > 1:
        keywords["steps_per_execution"] = ast.Constant(min(recipe.steps_per_execution, steps))
    if recipe.xla is not None:
        keywords["jit_compile"] = ast.Constant(recipe.xla)
    return call("model.compile", [], keywords)


def _optimizer(course: Course) -> ast.expr:
    """Spell the optimizer; in float16 it scales the loss, which Keras writes into the model's file if it is said."""
    catalogue, chosen = course.catalogue, course.recipe.optimizer
    if course.recipe.precision != SCALED:
        return part(catalogue, "optimizer", chosen)
    spec = catalogue.part("optimizer", chosen.class_name)
    made = construction(catalogue, where("optimizer", spec), spec.name, spec.parameters, chosen.values, {})
    return call("keras.optimizers.LossScaleOptimizer", [made], {})


def _losses(course: Course, names: Sequence[str]) -> ast.expr:
    """One where all are the same and count alike, which Keras gives to each output."""
    losses = [course.recipe.loss_of(name) for name in names]
    spelled = [part(course.catalogue, "loss", loss) for loss in losses]
    alike = len(set(losses)) == 1 and len({course.recipe.weight_of(name) for name in names}) == 1
    return spelled[0] if alike else _one_or_all(spelled)


def _metrics(course: Course, name: str, column: Column, *, weighted: bool) -> ast.List:
    """An output's metrics, where they are counted so: a metric counts for one output only, so each has its own."""
    chosen = course.recipe.metrics_of(name) if (column.ignored is not None) == weighted else ()
    return ast.List([part(course.catalogue, "metric", metric) for metric in chosen])


# -- what it is fed


def _fit(course: Course) -> ast.expr:
    weights, columns = _weights(course, "train"), _arrays(course, "train")
    keywords: dict[str, ast.expr] = {}
    if course.data.ordered:
        keywords |= {"sample_weight": weights} if weights is not None else {}
    else:
        columns = [call("shuffled", [*columns, *([] if weights is None else [weights])], {})]
        keywords["steps_per_epoch"] = _steps(course)
    if course.parts[1]:
        weighed = _weights(course, "validation")
        more = [] if weighed is None else [weighed]
        keywords["validation_data"] = ast.Tuple([*_arrays(course, "validation"), *more])
    size = {"batch_size": ast.Name("BATCH_SIZE")}
    if not course.data.ordered:
        size = {"validation_batch_size": ast.Name("BATCH_SIZE")} if course.parts[1] else {}
    keywords |= {**size, "epochs": ast.Name("EPOCHS")}
    if course.data.ordered:
        keywords["shuffle"] = ast.Constant(False)
    return call("model.fit", columns, keywords | _callbacks(course, *callbacks.overseeing(course.recipe)))


def _steps(course: Course) -> ast.expr:
    """Spell how many batches an epoch has."""
    samples = call("len", [_read(_first(course))], {})
    return call("math.ceil", [ast.BinOp(samples, ast.Div(), ast.Name("BATCH_SIZE"))], {})


def _first(course: Course) -> str:
    names = [column.name for column in course.data.inputs]
    return key("x", "train", course.feeding.inputs[0][1].name, names)


def _callbacks(course: Course, *more: ast.expr) -> dict[str, ast.expr]:
    each = [*([call("Forget", [], {})] if course.remembers else []), *more]
    return {"callbacks": ast.List(each)} if each else {}


def _evaluation(course: Course) -> list[Line]:
    weights = _weights(course, "test")
    keywords: dict[str, ast.expr] = {} if weights is None else {"sample_weight": weights}
    keywords |= {"batch_size": ast.Name("BATCH_SIZE"), **_callbacks(course), "return_dict": ast.Constant(True)}
    return [
        "Samples that the network has never seen.",
        _set("results", call("model.evaluate", _arrays(course, "test"), keywords)),
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


def _arrays(course: Course, part: str) -> list[ast.expr]:
    inputs, targets = ([column.name for column in columns] for columns in (course.data.inputs, course.data.targets))
    fed = [key("x", part, column.name, inputs) for _, column in course.feeding.inputs]
    learned = [key("y", part, column.name, targets) for _, column in course.feeding.outputs]
    return [_array(fed), _array(learned)]


def _array(keys: Sequence[str]) -> ast.expr:
    """One array, the same one several times, or a list."""
    if len(set(keys)) > 1:
        return ast.List([_read(name) for name in keys])
    array = _read(keys[0])
    return array if len(keys) == 1 else ast.BinOp(ast.List([array]), ast.Mult(), ast.Constant(len(keys)))


def _read(name: str) -> ast.expr:
    return ast.Subscript(ast.Name("data"), ast.Constant(name))


def _weights(course: Course, part: str) -> ast.expr | None:
    """Spell how much each place of each target counts; None where all count alike."""
    if not _ignored(course):
        return None
    targets = [column.name for column in course.data.targets]
    return _one_or_all([
        _counted(_read(key("y", part, column.name, targets)), column) for _, column in course.feeding.outputs
    ])  # fmt: skip


def _counted(array: ast.expr, column: Column) -> ast.expr:
    if column.ignored is None:
        return call("np.ones", [call("len", [array], {})], {})
    asked = ast.Compare(array, [ast.NotEq()], [ast.Constant(column.ignored)])
    return ast.Call(ast.Attribute(asked, "astype"), [ast.Constant("float32")], [])


def _one_or_all(each: Sequence[ast.expr]) -> ast.expr:
    return each[0] if len(each) == 1 else ast.List([*each])


def _do(path: str, *names: str) -> ast.stmt:
    return ast.Expr(call(path, [ast.Name(name) for name in names], {}))


def _set(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name)], value, lineno=0)
