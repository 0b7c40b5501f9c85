"""Writes a view of the results to a file: its picture, or what it shows as a table. Knows no verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.theme import colour

FINE: Final = 2
FILTERS: Final = {"csv": "Tables (*.csv)", "png": "Pictures (*.png)"}


def export(parent: QWidget, seen: QWidget, rows: Callable[[], Any], name: str, kind: str) -> str:
    """Ask where to, and write; return what was done in a sentence, empty where nothing was chosen."""
    found, _ = QFileDialog.getSaveFileName(parent, "Export the results", f"{name}.{kind}", FILTERS[kind])
    if not found:
        return ""
    path = Path(found)
    path = path if path.suffix.lower() == f".{kind}" else path.with_name(f"{path.name}.{kind}")
    try:
        _write(path, lambda at: _picture(seen, at) if kind == "png" else _table(rows(), at))
    except OSError as error:
        return f"{path.name} could not be written: {error.strerror or error}. Choose another folder."
    return f"Wrote {path.name}."


def _write(path: Path, write: Callable[[Path], None]) -> None:
    """Write beside, then put in place: what was there stays whole where it fails."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.touch()
        write(beside)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _picture(seen: QWidget, at: Path) -> None:
    shot = QPixmap(seen.size() * FINE)
    shot.setDevicePixelRatio(FINE)
    shot.fill(colour("panel"))
    seen.render(shot)
    if not shot.save(str(at), "PNG"):
        raise OSError(0, "the disk did not take it")


def _table(rows: Iterator[str], at: Path) -> None:
    with at.open("w", encoding="utf-8", newline="") as file:
        file.writelines(rows)
