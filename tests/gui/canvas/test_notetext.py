"""The text of notes: Markdown that loads nothing, and hostile Markdown that costs little."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from gui.canvas.notetext import NoteText, first_line, laid_out, link_at, links, paint_text, web_address, whole_lines

WIDE, HIGH = 216.0, 100.0
HOSTILE = {
    "quotations": ">" * 20_000, "lists": "- " * 10_000, "numbers": "1. " * 6_600, "stars": "*a " * 6_600,
    "brackets": "[" * 20_000, "items": "- a\n" * 5_000, "tasks": "- [ ] a\n" * 2_500, "headings": "# x\n" * 5_000,
    "table": "|" + "a|" * 40 + "\n|" + "---|" * 40 + "\n" + "a|b\n" * 4_000, "code": "`" * 20_000,
    "pictures": "![a](file:///etc/passwd)\n" * 800, "html": "<img src=file:///etc/passwd><script>x</script>" * 400,
    "entities": "&amp;" * 4_000, "accents": "a" + "\u0301" * 19_000, "backwards": "\u202e\u0627" * 9_000,
    "nothing": "\x00\x01\ufffe" * 6_000, "one word": "a" * 20_000, "surrogate": "a\ud800b",
}  # fmt: skip


@pytest.fixture(autouse=True)
def asked_for(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a text asked to be loaded."""
    found: list[str] = []
    before = NoteText.loadResource

    def load(self: NoteText, kind: int, name: Any) -> Any:
        found.append(str(name))
        return before(self, kind, name)

    monkeypatch.setattr(NoteText, "loadResource", load)
    return found


def painted(text: NoteText) -> QImage:
    image = QImage(240, 120, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_text(painter, text, image.rect().toRectF())
    painter.end()
    return image


def test_markdown_is_read() -> None:
    text = laid_out("# Title\n\nA **bold** `word`.\n\n- one\n- two\n\n> said\n\n|a|b|\n|---|---|\n|1|2|", WIDE, 400)
    assert text.toPlainText().split() == ["Title", "A", "bold", "word.", "one", "two", "said", "a", "b", "1", "2"]
    assert painted(text) != painted(laid_out("", WIDE, 400))


@pytest.mark.parametrize(
    "words",
    [
        "![cat](file:///etc/passwd)", "![cat](http://a.org/cat.png)", "![cat](relative.png)",
        "![cat][1]\n\n[1]: /x.png", "![cat](data:image/png;base64,AAAA)", "[![cat](/x.png)](http://a.org)",
    ],
)  # fmt: skip
def test_a_picture_is_never_loaded_but_said(words: str, asked_for: list[str]) -> None:
    text = laid_out(words, WIDE, HIGH)
    painted(text)
    assert asked_for == []
    assert "[cat]" in text.toPlainText()


def test_html_is_shown_as_it_was_typed(asked_for: list[str]) -> None:
    words = '<img src="file:///etc/passwd"> <b>bold</b> <link rel="stylesheet" href="file:///x.css">'
    text = laid_out(words, WIDE, HIGH)
    painted(text)
    assert asked_for == []
    assert text.toPlainText() == words


def test_whatever_a_text_asks_for_it_gets_nothing() -> None:
    text = NoteText()
    text.setHtml("<img src='file:///etc/hostname'>")
    painted(text)
    assert text.resource(2, "file:///etc/hostname").size().toTuple() == (1, 1)


@pytest.mark.parametrize("size", [(WIDE, HIGH), (4000.0, 9000.0), (1.0, 1.0), (9e8, 9e8)])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_laid_out_and_load_nothing(
    name: str, size: tuple[float, float], asked_for: list[str]
) -> None:
    text = laid_out(HOSTILE[name], *size)
    painted(text)
    whole_lines(text, size[1])
    links(text)
    assert asked_for == []
    assert text.blockCount() <= 5000
    assert first_line(HOSTILE[name]) is not None


def test_what_cannot_be_seen_is_not_laid_out() -> None:
    text = laid_out("word " * 4_000, WIDE, HIGH)
    assert text.characterCount() < 5_500
    assert text.toPlainText().endswith(" …")
    whole = laid_out("word " * 4_000, 2000.0, 2000.0)
    assert whole.characterCount() > 19_000


def test_what_is_cut_ends_with_a_whole_line() -> None:
    text = laid_out("word " * 400, WIDE, HIGH)
    shown = whole_lines(text, HIGH)
    line = whole_lines(text, 25.0)
    assert HIGH - line < shown <= HIGH
    assert shown / line == pytest.approx(round(shown / line))
    assert whole_lines(laid_out("one", WIDE, HIGH), HIGH) < 40


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://keras.io/api", "https://keras.io/api"), ("HTTP://A.org", "http://a.org"), ("https://", ""),
        ("https://user:word@a.org", ""), ("file:///etc/passwd", ""), ("javascript:alert(1)", ""), ("a.org", ""),
        ("https://a.org/\u202egnp", "https://a.org/%E2%80%AEgnp"), ("", ""), ("https://\u0430.org", "https://xn--80a.org"),
    ],
)  # fmt: skip
def test_only_plain_web_addresses_count(link: str, address: str) -> None:
    assert web_address(link) == address


def test_links_are_found_where_they_stand() -> None:
    text = laid_out("[one](https://a.org) [two](file:///x) https://b.org", 600.0, HIGH)
    assert set(links(text)) == {"https://a.org", "https://b.org"}
    assert link_at(text, QPointF(6, 8)) == "https://a.org"
    assert link_at(text, QPointF(500, 90)) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# **Why** `it` works\nmore", "Why it works"), ("\n\n - item", "item"), ("", ""), ("   ", ""),
        ("[Keras](https://keras.io) says", "Keras says"), ("![cat](x.png)", "cat"), ("x" * 999, "x" * 80),
    ],
)  # fmt: skip
def test_the_first_line_is_plain_words(text: str, line: str) -> None:
    assert first_line(text) == line
