"""The one wire: a worker program under QProcess, messages out and in. Knows no widget and no document."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from engine.codec import Decoder, encode
from engine.errors import WireError
from engine.launch import BEHIND, command, how_it_ended
from engine.messages import Message

#: How long a worker may take to leave by itself once its input is closed.
PATIENCE_MS = 1500
#: The worker whose answer a person waits for at every edit; others would take the processor from the window.
_AT_ONCE: Final = frozenset({"checker"})


class Link(QObject):
    """Starts one worker and speaks with it.

    `received` carries each message, `printed` what the process wrote beside them, `ended` in words how it ended
    (empty where it was asked to).
    """

    received = Signal(object)
    printed = Signal(str)
    ended = Signal(str)

    def __init__(self, role: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.role = role
        self._decoder = Decoder()
        self._asked_to_end = False
        self._fault = ""
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_printed)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

    @property
    def alive(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def process_id(self) -> int:
        return self._process.processId()

    def start(self) -> None:
        """Start the worker; its first message is Ready."""
        launch = command(self.role)
        environment = QProcessEnvironment()
        for name, value in launch.environment.items():
            environment.insert(name, value)
        if self.role not in _AT_ONCE:
            environment.insert(BEHIND, "1")
        self._process.setProcessEnvironment(environment)
        self._process.setWorkingDirectory(str(launch.folder))
        self._process.start(launch.program, list(launch.arguments))

    def send(self, message: Message) -> None:
        """Put a message on the wire; a worker that is gone drops it (its end was said already)."""
        if self.alive and not self._asked_to_end:
            self._process.write(encode(message))
            if self.role == "checker":
                # Else it would be written after the views have followed the edit and are painted: the checker can
                # look meanwhile. What it says of an older drawing may be heard here, and is dropped as ever.
                self._process.waitForBytesWritten(0)

    def end(self) -> None:
        """Close the worker's input, by which it leaves; kill it where it does not."""
        self._asked_to_end = True
        if self.alive:
            self._process.closeWriteChannel()
            QTimer.singleShot(PATIENCE_MS, self._process, self._process.kill)

    def end_now(self) -> None:
        """Kill the worker and wait for it, as the window closes: no process stays behind."""
        self._asked_to_end = True
        if self.alive:
            self._process.closeWriteChannel()
            self._process.kill()
            self._process.waitForFinished(2000)

    def _read(self) -> None:
        try:
            for message in self._decoder.feed(bytes(self._process.readAllStandardOutput().data())):
                self.received.emit(message)
        except WireError as error:
            self._fault = f"The {self.role} sent something that is no message: {error.sentence}"
            self._process.kill()

    def _read_printed(self) -> None:
        self.printed.emit(bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace"))

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._read_printed()
        crashed = status == QProcess.ExitStatus.CrashExit
        words = "" if self._asked_to_end else self._fault or how_it_ended(self.role, code, crashed=crashed)
        self.ended.emit(words)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit(f"The {self.role} could not be started: {self._process.errorString()}.")
