"""Opens the gallery and the templates chosen there, and begins their tours. Knows not how a card looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from gui.frame import Frame
from gui.guide import Guided

if TYPE_CHECKING:
    from gui.gallery.panel import Gallery
    from gui.gallery.tour import Tour

TAKE: Final = "Take the tour"
#: The drawing of the first start.
FIRST: Final = "digits-cnn"


class Opening:
    """Makes gallery and tour when they are first asked for, and knows which template the drawing came from."""

    def __init__(self, window: Frame, open_page: Callable[[str], object]) -> None:
        self._window, self._open_page = window, open_page
        self._gallery: Gallery | None = None
        self._tour: Tour | None = None
        #: The template that stands here; empty for another drawing.
        self.template = ""
        window.document.reset.connect(self._forget)

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What each action of this part calls, by the action's id."""
        return {"gallery": self.open, "tour": self.begin_tour, "new_digits": lambda: self.take(FIRST, "")}

    @property
    def gallery(self) -> Gallery:
        """The gallery; made when it is first asked for."""
        from gui.gallery.panel import Gallery

        if self._gallery is None:
            self._gallery = Gallery(self._window, self._window.canvas)
            self._gallery.chosen.connect(self.take)
        return self._gallery

    @property
    def tour(self) -> Tour:
        """The tour; made when it is first asked for."""
        from gui.gallery.tour import Tour

        if self._tour is None:
            self._tour = Tour(self._window, self._open_page)
        return self._tour

    def open(self) -> None:
        """Show the gallery."""
        self.gallery.open()

    def greet(self) -> None:
        """Show the gallery at the first start of all; the digits lie ready behind it."""
        self.note(FIRST)
        if not self._window.settings.greeted:
            self._window.settings.keep_greeted()
            self.gallery.open()

    def take(self, name: str, size: str) -> None:
        """Begin with a template at a size; empty is its first."""
        from engine.templates import template

        item = template(name)
        if self._window.files.new_from(item.path, size if size != item.sizes[0] else ""):
            self.note(name)
            if self._window.docks["inspector"].isHidden():  # where it would be told of
                self._window.notice.say(item.line, more=TAKE)

    def note(self, name: str) -> None:
        """Remember that the drawing is that of a template, and offer its tour."""
        from engine.templates import template

        self.template = name
        self._window.actions_by_id["tour"].setEnabled(bool(name))
        item = template(name) if name else None
        self._window.inspector.guide.show_template(Guided(item.title, item.line, TAKE) if item is not None else None)

    def begin_tour(self) -> None:
        """Lead through the template that stands here."""
        from engine.tours import tours

        if self.template:
            self._window.notice.hide()
            self.tour.begin(tours()[self.template])

    def _forget(self) -> None:
        if self._tour is not None:
            self._tour.end()
        self.note("")
