"""Writes the curves to files: a picture, a drawing, a table; what goes wrong is a sentence. Knows no run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGraphicsView, QLabel, QWidget

from gui.monitor.legend import Swatch
from gui.theme import colour

FINE: Final = 2
#: What of a page is drawn beside its plots.
DRAWN: Final = (QLabel, QCheckBox, Swatch)
FILTERS: Final[Mapping[str, str]] = {
    "png": "Pictures (*.png)", "svg": "Drawings (*.svg)", "csv": "Tables (*.csv)",
}  # fmt: skip


class Exporting(QObject):
    """Emits `said` with a sentence: what was written, how far it is, or why it could not be."""

    said = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._table: _Table | None = None
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    def ask(self, kind: str, folder: Path, title: str = "Export the curves", stem: str = "curves") -> Path | None:
        """Ask where to write a file of a kind, its ending put right."""
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(folder / f"{stem}.{kind}"), FILTERS[kind])
        if not name:
            return None
        path = Path(name)
        return path if path.suffix.lower() == f".{kind}" else path.with_name(f"{path.name}.{kind}")

    def write(self, kind: str, widget: QWidget, slices: Iterator[str], path: Path) -> None:
        """Write what a widget shows as "png" or "svg", or a table as "csv"."""
        ways: Mapping[str, Callable[[], None]] = {
            "png": lambda: self.picture(widget, path),
            "svg": lambda: self.drawing(widget, path),
            "csv": lambda: self.table(slices, path),
        }
        ways[kind]()

    def picture(self, widget: QWidget, path: Path) -> None:
        """Write what a widget shows, `FINE` pixels for each."""
        shot = QPixmap(widget.size() * FINE)
        shot.setDevicePixelRatio(FINE)
        shot.fill(colour("panel"))
        widget.render(shot)
        self._write(path, lambda at: shot.save(str(at), "PNG"))

    def drawing(self, widget: QWidget, path: Path) -> None:
        """Write what a widget shows as lines and letters, which stay sharp at any size."""

        def draw(at: Path) -> bool:
            page = QSvgGenerator()
            page.setFileName(str(at))
            page.setTitle("Curves")
            page.setSize(QSize(widget.size()))
            page.setViewBox(QRect(widget.rect()))
            painter = QPainter()
            if not painter.begin(page):
                return False
            painter.fillRect(widget.rect(), colour("panel"))
            for part in widget.findChildren(QWidget):
                if part.isVisibleTo(widget):
                    _draw_part(painter, part, part.mapTo(widget, QPoint()))
            return painter.end()

        self._write(path, draw)

    def table(self, slices: Iterator[str], path: Path) -> None:
        """Write a table slice by slice, the window alive meanwhile; a table under way is given up."""
        self.stop()
        try:
            self._table = _Table(path, slices)
        except OSError as error:
            self.said.emit(_failed(path, error))
            return
        self.said.emit(f"Writing {path.name} …")
        self._turn.start()

    def stop(self) -> None:
        """Give up a table that is being written."""
        self._turn.stop()
        if self._table is not None:
            self._table.give_up()
            self._table = None

    def _go_on(self) -> None:
        if self._table is None:
            return
        try:
            more = self._table.go_on()
        except OSError as error:
            path = self._table.path
            self.stop()
            self.said.emit(_failed(path, error))
            return
        if not more:
            self._turn.stop()
            self.said.emit(f"Wrote {self._table.path.name}.")
            self._table = None

    def _write(self, path: Path, write: Callable[[Path], bool]) -> None:
        """Write beside, then put in place: what was there stays whole where it fails."""
        beside = path.with_name(f".{path.name}.part")
        try:
            beside.touch()  # Qt says what failed on its own log alone
            if not write(beside):
                raise OSError(0, "the disk did not take it")
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            self.said.emit(_failed(path, error))
            return
        self.said.emit(f"Wrote {path.name}.")


class _Table:
    """A file that grows by slices and takes its place when it is whole."""

    def __init__(self, path: Path, slices: Iterator[str]) -> None:
        self.path, self._slices = path, slices
        self._beside = path.with_name(f".{path.name}.part")
        self._file: IO[str] = self._beside.open("w", encoding="utf-8", newline="")

    def go_on(self) -> bool:
        """Write the next slice; say whether there may be more."""
        piece = next(self._slices, None)
        if piece is not None:
            self._file.write(piece)
            return True
        self._file.close()
        self._beside.replace(self.path)
        return False

    def give_up(self) -> None:
        with suppress(OSError):
            self._file.close()
            self._beside.unlink(missing_ok=True)


def _draw_part(painter: QPainter, part: QWidget, at: QPoint) -> None:
    """Draw a widget that has something to show, without those in it; a scene through its view: else it is pixels."""
    if isinstance(part, QGraphicsView):
        part.render(painter, QRectF(QRect(at, part.size())), part.viewport().rect())
    elif isinstance(part, DRAWN) and not isinstance(part.parentWidget(), DRAWN):
        part.render(painter, at, renderFlags=QWidget.RenderFlag.DrawChildren)


def _failed(path: Path, error: OSError) -> str:
    return f"{path.name} could not be written: {error.strerror or error}. Choose another folder."
