"""What Keras and our own layers say of their classes: names, arguments, defaults, docstrings. Knows no vocabulary."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Final

import keras

from engine.worker import layers as own

MISSING: Final = inspect.Parameter.empty
#: Where the public classes of a kind stand, and the class that each of them extends.
FAMILIES: Final[Mapping[str, tuple[ModuleType, type]]] = {
    "layer": (keras.layers, keras.layers.Layer),
    "initializer": (keras.initializers, keras.initializers.Initializer),
    "regularizer": (keras.regularizers, keras.regularizers.Regularizer),
    "constraint": (keras.constraints, keras.constraints.Constraint),
    "optimizer": (keras.optimizers, object),
    "schedule": (keras.optimizers.schedules, keras.optimizers.schedules.LearningRateSchedule),
    "loss": (keras.losses, keras.losses.Loss),
    "metric": (keras.metrics, keras.metrics.Metric),
}
#: Tooltips end at the last sentence before this.
LONGEST: Final = 320
SECTION: Final = re.compile(r"(Args|Arguments|Call arguments|Call Args):")
#: An argument of a docstring, with or without its type; `**kwargs` too, which ends the one before.
ENTRY: Final = re.compile(r"\*{0,2}`?(\w+)`?(?: \([^)]*\))?:(?!:)(.*)")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a callable; `default` is MISSING where it has none."""

    name: str
    default: Any = MISSING


@cache
def public(kind: str) -> Mapping[str, type]:
    """Return a family's classes by public name, aliases left out: the class's own name where that is public.

    Classes of our own come last.
    """
    module, base = FAMILIES[kind]
    names: dict[type, list[str]] = {}
    for name in dir(module):
        item = getattr(module, name)
        if inspect.isclass(item) and issubclass(item, base):
            names.setdefault(item, []).append(name)
    if base is not object:
        names |= {item: [name] for name in own.__all__ if issubclass(item := getattr(own, name), base)}
    return {(item.__name__ if item.__name__ in known else known[0]): item for item, known in names.items()}


def is_own(item: type) -> bool:
    """Whether a class is ours, not Keras's."""
    return item.__module__.startswith(own.__name__)


def public_name(kind: str, item: object) -> str:
    """Return the public name of an object's class."""
    for name, known in public(kind).items():
        if type(item) is known:
            return name
    raise ValueError(f"Keras has no public {kind} for {item!r}")


def activations() -> list[str]:
    """Return the names of the activation functions, aliases left out."""
    module = keras.activations
    named = {name: getattr(module, name) for name in dir(module) if name not in ("get", "serialize", "deserialize")}
    return [name for name, item in named.items() if getattr(item, "__name__", "") == name and callable(item)]


def arguments(function: Callable[..., Any]) -> tuple[Argument, ...]:
    """Return the named arguments of a method, `self` left out."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    plain = (p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY))
    return tuple(Argument(p.name, p.default) for p in plain)


def takes_more(function: Callable[..., Any]) -> bool:
    """Whether a method takes keyword arguments that it does not name."""
    return any(p.kind is p.VAR_KEYWORD for p in inspect.signature(function).parameters.values())


def stem(name: str) -> str:
    """Spell a layer's name as Keras numbers its layers: `conv2d_transpose`, `max_pooling2d`, `lstm`."""
    words = re.sub(r"\W+", "", name)
    words = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", words)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()


# -- docstrings


def summary(item: type) -> str:
    """Return the first paragraph of a class's own docstring on one line."""
    return summary_of(item.__dict__.get("__doc__"))


def summary_of(doc: str | None) -> str:
    """Return the first paragraph of a docstring on one line."""
    return clean(inspect.cleandoc(doc or "").split("\n\n")[0])


def helps_of(doc: str | None, names: Collection[str]) -> dict[str, str]:
    """Return what a function's docstring says of some arguments."""
    return _entries(doc or "", names)


def helps(item: type, names: Collection[str]) -> dict[str, str]:
    """Return what the docstrings of a class and its bases say of some arguments; the class's own word counts."""
    found: dict[str, str] = {}
    for base in item.__mro__:
        found = _entries(base.__dict__.get("__doc__") or "", names) | found
    return found


def _entries(doc: str, names: Collection[str]) -> dict[str, str]:
    """Read the sections of arguments of a docstring: `name: text`, the text going on below, further in."""
    texts: dict[str, list[str]] = {}
    heading, current = -1, ""  # how far in the section's heading stands; -1 outside of one
    for line in doc.expandtabs().splitlines():
        text, depth = line.strip(), len(line) - len(line.lstrip())
        if SECTION.fullmatch(text):
            heading, current = depth, ""
        elif text and depth <= heading:
            heading = -1
        elif heading >= 0 and (entry := ENTRY.match(text)) and _begins(entry[1], depth - heading, {*names} - {*texts}):
            current = entry[1] if entry[1] in names else ""
            texts.setdefault(current, []).append(entry[2])
        elif heading >= 0 and current and not text.startswith("{{"):
            texts[current].append(text)
    return {name: clean(" ".join(lines)) for name, lines in texts.items() if name}


def _begins(word: str, depth: int, unsaid: Collection[str]) -> bool:
    """Whether a word with a colon begins an entry: one step in, or, in text that Keras put into a docstring, two.

    From 3.13 on, Python takes a docstring's margin away, but not that of such text.
    """
    return depth <= 4 or (depth == 8 and (word in unsaid or word == "name"))


def clean(text: str) -> str:
    """Take the markup out of a docstring's text, and end it at a sentence."""
    text = " ".join(text.split())
    text = re.sub(r"\[([^\]]*)\]\s*\([^)]*\)", r"\1", text)
    text = re.sub(r"\(([^)]*)\)\[http[^\]]*\]", r"\1", text)
    text = re.sub(r"`+|\*\*|\$\$?", "", text).replace("keras.", "").strip()
    text = re.sub(r"\.\.$", ".", text)
    text = text[:1].upper() + text[1:] if text[:1].islower() and " " in text else text
    if len(text) <= LONGEST:
        return text
    end = max(text.rfind(". ", 0, LONGEST), text.rfind("; ", 0, LONGEST))
    return text[: end + 1] if end > 0 else text[:LONGEST].rsplit(" ", 1)[0] + " …"
