"""The application: starts Qt, shows the window, then wakes what may come after the first paint. Knows no Keras."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication

from engine.catalogue import catalogue
from engine.errors import EngineError
from gui.files import FIRST
from gui.rubbish import Rubbish
from gui.settings import Settings, runs_folder
from gui.theme import THEMES, named, themes
from gui.warming import warm
from gui.window import Window

#: How long a screenshot waits for shapes before it is taken without them.
PATIENCE_MS = 60_000


def application() -> QApplication:
    """Return the one QApplication, made and named where it was not there."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0]])
    app.setApplicationName("layerloom")
    app.setApplicationDisplayName("Layerloom")
    app.setDesktopFileName("layerloom")
    return app


def make_window(path: Path | None = None) -> Window:
    """Make the window, with a project or the digits network in it; or raise ProjectError.

    Nothing slow is begun yet: `wake` does that after the first paint.
    """
    settings = Settings()
    themes().use(named(settings.theme))
    window = Window(catalogue(), settings, runs_folder())
    if path is None:
        window.files.start_from(FIRST)
    else:
        window.document.open(path)
        settings.add_recent(path)
    return window


def wake(window: Window, *, trainer: bool = True) -> None:
    """Start the checker, the pages of the monitor and the warm trainer, in this order."""
    window.checking.start()
    window.shelves.read()
    window.pages.filled.connect(window.wire_pages)
    window.pages.filled.connect(partial(warm, window))
    window.pages.fill()
    if trainer:
        window.runner.wake()


def run(path: Path | None = None) -> int:
    """Show the window until it is closed; return the exit code."""
    app = application()
    try:
        window = make_window(path)
    except EngineError as error:
        print(error.sentence, file=sys.stderr)  # noqa: T201 - the command line's own answer
        return 2
    sys.excepthook = _hook(window)
    _end_on_signals(app)
    window.painted.connect(lambda: _after_first_paint(window, greet=path is None))
    window.show()
    code = app.exec()
    window.checking.end_now()
    window.runner.end_now()
    return code


def screenshot(out: Path, path: Path | None, theme: str = "dark", size: tuple[int, int] = (1600, 1000)) -> int:
    """Paint the real window into a PNG once its shapes have arrived; return the exit code."""
    app = application()
    try:
        window = make_window(path)
    except EngineError as error:
        print(error.sentence, file=sys.stderr)  # noqa: T201
        return 2
    themes().use(THEMES[theme])
    window.resize(QSize(*size))
    window.place_docks()
    window.show()
    wake(window, trainer=False)
    window.runner.rest()
    saved: list[bool] = []

    def shoot() -> None:
        if not saved:
            window.canvas.fit_all()
            app.processEvents()
            saved.append(window.grab().save(str(out), "PNG"))
            window.document.undo.setClean()
            app.quit()

    window.document.report_changed.connect(lambda _report: QTimer.singleShot(300, window, shoot))
    QTimer.singleShot(PATIENCE_MS, window, shoot)
    app.exec()
    window.checking.end_now()
    window.runner.end_now()
    if not saved or not saved[0]:
        print(f"{out} cannot be written. Choose another place.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _after_first_paint(window: Window, *, greet: bool) -> None:
    """Look for rubbish again, among what is made from now on, and wake what may come late."""
    Rubbish(window.document, window)
    wake(window)
    if greet:
        window.commands.opening.greet()


def _hook(window: Window) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return an excepthook that keeps the window: the traceback to the log, a sentence to the person."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        window.runner.logged.emit("".join(traceback.format_exception(kind, error, trace)))
        window.notice.say(
            "Something went wrong in the window; the drawing is unharmed. The log says what.", "error", "Show log"
        )

    return hook


def _end_on_signals(app: QApplication) -> None:
    """Let Ctrl+C and a polite kill close the window; Python sees signals only while it runs, hence the timer."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: app.quit())
    timer = QTimer(app)
    timer.timeout.connect(lambda: None)
    timer.start(250)
