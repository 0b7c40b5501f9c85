"""A layer of a person's own as data, from its constructor and its call: parameters, ports, words. Knows no file.

What a parameter is, its annotation says first, then its name (`units` means the same wherever it stands), then its
default.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import keras

from engine.catalogue import RESOURCES, catalogue
from engine.errors import EngineError
from engine.foreign import GROUP
from engine.kinds import DTYPES, ParameterSpec
from engine.specs import PortSpec
from engine.values import Json, Value
from engine.worker import signatures, vocabulary
from engine.worker.parameters import COMMON, FIELDS, value_of
from engine.worker.signatures import MISSING, Argument
from engine.worker.vocabulary import Vocabulary, Words

#: Kinds by annotation; the first is taken where the name says nothing, the others where it says them.
KINDS: Final[Mapping[object, tuple[str, ...]]] = {
    int: ("int", "sizes", "axes"),
    float: ("float", "rate", "range"),
    bool: ("bool",),
    str: ("text", "activation", "dtype", "choice", "initializer", "regularizer", "constraint"),
}
#: Kinds of a row of numbers, by what each is.
ROWS: Final[Mapping[object, tuple[str, ...]]] = {
    int: ("integers", "sizes", "shape", "axes", "pairs"), float: ("numbers", "range")
}  # fmt: skip
#: Kinds by the type of a default, where nothing else speaks.
BY_DEFAULT: Final[Mapping[type, str]] = {bool: "bool", int: "int", float: "float", str: "text"}
#: What a new node holds for a value that must be given.
STARTS: Final[Mapping[str, Value]] = {
    "int": 1, "float": 0.5, "bool": False, "text": "", "sizes": 1, "axes": -1, "integers": (1,), "numbers": (0.5,),
    "shape": (1,), "activation": "relu", "rate": 0.5, "pairs": 1, "range": 0.5,
}  # fmt: skip
#: Arguments of a call that Keras gives itself.
GIVEN: Final = frozenset({"training", "mask"})
MOST_BRIEF: Final = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What an annotation says: the kinds that it allows, whether None is one, the words of a choice."""

    kinds: tuple[str, ...] = ()
    optional: bool = False
    choices: tuple[str, ...] = ()
    length: int | None = None


@cache
def words() -> Vocabulary:
    return vocabulary.read((RESOURCES / "layers.toml").read_text(encoding="utf-8"))


def described(name: str, item: Any, module: str) -> Json:
    """Spell a layer's class as it stands in layers.json, or raise EngineError where a person must say more."""
    specs = [spec for spec in _parameters(item) if spec is not None]
    shown = [spec.name for spec in specs if not spec.advanced and spec.name not in {a.name for a in COMMON}]
    return {
        "group": GROUP,
        "stem": signatures.stem(name),
        "summary": signatures.summary(item) or f"A layer of {module}.py.",
        "inputs": [_port(port) for port in _inputs(item)],
        "outputs": [_port(port) for port in _outputs(item)],
        "parameters": [spec.to_json() for spec in specs],
        "brief": shown[:MOST_BRIEF],
        "own": True,
        "file": module,
    }


def _port(port: PortSpec) -> Json:
    plain = PortSpec("")
    return {name: getattr(port, name) for name in port.__slots__ if getattr(port, name) != getattr(plain, name)}


# -- parameters


def _parameters(item: Any) -> Iterator[ParameterSpec | None]:
    function = item.__init__
    hints = _hints(function)
    if not signatures.takes_more(function):
        raise EngineError(
            "Its constructor must take **kwargs and pass them on, since Keras names and saves every layer by them",
            hint="Define it as __init__(self, ..., **kwargs), and call super().__init__(**kwargs) in it",
        )
    own = () if function is keras.layers.Layer.__init__ else signatures.arguments(function)
    helps = signatures.helps(item, [argument.name for argument in own])
    for argument in own:
        if argument.name not in ("name", "self"):
            yield _parameter(argument, _said(hints.get(argument.name)), helps.get(argument.name, ""))
    named = {argument.name for argument in own}
    yield from (_parameter(a, Said(), "") for a in COMMON if a.name not in named)


def _parameter(argument: Argument, said: Said, help: str) -> ParameterSpec | None:
    """What a parameter is; None for one that keeps its default, since nobody can say what else it could be."""
    for spec in _candidates(argument, said, help):
        try:
            return _with_value(spec, argument)
        except EngineError:
            continue
    if argument.default is not MISSING:
        return None
    raise EngineError(
        f"Its argument {argument.name} must say what it is, since it has no default",
        hint=f"Annotate it, as in {argument.name}: int",
    )


def _candidates(argument: Argument, said: Said, help: str) -> Iterator[ParameterSpec]:
    plain = ParameterSpec(argument.name, "int", required=argument.default is MISSING, help=help, optional=said.optional)
    of_name = words().words("layer", "", argument.name)
    if of_name.get("kind") in catalogue_kinds() and (not said.kinds or of_name["kind"] in said.kinds):
        yield _worded(plain, of_name)
    if said.kinds:
        yield replace(plain, kind=said.kinds[0], choices=said.choices, length=said.length)
    elif type(argument.default) in BY_DEFAULT:
        yield replace(plain, kind=BY_DEFAULT[type(argument.default)])
    elif isinstance(argument.default, tuple | list) and argument.default:
        whole = all(type(value) is int for value in argument.default)
        yield replace(plain, kind="integers" if whole else "numbers")


@cache
def catalogue_kinds() -> frozenset[str]:
    """The kinds that a parameter of a person's own layer may be: layers within layers are not among them."""
    known = (spec.kind for layer in catalogue().layers.values() for spec in layer.parameters)
    return frozenset(known) - {"layer", "choice"}  # the words of a choice differ by layer


def _worded(spec: ParameterSpec, said: Words) -> ParameterSpec:
    fields = {FIELDS[word]: said[word] for word in said.keys() & FIELDS.keys()}
    kind = said["kind"]
    choices = tuple(said.get("of", DTYPES if kind == "dtype" else catalogue().choices.get(kind, ())))
    start = value_of(kind, said["start"]) if "start" in said and spec.required else None
    made = replace(spec, kind=kind, choices=choices, start=start, help=spec.help or said.get("help", ""))
    return replace(made, **{**fields, "optional": spec.optional or fields.get("optional", False)})


def _with_value(spec: ParameterSpec, argument: Argument) -> ParameterSpec:
    """Put default and start in, in the form that the spec itself gives them, or raise EngineError."""
    if spec.required:
        start = spec.start if spec.start is not None else _start(spec)
        return replace(spec, start=spec.check(start))
    value = replace(spec, optional=True).check(value_of(spec.kind, argument.default))
    return replace(spec, default=value, optional=spec.optional or value is None)


def _start(spec: ParameterSpec) -> Value:
    if spec.choices:
        return spec.choices[0]
    start = STARTS.get(spec.kind)
    if spec.minimum is not None and isinstance(start, int | float) and not isinstance(start, bool):
        return max(start, int(spec.minimum) if spec.kind == "int" else spec.minimum)
    return start


# -- annotations


def _hints(function: Callable[..., Any]) -> Mapping[str, Any]:
    """The annotations of a function; those that cannot be looked up are as they were written."""
    try:
        return typing.get_type_hints(function)
    except Exception:  # noqa: BLE001 - an annotation may be any code
        return dict(getattr(function, "__annotations__", {}))


def _said(hint: Any) -> Said:
    """Read an annotation: int, float | None, Literal["a", "b"], tuple[int, int], list[float]."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        rest = [arg for arg in args if arg is not type(None)]
        return replace(_said(rest[0]), optional=len(rest) < len(args)) if len(rest) == 1 else Said()
    if origin is typing.Literal:
        plain = all(isinstance(arg, str) for arg in args)
        return Said(("choice",), choices=args) if plain else Said()
    if origin in (tuple, list) and args:
        fixed = len(args) if origin is tuple and args[-1] is not ... else None
        return Said(ROWS.get(args[0], ()), length=fixed)
    return Said(KINDS.get(hint, ()) if isinstance(hint, type) else ())


# -- ports


def _inputs(item: Any) -> list[PortSpec]:
    """A port for each tensor that the call must be given, and for each that it may be."""
    hints = _hints(item.call)
    named = [a for a in signatures.arguments(item.call) if a.name not in GIVEN and a.default in (MISSING, None)]
    if not named or named[0].default is not MISSING:
        raise EngineError("Its call must take a tensor", hint="Define it as call(self, inputs)")
    many = typing.get_origin(hints.get(named[0].name)) is list or hints.get(named[0].name) is list
    first = PortSpec("inputs" if many else "input", named[0].name, many=many)
    return [first, *(PortSpec(a.name, a.name, optional=a.default is not MISSING) for a in named[1:])]


def _outputs(item: Any) -> list[PortSpec]:
    """One output, or as many as the call's annotation has in a tuple."""
    hint = _hints(item.call).get("return")
    args = typing.get_args(hint) if typing.get_origin(hint) is tuple else ()
    count = len(args) if args and args[-1] is not ... else 1
    return [PortSpec("output"), *(PortSpec(f"output_{number}") for number in range(2, count + 1))]
