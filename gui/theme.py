"""The look: two themes of tokens, the application's palette and style sheet, fonts and icons. Knows no document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from engine.graph import COLOURS
from gui.style import style_sheet

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
TITLE, TEXT, LABEL = 16, 13, 11
CATEGORIES: Final[Mapping[str, str]] = {
    "Input": "#8A94A6",
    "Core": "#7AA2C8",
    "Convolution": "#F08A3C",
    "Pooling": "#D9A514",
    "Recurrent": "#3BAA7B",
    "Attention": "#C46BD6",
    "Normalization": "#2FA7B8",
    "Regularization": "#E0607E",
    "Activation": "#8DB23A",
    "Reshaping": "#7C86A0",
    "Merging": "#7D6BE0",
    "Blocks": "#9AA7BD",
    "Your library": "#9AA7BD",
    "Preprocessing": "#A9815B",
    "Augmentation": "#A9815B",
    "Operations": "#B5899A",
    "Your own": "#9A8FBF",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as "#rrggbb"."""

    name: str
    window: str
    panel: str
    field: str
    raised: str
    line: str
    text: str
    second: str
    third: str
    good: str
    warning: str
    bad: str
    accent: str
    on_accent: str
    train: str
    validation: str

    @property
    def tokens(self) -> dict[str, str]:
        return {item.name: getattr(self, item.name) for item in fields(self)}


DARK: Final = Theme(
    name="dark", window="#14161B", panel="#1A1D24", field="#232832", raised="#2C323E", line="#2D333F",
    text="#E8EBF1", second="#A6AFBD", third="#8B95A6", good="#3FB68B", warning="#E8B339", bad="#F26D6D",
    accent="#5B9DFF", on_accent="#10131A", train="#56B4E9", validation="#E69F00",
)  # fmt: skip
LIGHT: Final = Theme(
    name="light", window="#EEF0F4", panel="#FFFFFF", field="#F2F4F7", raised="#E4E8EE", line="#D8DDE5",
    text="#1A1E26", second="#4E5868", third="#636D7E", good="#127350", warning="#8A5F00", bad="#C42F2F",
    accent="#1F5FE0", on_accent="#FFFFFF", train="#0072B2", validation="#C24E00",
)  # fmt: skip
THEMES: Final[Mapping[str, Theme]] = {"dark": DARK, "light": LIGHT}
#: By theme: the colours that a person gives to layers, frames and notes, by their names in the drawing.
SWATCHES: Final[Mapping[str, Mapping[str, str]]] = {
    "dark": {
        "red": "#E5737B", "orange": "#E39A55", "yellow": "#D9BF4A", "green": "#6FBF84", "teal": "#48B5AC",
        "blue": "#7C9FE0", "purple": "#A98CE6", "pink": "#DD86BD", "grey": "#9AA3B2",
    },
    "light": {
        "red": "#C43F47", "orange": "#B8641B", "yellow": "#8F7500", "green": "#2F8550", "teal": "#0E827A",
        "blue": "#4A68B8", "purple": "#7650C4", "pink": "#B2478A", "grey": "#667084",
    },
}  # fmt: skip
#: By theme: what tells a wire's kind beside its dash; calmer than all else, so that layers stand out.
WIRES: Final[Mapping[str, Mapping[str, str]]] = {
    "dark": {
        "": "#6D7583", "image": "#A69880", "volume": "#B58873", "sequence": "#78A78D", "vector": "#8A98B8",
        "mask": "#A88DB6", "scalar": "#8B95A6",
    },
    "light": {
        "": "#868E9D", "image": "#7F6D4E", "volume": "#95583F", "sequence": "#3B7A5C", "vector": "#54658F",
        "mask": "#7C5294", "scalar": "#636D7E",
    },
}  # fmt: skip
_ROLES: Final[Mapping[QPalette.ColorRole, str]] = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "field",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.PlaceholderText: "third",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "raised",
    QPalette.ColorRole.Shadow: "window",
    QPalette.ColorRole.Accent: "accent",
}


class Themes(QObject):
    """Holds the theme in use and puts it on the whole application."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.current = DARK

    def use(self, theme: Theme) -> None:
        """Give every widget the theme's palette, style sheet and font, then say so."""
        self.current = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            _dress(app, theme)
        _tinted.cache_clear()
        self.changed.emit(theme)


def _dress(app: QApplication, theme: Theme) -> None:
    """Every widget works its look out anew, half of what a window costs: not for what is worn already."""
    text, sheet = font(TEXT), style_sheet(theme.tokens, _arrows(theme))
    if (app.styleSheet(), app.font()) == (sheet, text):
        return
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setFont(text)
    app.setStyleSheet(sheet)


@cache
def themes() -> Themes:
    """Return the one holder of the theme."""
    return Themes()


def named(name: str) -> Theme:
    """Return a theme by its name; "system" is the one that the system shows now."""
    if name != "system":
        return THEMES.get(name, DARK)
    return LIGHT if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light else DARK


def colour(token: str) -> QColor:
    """Return a colour of the theme in use, by its token."""
    return QColor(getattr(themes().current, token))


def category_colour(group: str) -> QColor:
    """Return the colour of a palette group; both themes share it."""
    return QColor(CATEGORIES.get(group, CATEGORIES["Reshaping"]))


def swatch(name: str) -> QColor:
    """Return a colour that a person gives, by its name in the drawing."""
    return QColor(SWATCHES[themes().current.name][name])


def wire_colour(kind: str) -> QColor:
    """Return the colour of a kind of wire; empty for one whose kind is not known."""
    return QColor(WIRES[themes().current.name][kind])


def font(px: int, bold: bool = False) -> QFont:
    """Return the system's own font at a size, figures all one width."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setFeature(QFont.Tag.fromString("tnum"), 1)
    return made


def mono_font(px: int) -> QFont:
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(px)
    return made


def icon(name: str, token: str = "second") -> QIcon:
    """Return an icon of the set, tinted by a token; its disabled form is dimmed. `swatch red` shows that colour."""
    made = QIcon()
    if name.startswith(SWATCH):
        made.addPixmap(_chip(name.removeprefix(SWATCH)))
        return made
    for px in (16, 32):
        made.addPixmap(_tinted(name, colour(token).name(), px, 1.0))
        made.addPixmap(_tinted(name, colour("third").name(), px, 0.5), QIcon.Mode.Disabled)
    return made


#: Begins the name of an icon that shows a colour, and `none`.
SWATCH: Final = "swatch "


def _chip(name: str) -> QPixmap:
    """A disc in a colour that a person gives; a crossed ring for none."""
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if name in COLOURS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(swatch(name))
    else:
        painter.setPen(QPen(colour("third"), 2.5))
        painter.drawLine(9, 23, 23, 9)
    painter.drawEllipse(5, 5, 22, 22)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap


#: An icon's room beside words on a button, in pixels: wider than the icon, so that the two do not touch.
BESIDE_WORDS: Final = (22, 16)


def icon_pixmap(name: str, token: str, px: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `px` logical pixels, crisp at a device pixel ratio."""
    pixmap = QPixmap(_tinted(name, colour(token).name(), round(px * ratio), 1.0))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def _tinted(name: str, tint: str, px: int, opacity: float) -> QPixmap:
    data = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", tint)
    pixmap = QPixmap(QSize(px, px))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(data.encode())).render(painter)
    painter.end()
    return pixmap


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(theme.tokens[token]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.third))
    return palette


def _arrows(theme: Theme) -> dict[str, str]:
    """The small pictures that a style sheet can only take from files."""
    folder = RESOURCES / "icons" / "themed"
    names = ("chevron-down", "chevron-up", "chevron-left", "chevron-right", "check", "minus")
    return {name: (folder / f"{name}-{theme.name}.svg").as_posix() for name in names}
