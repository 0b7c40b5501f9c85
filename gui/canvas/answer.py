"""The answer that an editor in place asks for: taken, refused with its reason, or given up. Knows no drawing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from gui.canvas.hint import Hint


class Answer:
    """Opens an editor over its ground and closes it again; `closed` is called each time that it has closed."""

    def __init__(self, editor: QWidget, ground: QWidget, closed: Callable[[], object]) -> None:
        self._editor, self._closed = editor, closed
        #: The id of what is asked about; None while the editor is closed.
        self.about: str | None = None
        self.refusal = Hint(ground)
        self._before = ""
        self._take: Callable[[str], object] = lambda _text: None

    def ask(self, about: str, before: str, take: Callable[[str], object]) -> None:
        """Open; `take` gets the text if it is another than before, and raises EngineError to refuse it."""
        self.about, self._before, self._take = about, before, take
        self.refuse("")
        self._editor.show()
        self._editor.raise_()
        self._editor.setFocus(Qt.FocusReason.PopupFocusReason)

    def give(self, text: str) -> None:
        """Give the text away and close; stay, with the reason, where it is refused."""
        if self.about is None:
            return
        try:
            if text != self._before:
                self._take(text)
        except EngineError as error:
            self.refuse(error.sentence)
            return
        self.leave()

    def leave(self) -> None:
        """Close with nothing changed."""
        if self.about is not None:
            self.about = None
            self.refusal.hide()
            self._editor.hide()
            self._closed()

    def refuse(self, sentence: str) -> None:
        """Mark the editor and say why; an empty sentence takes both away."""
        editor = self._editor
        editor.setProperty("refused", "true" if sentence else "false")
        editor.style().unpolish(editor)
        editor.style().polish(editor)
        self._say(sentence)

    def follow(self) -> None:
        """Keep the reason below the editor, which has moved."""
        self._say(self.refusal.text)

    def _say(self, sentence: str) -> None:
        self.refusal.say(sentence, self._editor.geometry().bottomLeft() + QPoint(0, 6))
