"""The views of the feature-map page by name, each made when it is first wanted. Knows no run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from gui.monitor.looking.attention_view import AttentionView
from gui.monitor.looking.filter_view import FilterView
from gui.monitor.looking.likeness_view import LikenessView
from gui.monitor.looking.map_view import MapView
from gui.monitor.looking.state_view import StateView
from gui.monitor.looking.view import View

MAKERS: Final[Mapping[str, Callable[[], View]]] = {
    "maps": MapView, "filters": FilterView, "likeness": LikenessView, "attention": AttentionView, "states": StateView,
}  # fmt: skip
