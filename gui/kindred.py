"""Which form of a layer comes first, for rows, images or volumes: `Conv1D`, `Conv2D`, `Conv3D`. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from engine.specs import LayerSpec

_FORM: Final = re.compile(r"[123]D")
#: Images are drawn most often, then rows.
_ORDER: Final = {"2D": 0, "1D": 1, "3D": 2}


def ordered(specs: Iterable[LayerSpec], rank: int | None = None) -> list[LayerSpec]:
    """Return layers in their order, but of the forms of one layer those first that take tensors of a rank, then 2D."""
    held = list(specs)
    places: dict[str, int] = {}
    for place, spec in enumerate(held):
        places.setdefault(_family(spec), place)
    return sorted(held, key=lambda spec: (places[_family(spec)], not takes(spec, rank), _form(spec)))


def takes(spec: LayerSpec, rank: int | None) -> bool:
    """Whether a layer may take tensors of a rank, batch included; where that is not known, any may."""
    return rank is None or not spec.ranks or rank in spec.ranks


def _family(spec: LayerSpec) -> str:
    return _FORM.sub("", spec.name)


def _form(spec: LayerSpec) -> int:
    found = _FORM.search(spec.name)
    return _ORDER[found.group()] if found else 0
