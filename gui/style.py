"""The style sheet of the whole application, spelled from a theme's tokens."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Final

_SHEET: Final = Template("""
QMainWindow, QDialog { background: $panel; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }
QLabel { background: transparent; }
*[role="title"] { font-size: 16px; font-weight: 600; }
*[role="label"] { font-size: 11px; font-weight: 600; color: $third; }
*[role="second"] { color: $second; }
*[role="changed"] { color: $text; font-weight: 600; }
*[role="third"] { color: $third; font-size: 11px; }
*[role="placeholder"] { color: $third; }
*[role="bad"] { color: $bad; }
*[role="good"] { color: $good; }
*[role="warning"] { color: $warning; }
*[role="panel"] { background: $panel; }
*[role="nested"] { background: transparent; border: none; border-left: 1px solid $line; }
#launcher, #gallery { background: $panel; border: 1px solid $line; border-radius: 8px; }
*[role="canvas"] { background: $window; }
#crumbs, #carries { background: $panel; border: 1px solid $line; border-radius: 8px; }
#carries QToolButton { padding: 0 0 0 6px; }
#crumbs QPushButton { padding: 2px 8px; color: $second; }
#crumbs QPushButton:hover { color: $text; }
#here { font-weight: 600; padding: 2px 8px; }

QToolBar { background: $panel; border: none; border-bottom: 1px solid $line; spacing: 8px; padding: 4px 8px; }
QToolBar::separator { background: transparent; width: 8px; }
QStatusBar { background: $panel; border-top: 1px solid $line; color: $second; font-size: 12px; }
QStatusBar::item { border: none; }
QMenuBar { background: transparent; color: $text; border: none; padding: 0; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
#qt_menubar_ext_button {
  image: url($chevron_down); background: transparent; border: none; padding: 2px; width: 12px; min-width: 12px; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $raised; }
QMenu::item:disabled { color: $third; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QPushButton, QToolButton {
  background: $field; color: $text; border: 1px solid $line; border-radius: 6px; padding: 5px 12px; min-height: 18px; }
QToolButton { padding: 5px 7px; }
QPushButton:hover, QToolButton:hover { background: $raised; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: $raised; border-color: $third; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QPushButton:disabled, QToolButton:disabled { color: $third; background: transparent; }
QPushButton[role="primary"] {
  background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; padding: 5px 16px; }
QPushButton[role="primary"]:focus { border: 1px solid $text; }
QPushButton[role="primary"]:disabled { background: $field; color: $third; border-color: $line; }
QPushButton[role="flat"], QToolButton[role="flat"] { background: transparent; border: 1px solid transparent; }
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover { background: $raised; }
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus { border-color: $accent; }
QPushButton[role="search"] { color: $third; text-align: left; padding: 5px 8px; }
QPushButton[role="search"]:hover { color: $second; }
QToolButton[role="fold"] {
  background: transparent; border: 1px solid transparent; color: $second; padding: 2px 4px; margin-left: -7px; }
QToolButton[role="fold"]:hover, QToolButton[role="fold"][state="changed"] { color: $text; }
QToolButton[role="fold"][state="bad"] { color: $bad; }
QToolButton[role="fold"]:focus { border-color: $accent; }
QToolButton[role="small"] {
  background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0; min-height: 0; }
QToolButton[role="small"]:hover { background: $raised; }
QToolButton[role="small"]:focus { border-color: $accent; }
QFrame[role="segments"] { background: $field; border: 1px solid $line; border-radius: 6px; }
QToolButton[role="segment"] {
  background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0; min-height: 0; }
QToolButton[role="segment"]:hover { background: $raised; }
QToolButton[role="segment"]:checked { background: $raised; border-color: $third; }
QToolButton[role="segment"]:focus { border-color: $accent; }
QLineEdit > QToolButton, QLineEdit > QToolButton:hover {
  background: transparent; border: none; padding: 0; min-height: 0; }
#swatches { background: $panel; border: 1px solid $line; border-radius: 6px; }
#swatches QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0; }
#swatches QToolButton:hover { background: $raised; }
#swatches QToolButton:checked { border-color: $third; }
#swatches QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit[role="field"] {
  background: $field; color: $text; border: 1px solid $line; border-radius: 6px; padding: 4px 8px; min-height: 20px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: $third; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border-color: $accent; }
QPlainTextEdit[role="field"]:focus { border-color: $accent; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: $third; background: transparent; }
*[refused="true"], QLineEdit[refused="true"]:focus, QComboBox[refused="true"]:focus { border-color: $bad; }
QLineEdit[role="bare"] { background: transparent; border: 1px solid transparent; padding: 2px 4px; margin-left: -5px; }
QLineEdit[role="bare"]:hover { border-color: $line; }
QLineEdit[role="bare"]:focus { background: $field; border-color: $accent; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
  background: transparent; border: none; border-radius: 0; padding: 0; min-height: 18px; }
QSpinBox, QDoubleSpinBox { min-height: 18px; }
QAbstractSpinBox QLineEdit { min-height: 17px; }
QComboBox { padding-right: 2px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url($chevron_down); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
  background: $panel; border: 1px solid $line; outline: none; padding: 4px; selection-background-color: $raised;
  selection-color: $text; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
  border: none; width: 16px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url($chevron_up); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url($chevron_down); width: 10px; height: 10px; }
QCheckBox { spacing: 8px; background: transparent; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $third; border-radius: 4px; background: $field; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox:focus { color: $accent; }
QCheckBox::indicator:checked { background: $raised; border-color: $second; image: url($check); }
QCheckBox::indicator:indeterminate { background: $raised; border-color: $second; image: url($minus); }

QTabWidget::pane { border: none; background: $panel; }
QTabBar { background: $panel; qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $second; border: none; border-bottom: 2px solid transparent; padding: 8px 4px;
  margin: 0 8px; }
QTabBar::tab:first { margin-left: 12px; }
QTabBar[tight="true"]::tab { padding: 8px 3px; margin: 0 5px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QTabBar::scroller { width: 48px; }
QTabBar QToolButton {
  background: $panel; border: 1px solid transparent; border-radius: 4px; padding: 0; margin: 4px 0; }
QTabBar QToolButton:hover { background: $raised; }
QTabBar QToolButton::left-arrow { image: url($chevron_left); width: 14px; height: 14px; }
QTabBar QToolButton::right-arrow { image: url($chevron_right); width: 14px; height: 14px; }

QDockWidget { color: $second; font-size: 11px; }
QDockWidget::title { background: $panel; padding: 8px 12px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $raised; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $third; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QListView, QTreeView, QTableView {
  background: transparent; border: none; outline: none; selection-background-color: $raised; selection-color: $text;
  gridline-color: $line; }
QListView[role="choice"]::item { color: $second; padding: 4px 8px; border-radius: 6px; }
QListView[role="choice"]::item:hover { color: $text; }
QListView[role="choice"]::item:selected { background: $raised; color: $text; }
QListView:focus, QTreeView:focus, QTableView:focus { border: none; }
QHeaderView::section {
  background: $panel; color: $third; border: none; border-bottom: 1px solid $line; padding: 4px 8px; font-size: 11px; }
QPlainTextEdit, QTextBrowser {
  background: transparent; border: none; selection-background-color: $accent; selection-color: $on_accent; }
QProgressBar { background: $field; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QGraphicsView { border: none; }
""")


def style_sheet(tokens: Mapping[str, str], pictures: Mapping[str, str]) -> str:
    """Spell the style sheet for a theme's tokens and the paths of the pictures that it shows."""
    paths = {name.replace("-", "_"): path for name, path in pictures.items()}
    return _SHEET.substitute({**tokens, **paths})
