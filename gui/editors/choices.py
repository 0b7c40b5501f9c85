"""Editors for values that are picked: yes or no, one of a list, an activation with its curve."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from engine.kinds import ParameterSpec
from engine.values import Value
from gui.editors import curves, formulas
from gui.editors.base import MIXED, Context, Editor
from gui.editors.lists import EDGES, Choice
from gui.editors.typed import may_be_none
from gui.theme import colour

NONE: Final = "none"
#: What stands for no value, where "none" would say the wrong thing.
NONE_WORDS: Final = {"dtype": "default", "choice": "default"}
CURVE: Final = QSize(28, 14)


class BoolEditor(Editor):
    """A tick."""

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.tick = QCheckBox()
        self.tick.setMinimumHeight(30)
        self.tick.setProperty("role", "placeholder")
        self.tick.clicked.connect(self.offer)
        self.put_field(self.tick)

    def _show(self, value: Value) -> None:
        self.tick.setTristate(False)
        self.tick.setChecked(bool(value))
        self.tick.setText("")

    def _show_mixed(self) -> None:
        self.tick.setCheckState(Qt.CheckState.PartiallyChecked)
        self.tick.setText(MIXED)


class ChoiceEditor(Editor):
    """One word of a list; nothing is a word too, where the parameter may be nothing."""

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self._none = NONE_WORDS.get(parameter.kind, NONE) if may_be_none(parameter) else ""
        words = (self._none, *parameter.choices) if self._none else parameter.choices
        self.choice = self._make_choice(words)
        self.choice.chosen.connect(self._chosen)
        self.put_field(self.choice)

    def _make_choice(self, words: tuple[str, ...]) -> Choice:
        return Choice(words)

    def _chosen(self, word: str) -> None:
        self.offer(None if self._none and word == self._none else word)

    def _show(self, value: Value) -> None:
        self.choice.setPlaceholderText("" if value is None else str(value))
        self.choice.show_word(self._none if value is None else str(value))

    def _show_mixed(self) -> None:
        self.choice.setPlaceholderText(self.mixed_words)
        self.choice.show_word(None)


class ActivationEditor(ChoiceEditor):
    """An activation by name, with its curve beside it."""

    def _make_choice(self, words: tuple[str, ...]) -> Choice:
        return CurveChoice(words)

    def event(self, event: QEvent) -> bool:
        """Tell what the activation computes; made when it is asked for, since a picture is in it."""
        if isinstance(event, QHelpEvent) and not self.is_mixed:
            QToolTip.showText(event.globalPos(), formulas.tip(self.choice.currentText()), self)
            return True
        return super().event(event)


class CurveChoice(Choice):
    """A list of activations with their curves."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(words)
        self.draw_with(CurveDelegate(self))

    @property
    def beside(self) -> int:
        """The curve's room; none where the word needs it, or values differ."""
        if self.currentIndex() < 0:
            return 0
        wanted = CURVE.width() + 8
        fits = self.fontMetrics().horizontalAdvance(self.currentText()) <= self.width() - EDGES - wanted
        return wanted if fits else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.beside:
            return
        painter = QPainter(self)
        right = self.width() - 24
        box = QRectF(right - CURVE.width(), (self.height() - CURVE.height()) / 2, CURVE.width(), CURVE.height())
        curves.draw(painter, box, self.currentText(), colour("second"))


class CurveDelegate(QStyledItemDelegate):
    """Paints a row of the list with its curve at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(CURVE.width() + 16, 4)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        QToolTip.showText(event.globalPos(), formulas.tip(str(index.data())), view)
        return True

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        right, middle = option.rect.right() - 8, option.rect.center().y()
        box = QRectF(right - CURVE.width(), middle - CURVE.height() / 2, CURVE.width(), CURVE.height())
        curves.draw(painter, box, str(index.data()), colour("second"))
