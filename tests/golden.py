"""Paints the golden pictures anew: `python -m tests.golden`. Look at what it painted before it is committed."""

from __future__ import annotations

import sys

from tests import conftest  # the platform and the folders, before Qt is imported

from PySide6.QtGui import QImage  # isort: skip
from PySide6.QtWidgets import QApplication  # isort: skip

from gui.theme import THEMES  # isort: skip
from tests.gui.canvas import pictures  # isort: skip


def main() -> int:
    """Paint every picture, keep those that differ from what stands there, and name them."""
    QApplication([])
    pictures.FOLDER.mkdir(exist_ok=True)
    for theme in THEMES:
        with pictures.stage(theme) as canvas:
            for view in pictures.VIEWS:
                path, picture = pictures.FOLDER / f"{view}-{theme}.png", pictures.shot(canvas, view)
                if not path.exists() or pictures.differing(picture, QImage(str(path))):
                    picture.save(str(path))
                    print(path)
    conftest.pytest_unconfigure()
    return 0


if __name__ == "__main__":
    sys.exit(main())
