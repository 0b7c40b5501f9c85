"""The two themes: every text on every ground has a contrast of 4.5, every icon is there."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from engine.catalogue import catalogue
from engine.graph import COLOURS
from gui.actions import ACTIONS
from gui.style import style_sheet
from gui.theme import CATEGORIES, DARK, LIGHT, RESOURCES, SWATCHES, WIRES, Theme, _arrows, icon, themes


def contrast(a: str, b: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours, 1 to 21."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("text", ["text", "second", "third", "good", "warning", "bad"])
@pytest.mark.parametrize("ground", ["window", "panel", "field"])
def test_text_is_readable(theme: Theme, text: str, ground: str) -> None:
    assert contrast(theme.tokens[text], theme.tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_the_coloured_button_is_readable(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_what_a_person_colours_can_be_seen(theme: Theme) -> None:
    assert set(SWATCHES[theme.name]) == set(COLOURS) - {""}
    for tint in SWATCHES[theme.name].values():
        assert contrast(tint, theme.field) >= 3.0
        assert contrast(tint, theme.window) >= 3.0


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("kind", WIRES["dark"])
def test_wires_can_be_seen_on_the_ground(theme: Theme, kind: str) -> None:
    assert contrast(WIRES[theme.name][kind], theme.window) >= (3.0 if kind else 2.5)


def test_every_group_of_the_palette_has_its_colour() -> None:
    assert set(catalogue().groups()) <= set(CATEGORIES)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_the_style_sheet_has_no_hole_and_its_pictures_are_there(theme: Theme, qapp: QApplication) -> None:
    sheet = style_sheet(theme.tokens, _arrows(theme))
    assert "$" not in sheet
    for path in re.findall(r"url\((.*?)\)", sheet):
        assert (RESOURCES / "icons" / "themed" / path.rsplit("/", 1)[-1]).is_file()


def test_every_action_has_its_icon(qapp: QApplication) -> None:
    themes().use(DARK)
    for spec in ACTIONS:
        if spec.icon:
            assert not icon(spec.icon).isNull(), spec.icon
