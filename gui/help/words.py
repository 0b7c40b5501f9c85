"""Spells the page of a layer as HTML: what it does, its shapes, its parameters, where it is met. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import Template
from typing import Final

from engine.catalogue import Catalogue, same
from engine.code.example import example
from engine.help import HelpPage
from engine.kinds import PARTS, ParameterSpec
from engine.specs import LayerSpec, PortSpec
from engine.spelling import EXPECTATIONS
from gui.help import marked
from gui.help.marked import PAGE, escape, link
from gui.theme import mono_font, themes

OWN: Final = "Not in Keras: a layer of Layerloom's own. Exported code carries its source."
SOURCE: Final = (
    "The text on what it does is from Keras's documentation, © The Keras Authors, Apache License 2.0, shortened."
)
_STYLE: Final = Template("""
body { color: $text; font-size: 13px; }
p { margin: 0 0 8px 0; }
p.page { font-size: 16px; font-weight: 600; margin: 0 0 2px 0; }
p.group { color: $third; font-size: 11px; margin: 0 0 10px 0; }
p.section { font-size: 11px; font-weight: 600; color: $third; margin: 14px 0 6px 0; }
p.title { font-weight: 600; margin: 12px 0 4px 0; }
p.formula { font-family: '$mono'; font-size: 12px; margin: 0 0 3px 16px; text-indent: -16px; }
p.quiet, span.quiet { color: $third; font-size: 11px; }
p.name { margin: 0 0 1px 0; }
p.tells { color: $second; margin: 0 0 10px 0; }
p.jumps { margin: 10px 0 0 0; }
ul, ol { margin: 0 0 8px 0; }
li { margin: 0 0 4px 0; }
a { color: $accent; text-decoration: none; }
code { font-family: '$mono'; font-size: 12px; background-color: $field; }
pre { font-family: '$mono'; font-size: 12px; margin: 0; white-space: pre-wrap; }
table.code { background-color: $field; margin: 4px 0 4px 0; }
td { padding: 2px 0 2px 0; }
table.code td { padding: 8px; }
td.port { color: $third; }
""")
#: What a parameter takes, where the list of all choices would be too long to read.
_SHORT: Final[Mapping[str, str]] = {"dtype": "a type of numbers", "layer": "a layer"}


def style() -> str:
    """Spell the style sheet of all pages in the theme's colours."""
    return _STYLE.substitute(themes().current.tokens, mono=mono_font(12).family())


def page(catalogue: Catalogue, told: HelpPage) -> str:
    """Spell the whole page of a layer."""
    spec = catalogue.layer(told.name)
    return "".join(_sections(catalogue, spec, told))


def _sections(catalogue: Catalogue, spec: LayerSpec, told: HelpPage) -> Iterator[str]:
    found = [(title, body) for title, body in _bodies(catalogue, spec, told) if body]
    yield _head(spec, told)
    yield '<p class="jumps">' + " · ".join(_jump(title) for title, _ in found[1:] if title != "Source") + "</p>"
    for title, body in found:
        yield f'<p class="section"><a name="{_anchor(title)}"></a>{escape(title.upper())}</p>{body}'


def _bodies(catalogue: Catalogue, spec: LayerSpec, told: HelpPage) -> Iterator[tuple[str, str]]:
    """The sections by their titles; those without a body are left out."""
    yield "Shapes", _shapes(spec, told)
    yield "In Keras", marked.program(example(catalogue, spec.name))
    yield "Where one meets it", _met(told)
    yield "What it does", marked.blocks(told.about, lambda name: name != spec.name and name in catalogue.layers)
    yield "Parameters", _parameters(p for p in spec.parameters if not p.advanced)
    yield "Seldom changed", _parameters(p for p in spec.parameters if p.advanced)
    yield "See also", f"<p>{_names(told.also)}</p>" if told.also else ""
    yield "Source", _origin(spec, told) if spec.own or told.link else ""


def _jump(title: str) -> str:
    """A quiet link within the page."""
    tint = f"color: {themes().current.second}"
    return f'<a href="#{_anchor(title)}" style="{tint}">{escape(title)}</a>'


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _head(spec: LayerSpec, told: HelpPage) -> str:
    own = " · not in Keras" if spec.own else ""
    formula = "".join(f'<p class="formula">{escape(line)}</p>' for line in told.formula)
    return (
        f'<p class="page">{escape(spec.name)}</p><p class="group">{escape(spec.group)}{own}</p>'
        f"<p>{escape(spec.summary)}</p>{marked.boxed(formula) if formula else ''}"
    )


def _shapes(spec: LayerSpec, told: HelpPage) -> str:
    rows = [*_ports("in", spec.inputs, told.takes), *_ports("out", spec.outputs, told.gives)]
    cells = (
        f'<tr><td class="port">{escape(port)}&nbsp;&nbsp;</td><td>{escape(shape)}</td></tr>' for port, shape in rows
    )
    return f'<table cellpadding="0" cellspacing="0">{"".join(cells)}</table>'


def _ports(way: str, ports: Iterable[PortSpec], shapes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The name of each port, and its shape; one that is alone needs no name."""
    for port in ports:
        plain = port.name in ("input", "inputs", "output")
        words = f"{way}put" if plain else f"{way}, {port.name.replace('_', ' ')}"
        yield words, shapes[port.name] + (", if wired" if port.optional else ", if asked for" if port.when else "")


def _met(told: HelpPage) -> str:
    systems = f"<p>{escape(' · '.join(told.systems))}</p>" if told.systems else ""
    return systems + (f"<p>{escape(told.met)}</p>" if told.met else "")


def _parameters(parameters: Iterable[ParameterSpec]) -> str:
    return "".join(map(_parameter, parameters))


def _parameter(parameter: ParameterSpec) -> str:
    kind = f'<span class="quiet">{escape(kind_words(parameter))}</span>'
    name = f'<p class="name"><b>{escape(parameter.label)}</b> &nbsp;{kind}</p>'
    return f'{name}<p class="tells">{escape(parameter.help)}</p>'


def kind_words(parameter: ParameterSpec) -> str:
    """Tell what a parameter takes, and what it is where nobody says otherwise."""
    takes = _SHORT.get(parameter.kind) or _expectation(parameter)
    if parameter.required:
        return f"{takes} · a new layer has {parameter.spell(parameter.initial)}"
    new = (
        "" if same(parameter.initial, parameter.default) else f", a new layer has {parameter.spell(parameter.initial)}"
    )
    return f"{takes} · default {parameter.spell(parameter.default)}{new}"


def _expectation(parameter: ParameterSpec) -> str:
    words = EXPECTATIONS[parameter.kind] if parameter.kind in PARTS else parameter.expectation
    return words.removesuffix(", or nothing")


def _names(names: Iterable[str]) -> str:
    return " · ".join(link(PAGE + name, name) for name in names)


def _origin(spec: LayerSpec, told: HelpPage) -> str:
    if spec.own:
        origin = f"From {spec.file}.py, a file of your own, which stands beside exported code." if spec.file else OWN
        return f'<p class="quiet">{escape(origin)}</p>'
    shown = told.link.removeprefix("https://").removesuffix("/")
    source = f'<p class="quiet">{escape(SOURCE)}</p>' if told.about else ""
    return f"<p>{link(told.link, shown)}</p>{source}"
