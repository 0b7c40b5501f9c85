"""How the parameters of a layer are divided into a plain part and folds, and told in words. Knows no widget."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.kinds import ParameterSpec
from gui.editors import spelling

PLAIN: Final = ""
INITIALIZERS: Final = "Initializers"
HELD: Final = "Regularizers, constraints"
MORE: Final = "More"
_BY_KIND: Final = {"initializer": INITIALIZERS, "regularizer": HELD, "constraint": HELD}
_CODE: Final = re.compile(r"`{1,2}([^`]+)`{1,2}")


@dataclass(frozen=True, slots=True)
class Section:
    """Parameters under one title; the plain ones have none."""

    title: str
    parameters: tuple[ParameterSpec, ...]


def sections(parameters: Iterable[ParameterSpec]) -> tuple[Section, ...]:
    """Divide parameters, each part in Keras's order; a part without any is left out."""
    parts: dict[str, list[ParameterSpec]] = {PLAIN: [], INITIALIZERS: [], HELD: [], MORE: []}
    for parameter in parameters:
        parts[_BY_KIND.get(parameter.kind) or (MORE if parameter.advanced else PLAIN)].append(parameter)
    if len(parts[MORE]) == 1:  # a fold would take the place that the one does
        parts[PLAIN].append(parts[MORE].pop())
    return tuple(Section(title, tuple(found)) for title, found in parts.items() if found)


def speaks_of(parameter: ParameterSpec, words: Iterable[str], hints: str = "", *, told: bool = False) -> bool:
    """Whether all words, in lower case, stand in a parameter's name, in hints about it or, if wished, in its help."""
    text = f"{parameter.name} {parameter.label} {hints} {parameter.help if told else ''}".lower()
    return all(word in text for word in words)


def label(parameter: ParameterSpec, title: str = PLAIN) -> str:
    """Name a parameter in a form: what its fold says already is left out."""
    words = parameter.label
    return words.removesuffix(" initializer") if title == INITIALIZERS else words


def help_html(parameter: ParameterSpec) -> str:
    """Tell in a tooltip what a parameter means, what it accepts and what it is by default."""
    told = [f"<b>{html.escape(parameter.name)}</b>"]
    if parameter.help:
        told.append(_CODE.sub(r"<code>\1</code>", html.escape(parameter.help, quote=False)))
    told.append(f"Expects {html.escape(parameter.expectation, quote=False)}.")
    if not parameter.required and parameter.default is not None:
        told.append(f"Default: {html.escape(default_words(parameter))}")
    return "".join(f"<p>{paragraph}</p>" for paragraph in told)


def default_words(parameter: ParameterSpec) -> str:
    """Spell a default as its own field would."""
    if spelling.is_typed(parameter.kind):
        return spelling.spell(parameter, parameter.default)
    return parameter.spell(parameter.default)
