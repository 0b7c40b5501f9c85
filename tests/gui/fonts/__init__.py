"""The fonts that ship with the tests, so that a picture looks the same wherever it is painted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase

FOLDER = Path(__file__).resolve().parent
PLAIN, MONO = "Layerloom Test", "Layerloom Test Mono"


class Database(QFontDatabase):
    """Says that the system's fonts are those that ship with the tests."""

    @staticmethod
    def systemFont(type: QFontDatabase.SystemFont) -> QFont:
        made = QFont(MONO if type is QFontDatabase.SystemFont.FixedFont else PLAIN)
        # A system's own taste in hinting and in pixels of three colours shows in no picture.
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias)
        return made


@contextmanager
def own_fonts() -> Iterator[None]:
    """Have the theme take its fonts from here."""
    _load()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gui.theme.QFontDatabase", Database)
        yield


@cache
def _load() -> None:
    for file in sorted(FOLDER.glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise AssertionError(f"{file.name} is no font")
