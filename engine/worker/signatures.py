"""What Keras itself says of its classes: public names, arguments, defaults, docstrings. Knows no vocabulary."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

import keras

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


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a callable; `default` is MISSING where it has none."""

    name: str
    default: Any = MISSING


def public(kind: str) -> dict[str, type]:
    """Return a family's classes by public name, aliases left out: the class's own name where that is public."""
    module, base = FAMILIES[kind]
    names: dict[type, list[str]] = {}
    for name in dir(module):
        item = getattr(module, name)
        if inspect.isclass(item) and issubclass(item, base):
            names.setdefault(item, []).append(name)
    return {(item.__name__ if item.__name__ in known else known[0]): item for item, known in names.items()}


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
    """Return the first paragraph of a class's docstring on one line."""
    return clean((inspect.getdoc(item) or "").split("\n\n")[0])


def helps(item: type, names: Collection[str]) -> dict[str, str]:
    """Return what the docstrings of a class and its bases say of some arguments; the class's own word counts."""
    found: dict[str, str] = {}
    for base in item.__mro__:
        doc = inspect.cleandoc(base.__dict__.get("__doc__") or "")
        found = _entries(doc, names) | found
    return found


def _entries(doc: str, names: Collection[str]) -> dict[str, str]:
    """Read the sections of arguments of a docstring: `name: text`, the text going on below."""
    texts: dict[str, list[str]] = {}
    inside, current = False, ""
    for line in doc.splitlines():
        if line and not line[0].isspace():
            inside, current = bool(re.fullmatch(r"(Args|Arguments|Call arguments|Call Args):", line.strip())), ""
            continue
        match = re.match(r" {2,4}\*{0,2}`?(\w+)`?(?: \([^)]*\))?:(.*)", line)
        if inside and match and match[1] in names:
            current = match[1]
            texts.setdefault(current, [match[2]])
        elif inside and re.match(r" {2,4}\w+:", line):
            current = ""
        elif inside and current:
            texts[current].append(line)
    return {name: clean(" ".join(lines)) for name, lines in texts.items()}


def clean(text: str) -> str:
    """Take the markup out of a docstring's text, and end it at a sentence."""
    text = " ".join(text.split())
    text = re.sub(r"\[([^\]]*)\]\s*\([^)]*\)", r"\1", text)
    text = re.sub(r"\(([^)]*)\)\[http[^\]]*\]", r"\1", text)
    text = re.sub(r"`+|\*\*|\$\$?", "", text).replace("keras.", "").strip()
    text = text[:1].upper() + text[1:] if text[:1].islower() and " " in text else text
    if len(text) <= LONGEST:
        return text
    end = max(text.rfind(". ", 0, LONGEST), text.rfind("; ", 0, LONGEST))
    return text[: end + 1] if end > 0 else text[:LONGEST].rsplit(" ", 1)[0] + " …"
