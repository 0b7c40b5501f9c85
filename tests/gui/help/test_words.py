"""Pages spelled as HTML: every layer's, in both themes; nothing of a text is taken for markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from engine.catalogue import catalogue
from engine.help import Block, page_of, pages
from engine.kinds import ParameterSpec
from gui.help import marked, words
from gui.help.tip import OWN, tip
from gui.theme import THEMES, themes


def test_every_layer_has_a_page_of_all_sections(qapp: QApplication) -> None:
    for name, told in pages().items():
        spelled = words.page(catalogue(), told)
        more = () if name in catalogue().operations else ("WHERE ONE MEETS IT", "SELDOM CHANGED")
        for title in ("SHAPES", "IN KERAS", *more, "SEE ALSO", "SOURCE"):
            assert f"{title}</p>" in spelled, (name, title)
        assert all(f"<b>{p.label}</b>" in spelled for p in catalogue().layers[name].parameters)
        assert spelled.count("<table") == spelled.count("</table>")


@pytest.mark.parametrize("theme", THEMES)
def test_a_page_is_in_the_colours_of_the_theme(qapp: QApplication, theme: str) -> None:
    before = themes().current
    themes().use(THEMES[theme])
    try:
        assert THEMES[theme].third in words.style()
        assert "$" not in words.style()
        assert 'style="color:' in words.page(catalogue(), pages()["Dense"])
    finally:
        themes().use(before)


def test_no_word_of_a_page_is_taken_for_markup(qapp: QApplication) -> None:
    bad = '<img src="file:///etc/passwd"> & <script>alert(1)</script>'
    told = replace(
        pages()["Dense"], formula=(bad,), met=bad, systems=(bad,), takes={"input": bad}, gives={"output": bad},
        about=(
            Block("text", (bad, f"`{bad}`", f"[{bad}](https://a.b/c)")), Block("code", (bad,)), Block("list", (bad,)),
            Block("title", (bad,)),
        ),
    )  # fmt: skip
    spelled = words.page(catalogue(), told)
    assert not re.search(r"<(img|script)", spelled)
    assert "&lt;img" in spelled


@pytest.mark.parametrize(
    ("line", "spelled"),
    [
        ("`Dense` here", '<a href="help:Dense">Dense</a> here'),
        ("`keras.layers.Dense`", '<a href="help:Dense">Dense</a>'),
        ("`units`", "<code>units</code>"),
        ("a < b", "a &lt; b"),
        ("[a paper](https://a.b/c?d=1&e=2)", '<a href="https://a.b/c?d=1&amp;e=2">a paper</a>'),
        ("[a file](file:///x) [a script](javascript:x)", "[a file](file:///x) [a script](javascript:x)"),
    ],
)
def test_a_line(line: str, spelled: str) -> None:
    assert marked.text(line, catalogue().layers.__contains__) == spelled


def test_a_page_does_not_link_to_itself(qapp: QApplication) -> None:
    assert 'href="help:Dense"' not in words.page(catalogue(), pages()["Dense"])


def test_a_layer_of_somebody_else_has_a_page(qapp: QApplication) -> None:
    mine = replace(catalogue().layer("LSTM"), name="Mine")
    theirs = replace(catalogue(), layers={"Mine": mine})
    spelled = words.page(theirs, page_of(mine))
    assert "SHAPES" in spelled
    assert "SOURCE" not in spelled
    assert "state h" in spelled
    assert "Mine" in tip(mine)


def test_code_keeps_every_letter(qapp: QApplication) -> None:
    code = "x = layers.Dense(64, activation='relu')(x)  # <b>"
    plain = re.sub(r"<[^>]*>", "", marked.coloured(code))
    assert plain == marked.escape(code)
    assert "</span>" in marked.coloured(code)
    assert marked.coloured("if (") == '<span style="color:' + marked.coloured("if (").split("color:", 1)[1]


@pytest.mark.parametrize(
    ("parameter", "told"),
    [
        (ParameterSpec("units", "int", required=True, start=64, minimum=1),
         "a whole number of at least 1 · a new layer has 64"),
        (ParameterSpec("use_bias", "bool", True), "yes or no · default yes"),
        (ParameterSpec("rate", "float", 0.0, start=0.5, minimum=0, maximum=1),
         "a number from 0 to 1 · default 0, a new layer has 0.5"),
        (ParameterSpec("kernel_regularizer", "regularizer", optional=True, choices=("L1", "L2")),
         "one of Keras's regularizers · default none"),
        (ParameterSpec("dtype", "dtype", optional=True), "a type of numbers · default none"),
    ],
)  # fmt: skip
def test_what_a_parameter_takes(parameter: ParameterSpec, told: str) -> None:
    assert words.kind_words(parameter) == told


def test_a_tooltip_tells_name_line_and_shapes(qapp: QApplication) -> None:
    spelled = tip(catalogue().layer("Conv2D"))
    for part in ("Conv2D", "Slides learned filters", "batch × height × width × channels", "batch × new height"):
        assert part in spelled
    assert OWN not in spelled
    assert marked.escape(OWN) in tip(catalogue().layer("Maxout"))
    assert "mask" not in tip(catalogue().layer("LSTM")), "ports that a new layer need not have wired are left out"
