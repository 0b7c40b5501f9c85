"""Spells the tooltip of a layer in the palette: its name, one line, its shapes. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.graph import BLOCK
from engine.help import page_of
from engine.specs import LayerSpec, PortSpec
from gui.help.marked import escape
from gui.theme import themes

OWN = "Not in Keras: Layerloom's own"


def tip(spec: LayerSpec) -> str:
    """Spell a layer's name, what it does, what it takes and gives, and whether it is one of ours."""
    quiet = f"color: {themes().current.third}"
    if spec.name.startswith(BLOCK):
        names = " · ".join(port.name for port in (*spec.inputs, *spec.outputs))
        return f'<b>{escape(spec.title)}</b><p>{escape(spec.summary)}</p><p style="{quiet}">{escape(names)}</p>'
    told = page_of(spec)
    rows = [*_rows("in", spec.inputs, told.takes), *_rows("out", spec.outputs, told.gives)]
    cells = "".join(
        f'<tr><td style="{quiet}">{way}&nbsp;&nbsp;</td><td>{escape(shape)}</td></tr>' for way, shape in rows
    )
    origin = f"From {spec.file}.py, a file of your own" if spec.file else OWN
    own = f'<p style="{quiet}">{escape(origin)}</p>' if spec.own else ""
    return f"<b>{escape(spec.name)}</b><p>{escape(spec.summary)}</p><table>{cells}</table>{own}"


def _rows(way: str, ports: Iterable[PortSpec], shapes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The ports that a new layer has and needs."""
    return ((way, shapes[port.name]) for port in ports if not port.optional and not port.when)
