"""What holds for every test of the window: it begins as at the first start, and no widget outlives it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from gui.settings import Settings
from gui.theme import DARK, themes


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Forget what tests before have set; delete at once what is to be deleted later: no event loop here would."""
    settings = Settings()
    settings._store.clear()
    if themes().current is not DARK:
        themes().use(DARK)
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
