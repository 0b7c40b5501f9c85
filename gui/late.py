"""Modules that are imported when they are first used, so that the first paint need not wait for them."""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.link import Link


def late(name: str) -> ModuleType:
    """Return a module whose code runs at the first look at something in it.

    Raises:
        ModuleNotFoundError: There is none of that name.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"There is no module named {name}")
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain_link(role: str) -> Link:
    """Make a wire to a worker; what a wire is made of is imported now."""
    from gui.link import Link

    return Link(role)
