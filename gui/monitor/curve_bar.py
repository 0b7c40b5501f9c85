"""The bar above the curves: what they run along, logarithms, smoothing, what is shown, export. Knows no curve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QSlider, QToolButton, QWidget

from engine.plotting.axis import ACROSS, TIMED
from engine.plotting.smooth import MOST
from gui.editors.labels import ElidedLabel
from gui.monitor.manner import SHOWN, Manner
from gui.theme import BESIDE_WORDS, icon, themes

ALONG: Final[Mapping[str, str]] = {
    "epoch": "Epochs", "step": "Steps", "elapsed": "Time elapsed", "wall": "Wall clock",
}  # fmt: skip
EXPORTS: Final[Mapping[str, str]] = {
    "png": "Picture (PNG, twice as fine)…", "svg": "Drawing (SVG)…", "csv": "All figures (CSV)…",
}  # fmt: skip
UNTIMED: Final = "This run does not tell when its steps were."
HUNDRED: Final = 100


class CurveBar(QWidget):
    """Emits `chosen` with the manner that a person made, `export_asked` with a kind, `full_asked`, `fit_asked`."""

    chosen = Signal(object)
    export_asked = Signal(str)
    full_asked = Signal()
    fit_asked = Signal()

    def __init__(self, manner: Manner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.manner = manner
        self.along, self.slider = QComboBox(), QSlider(Qt.Orientation.Horizontal)
        self.value, self.told = QLabel(), ElidedLabel()
        self.flags = {
            "log_x": _button("log x", "Logarithmic x axis"), "log_y": _button("log y", "Logarithmic y axis"),
        }  # fmt: skip
        self.shown, self.export = _button("Show", "What is shown beside the curves"), _button("", "Export the curves")
        self.fit = _button("", "Show the whole run (Home)")
        self.full = _button("", "Curves on the full screen (Esc leaves)")
        self.items = {name: QAction(words, self) for name, words in SHOWN.items()}
        self._prepare()
        self._lay_out()
        themes().changed.connect(self._tint)
        self._tint()
        self.show_manner(manner)

    def _prepare(self) -> None:
        for words in ALONG.values():
            self.along.addItem(words)
        self.along.setAccessibleName("What the curves run along")
        self.along.setToolTip("What the curves run along")
        self.along.activated.connect(lambda place: self._choose(across=ACROSS[place]))
        self.slider.setRange(0, round(MOST * HUNDRED))
        self.slider.setPageStep(10)
        self.slider.setAccessibleName("Smoothing")
        self.slider.setToolTip("Smoothing: how much of the mean before stays with each point, as TensorBoard does it")
        self.slider.valueChanged.connect(lambda value: self._choose(smoothing=value / HUNDRED))
        for name, button in self.flags.items():
            button.setCheckable(True)
            button.setProperty("role", "choice")
            button.clicked.connect(lambda on, name=name: self._choose(**{name: on}))
        for name, item in self.items.items():
            item.setCheckable(True)
            item.triggered.connect(lambda on, name=name: self._choose(**{name: on}))
        self._give_menu(self.shown, list(self.items.values()))
        self._give_menu(self.export, [self._export_item(kind, words) for kind, words in EXPORTS.items()])
        self.full.clicked.connect(self.full_asked)
        self.fit.clicked.connect(self.fit_asked)

    def _export_item(self, kind: str, words: str) -> QAction:
        item = QAction(words, self)
        item.triggered.connect(lambda _on, kind=kind: self.export_asked.emit(kind))
        return item

    def _give_menu(self, button: QToolButton, items: list[QAction]) -> None:
        menu = QMenu(button)
        menu.addActions(items)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        word = QLabel("Smoothing")
        word.setProperty("role", "second")
        word.setBuddy(self.slider)
        self.value.setProperty("role", "second")
        self.value.setFixedWidth(self.value.fontMetrics().horizontalAdvance("0.00") + 4)
        self.slider.setMinimumWidth(56)
        self.slider.setMaximumWidth(140)
        self.told.setProperty("role", "second")
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.along, *self.flags.values(), word, self.slider, self.value, self.shown):
            row.addWidget(widget, 2 if widget is self.slider else 0)
        row.addWidget(self.told, 3)
        for button in (self.fit, self.export, self.full):
            row.addWidget(button)

    def _tint(self) -> None:
        pictures = ((self.shown, "eye"), (self.fit, "maximize"), (self.export, "download"), (self.full, "maximize-2"))
        for button, name in pictures:
            button.setIcon(icon(name))
            button.setIconSize(QSize(*(BESIDE_WORDS if button.text() else (16, 16))))

    def _choose(self, **changes: object) -> None:
        now = replace(self.manner, **changes)  # type: ignore[arg-type]
        if now != self.manner:
            self.show_manner(now)
            self.chosen.emit(now)

    def show_manner(self, manner: Manner) -> None:
        """Show a manner without saying so."""
        self.manner = manner
        self.along.setCurrentIndex(ACROSS.index(manner.across))
        self.flags["log_x"].setChecked(manner.log_x)
        self.flags["log_y"].setChecked(manner.log_y)
        self.flags["log_x"].setEnabled(manner.across != "wall")
        self.slider.blockSignals(True)
        self.slider.setValue(round(manner.smoothing * HUNDRED))
        self.slider.blockSignals(False)
        self.value.setText(f"{manner.smoothing:.2f}" if manner.smoothing else "off")
        for name, item in self.items.items():
            item.setChecked(getattr(manner, name))

    def allow_times(self, timed: bool) -> None:
        """Offer what runs along time, or say why not."""
        model = self.along.model()
        for place, name in enumerate(ACROSS):
            item = model.item(place) if isinstance(model, QStandardItemModel) else None
            if item is not None and name in TIMED and item.isEnabled() is not timed:
                item.setEnabled(timed)
                item.setToolTip("" if timed else UNTIMED)


def _button(words: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    if words:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
