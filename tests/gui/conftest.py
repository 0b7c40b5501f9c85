"""What holds for every test of the window: no widget outlives it, so that none is styled again in the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Delete at once what is to be deleted later: a test has no event loop that would."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
