"""Python in colours."""

from __future__ import annotations

import keyword

import pytest
from PySide6.QtGui import QColor, QTextDocument

from gui.highlight import COLOURS, Highlighter, Span, spans
from gui.theme import DARK, LIGHT, Theme, themes

SCRIPT = '''"""Two
lines."""
import keras
x = keras.layers.Dense(64, activation="relu")(y)  # a comment
print(f"{x:.2f}", None)
'''


def words(text: str) -> set[tuple[str, str]]:
    lines = text.split("\n")
    return {(lines[row][s.start : s.start + s.length], s.kind) for row, found in spans(text).items() for s in found}


def test_each_word_has_its_kind() -> None:
    found = words(SCRIPT)
    assert {
        ('"""Two', "text"), ('lines."""', "text"), ("import", "keyword"), ("Dense", "call"), ("64", "number"),
        ("activation", "argument"), ('"relu"', "text"), ("# a comment", "comment"), ("print", "call"),
        ("None", "number"),
    } <= found  # fmt: skip
    assert not {word for word, _ in found} & {"keras", "layers", "x", "="}


def test_an_assignment_is_no_argument() -> None:
    assert words("units = 3\nf(units=3)") == {("3", "number"), ("f", "call"), ("units", "argument")}


@pytest.mark.parametrize("text", ["", "x = (1,\n", '"""never closed', "  bad\n indent(", "\x00", "if :\n\t x\n  y"])
def test_a_broken_script_is_coloured_as_far_as_it_goes(text: str) -> None:
    assert isinstance(spans(text), dict)


def test_all_keywords_are_known() -> None:
    plain = [word for word in keyword.kwlist if word not in ("True", "False", "None")]
    assert all(spans(word)[0][0] == Span(0, len(word), "keyword") for word in plain)


def light(colour: str) -> float:
    """Return a colour's relative luminance (WCAG 2.1)."""
    read = QColor(colour)
    shares = {0.2126: read.redF(), 0.7152: read.greenF(), 0.0722: read.blueF()}
    return sum(
        weight * (part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4))
        for weight, part in shares.items()
    )


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_colour_can_be_read(theme: Theme) -> None:
    for tint in (*COLOURS[theme.name].values(), theme.third):
        for ground in (theme.panel, theme.raised):
            brighter, darker = sorted((light(tint), light(ground)), reverse=True)
            ratio = (brighter + 0.05) / (darker + 0.05)
            assert ratio >= 4.5 or (ground == theme.raised and tint == theme.third), (tint, ground, ratio)


def test_dimmed_all_is_grey_and_the_theme_is_followed(qapp: object) -> None:
    themes().use(DARK)
    document = QTextDocument()
    highlighter = Highlighter(document)
    highlighter.read("import keras")
    document.setPlainText("import keras")

    def first() -> str:
        formats = document.firstBlock().layout().formats()
        return formats[0].format.foreground().color().name().upper()

    highlighter.rehighlight()
    assert first() == COLOURS["dark"]["keyword"]
    themes().use(LIGHT)
    assert first() == COLOURS["light"]["keyword"]
    highlighter.dim(True)
    assert first() == LIGHT.third
    themes().use(DARK)
