"""What imports cost, kept out of the way of the first paint: modules for later, sources that need not be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gui.link import Link

#: How many threads numpy's algebra begins with, where nobody has said so.
THREADS: Final = "OPENBLAS_NUM_THREADS"


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


@contextmanager
def one_thread() -> Iterator[None]:
    """Have numpy begin without threads for its algebra, of which the window does none; the workers have theirs."""
    if THREADS in os.environ:
        yield
        return
    os.environ[THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[THREADS]


def leave_sources_unread() -> None:
    """Have Qt's binding import our modules without reading the source of each.

    It looks there for `from __feature__ import`, which nothing here says; a binding without that look is left alone.
    """
    look = sys.modules.get("shibokensupport.feature")
    if look is not None and hasattr(look, "_mod_uses_pyside"):
        vars(look)["_mod_uses_pyside"] = lambda _module: False


def plain_link(role: str) -> Link:
    """Make a wire to a worker; what a wire is made of is imported now."""
    from gui.link import Link

    return Link(role)
