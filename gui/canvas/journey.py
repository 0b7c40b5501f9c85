"""How the view goes from place to place: gliding where the eye can follow, and back again. Knows no drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QTimer, QVariantAnimation

from gui import motion
from gui.canvas.visited import Place, Visited

GLIDE_MS: Final = 150
#: A way longer than so many views is too far for the eye to follow.
FAR_VIEWS: Final = 4.0
#: A place is noted where the view has rested so long.
REST_MS: Final = 900


class Journey(QObject):
    """Moves a view through `show`; `where` tells the place it shows, `width` how wide it is on the screen."""

    def __init__(
        self, where: Callable[[], Place], show: Callable[[Place], None], width: Callable[[], int], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._where, self._show, self._width = where, show, width
        self.visited = Visited()
        #: How long a glide lasts; None: as long as the system lets it.
        self.lasts: int | None = None
        self._glide: QVariantAnimation | None = None
        self._ends = (Place(0, 0, 1), Place(0, 0, 1))
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self._rest)

    @property
    def gliding(self) -> bool:
        return self._glide is not None and self._glide.state() is QAbstractAnimation.State.Running

    @property
    def goal(self) -> Place:
        """The place that is shown, or about to be."""
        return self._ends[1] if self.gliding else self._where()

    def moved(self) -> None:
        """Hear that the view shows another place; called at every step, so that it does next to nothing."""
        self._resting.start()

    def go(self, to: Place, *, quiet: bool = False) -> None:
        """Go to a place, and note it beside the one that is left; quietly: at once, and without a note."""
        if not quiet:
            self.visited.leave(self.goal)
            self.visited.rest(to)
        self._travel(to, glide=not quiet)

    def step(self, ways: int) -> bool:
        """Go back or forward through the places visited; say whether there was a way."""
        to = self.visited.step(ways, self.goal)
        if to is not None:
            self._travel(to, glide=True)
        return to is not None

    def stop(self) -> None:
        """Stay where the view is now."""
        if self._glide is not None:
            self._glide.stop()

    def forget(self) -> None:
        """Forget all places: another drawing stands here."""
        self.stop()
        self._resting.stop()
        self.visited.clear()

    def _travel(self, to: Place, *, glide: bool) -> None:
        self.stop()
        start = self._where()
        lasts = motion.milliseconds(GLIDE_MS) if self.lasts is None else self.lasts
        if glide and lasts and start != to and not self._too_far(start, to):
            self._ends = (start, to)
            animation = self._animation()
            animation.setDuration(lasts)
            animation.start()
        else:
            self._show(to)

    def _too_far(self, start: Place, to: Place) -> bool:
        views = self._width() / min(start.scale, to.scale)
        return abs(to.x - start.x) + abs(to.y - start.y) > FAR_VIEWS * views

    def _animation(self) -> QVariantAnimation:
        if self._glide is None:
            self._glide = QVariantAnimation(self)
            self._glide.setStartValue(0.0)
            self._glide.setEndValue(1.0)
            self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
            self._glide.valueChanged.connect(lambda share: self._show(between(*self._ends, share)))
        return self._glide

    def _rest(self) -> None:
        if not self.gliding:
            self.visited.rest(self._where())


def between(start: Place, end: Place, share: float) -> Place:
    """Return the place a share of the way along, as the corners of the view move on straight lines."""
    if share >= 1:
        return end
    scale = 1 / ((1 - share) / start.scale + share / end.scale)
    return Place(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share, scale)
