"""The text of a note, laid out from Markdown: nothing is loaded, nothing is followed. Knows no scene, no document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextOption,
    QTextTable,
)  # fmt: skip

from gui.theme import TEXT, colour, font

#: Letters that are read of a note that has room for few, and how many more for each that it has room for.
_LEAST, _SPARE = 2000, 2
#: Lines that are read: what Qt needs for a list grows with the square of its items.
_LINES: Final = 600
#: No letter is narrower, no line lower; in scene pixels.
_NARROW, _LOW = 3.0, 13.0
#: No text runs wider, however wide its note: nobody could read it, and Qt's layout takes seconds beyond a million.
_WIDEST: Final = 4000.0
#: Lists and quotations that stand in each other so deep, and so many marks, or cells of tables, are shown as typed.
_DEEP: Final = re.compile(r"^[ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]*){12}", re.MULTILINE)
_RULER: Final = re.compile(r"^[ \t|:-]*\|[ \t|:-]*$", re.MULTILINE)
_CELLS: Final = 1000
_MARKS: Final = re.compile(r"[*_\[&`~:]")
_MOST_MARKS: Final = 2000
_HEADINGS: Final = {1: 17, 2: 15}
_FEATURES: Final = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_CUT: Final = " …"
#: What begins a line or stands around words; of a link and a picture the words stay.
_SIGNS: Final = re.compile(r"^[#>*+\-\s]+|[*_`]|!?\[([^\]]{0,80})\](?:\([^)]{0,400}\))?")


class NoteText(QTextDocument):
    """Text that asks for no file and no address: a picture is shown by its words."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Answer with nothing to see, whatever is asked for; Qt's own would open files."""
        return QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)


def laid_out(text: str, width: float, height: float) -> NoteText:
    """Lay out a note's text in the theme's colours, as far as it can be seen in a room of scene pixels."""
    made = NoteText()
    made.setUndoRedoEnabled(False)
    made.setDocumentMargin(0)
    made.setIndentWidth(18)
    made.setDefaultFont(font(TEXT))
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(wrap)
    shown = _seen(text, width, height)
    if _tame(shown):
        made.setMarkdown(shown, _FEATURES)
        _dress(made)
    else:
        made.setPlainText(shown)
    made.setTextWidth(min(max(width, 1.0), _WIDEST))
    return made


def paint_text(painter: QPainter, text: NoteText, area: QRectF) -> None:
    """Paint the part of a laid out text that lies in an area of its own coordinates."""
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, colour("text"))
    context.palette = palette
    context.clip = area
    text.documentLayout().draw(painter, context)


def whole_lines(text: NoteText, height: float) -> float:
    """Return the height that whole lines of a text take, at most a given one."""
    layout = text.documentLayout()
    if text.size().height() <= height:
        return text.size().height()
    block = text.findBlock(max(0, layout.hitTest(QPointF(0, height), Qt.HitTestAccuracy.FuzzyHit)))
    top, lines = layout.blockBoundingRect(block).top(), block.layout()
    bottoms = [top + lines.lineAt(i).y() + lines.lineAt(i).height() for i in range(lines.lineCount())]
    return max((bottom for bottom in bottoms if bottom <= height), default=max(0.0, min(top, height)))


def link_at(text: NoteText, at: QPointF) -> str:
    """Return the web address below a place of the text, empty where there is none."""
    return web_address(text.documentLayout().anchorAt(at))


def links(text: NoteText) -> list[str]:
    """Return the web addresses that a text links to, in order, each once."""
    found = (web_address(each.charFormat().anchorHref()) for block in _blocks(text) for each in _fragments(block))
    return [address for address in dict.fromkeys(found) if address]


def web_address(link: str) -> str:
    """Return a link where it leads to the web, else nothing: no file, no program, no script."""
    url = QUrl(link, QUrl.ParsingMode.StrictMode)
    web = url.isValid() and url.scheme() in ("http", "https") and bool(url.host()) and not url.userInfo()
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if web else ""


def first_line(text: str) -> str:
    """Return the first words of a note without their marks, for where there is no room for more."""
    start = text.lstrip()[:400].splitlines()
    return _SIGNS.sub(r"\1", start[0])[:80].strip() if start else ""


def _seen(text: str, width: float, height: float) -> str:
    """Cut a text to what may be seen of it."""
    room = int(min(width / _NARROW * height / _LOW, 1e6))
    lines = text[: _LEAST + _SPARE * room].split("\n")[:_LINES]
    shown = "\n".join(lines)
    return shown if len(shown) == len(text) else shown.rstrip() + _CUT


def _tame(text: str) -> bool:
    """Whether Qt lays a text out in little time."""
    if _DEEP.search(text) or len(_MARKS.findall(text)) > _MOST_MARKS:
        return False
    columns = max((ruler.group().count("|") for ruler in _RULER.finditer(text)), default=0)
    return columns * text.count("\n") <= _CELLS


def _dress(text: NoteText) -> None:
    """Give headings, code and tables their looks, and put words in the place of pictures."""
    for block in _blocks(text):
        heading = block.blockFormat().headingLevel()
        _space(block, heading)
        for fragment in _fragments(block):
            _dress_part(text, fragment, heading)
    for part in text.rootFrame().childFrames():
        if isinstance(part, QTextTable):
            _rule(part)


def _space(block: QTextBlock, heading: int) -> None:
    """Leave room between paragraphs, none in a list; Qt would measure it in points, which the fonts here have not."""
    looks = block.blockFormat()
    listed = block.textList() is not None and block.next().textList() is not None
    if QTextCursor(block).currentTable() is None:
        looks.setBottomMargin(2.0 if listed else 4.0 if heading else 8.0)
    quoted = looks.property(QTextFormat.Property.BlockQuoteLevel)
    if isinstance(quoted, int):
        looks.setLeftMargin(14.0 * min(quoted, 8))
    QTextCursor(block).setBlockFormat(looks)


def _rule(table: QTextTable) -> None:
    looks = table.format()
    looks.setBorderCollapse(True)
    looks.setBorder(1)
    looks.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    looks.setBorderBrush(QBrush(colour("line")))
    looks.setCellPadding(3)
    looks.setCellSpacing(0)
    looks.setTopMargin(4)
    looks.setBottomMargin(8)
    table.setFormat(looks)


def _dress_part(text: NoteText, fragment: QTextFragment, heading: int) -> None:
    before = fragment.charFormat()
    cursor = QTextCursor(text)
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    if before.isImageFormat():
        cursor.insertText(_picture_words(before) * fragment.length(), _quiet())
    elif heading:
        before.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        before.setFont(font(_HEADINGS.get(heading, TEXT), bold=True))
        cursor.setCharFormat(before)
    elif before.fontFixedPitch():
        looks = QTextCharFormat()
        looks.setBackground(QBrush(colour("raised")))
        cursor.mergeCharFormat(looks)


def _picture_words(picture: QTextCharFormat) -> str:
    words = picture.property(QTextFormat.Property.ImageAltText)
    return f"[{words}]" if isinstance(words, str) and words else "[picture]"


def _quiet() -> QTextCharFormat:
    looks = QTextCharFormat()
    looks.setForeground(QBrush(QColor(colour("third"))))
    return looks


def _blocks(text: NoteText) -> Iterator[QTextBlock]:
    block = text.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """The runs of a block, the last first, so that those before stay where they are when one is replaced."""
    found: list[QTextFragment] = []
    walk = block.begin()
    while not walk.atEnd():
        found.append(walk.fragment())
        walk += 1
    return found[::-1]
