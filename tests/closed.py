"""Closes the stores of runs that a test leaves open: from Python 3.13 on, one that is let go open is warned of."""

from __future__ import annotations

from collections.abc import Iterator
from threading import current_thread, main_thread
from typing import Any

import pytest

from engine.runs.store import Store


@pytest.fixture(autouse=True)
def closed_stores(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what the test itself has opened; threads see to their own."""
    made: list[Store] = []
    begin = Store.__init__

    def opening(self: Store, *args: Any, **more: Any) -> None:
        begin(self, *args, **more)
        if current_thread() is main_thread():
            made.append(self)

    monkeypatch.setattr(Store, "__init__", opening)
    yield
    for store in made:
        store.close()
