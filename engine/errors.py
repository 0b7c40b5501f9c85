"""The errors that the engine raises: what was expected, what was received, what to do. Knows no Qt and no Keras."""

from __future__ import annotations


class EngineError(Exception):
    """An error that a person reads.

    Args:
        expected: What would have been right, as a sentence without its full stop.
        received: What came instead, already spelled for a person; empty where nothing did.
        hint: What to do about it, as a sentence; empty where the sentence says it all.
        node: The id of the node it is about, or None for the whole.
        detail: What Keras or another library said, word for word; empty where none was asked.
    """

    def __init__(
        self, expected: str, *, received: str = "", hint: str = "", node: str | None = None, detail: str = ""
    ) -> None:
        self.expected = expected
        self.received = received
        self.hint = hint
        self.node = node
        self.detail = detail
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The whole error on one line."""
        parts = [self.expected.rstrip(".") + "."]
        if self.received:
            parts.append(f"Received: {self.received.rstrip('.')}.")
        if self.hint:
            parts.append(self.hint.rstrip(".") + ".")
        return " ".join(" ".join(parts).split())


class ValueProblem(EngineError):
    """A parameter was given a value that it cannot take."""


class GraphError(EngineError):
    """A drawing that cannot be: a wire or node that is not there, a cycle, a name twice."""


class RecipeError(EngineError):
    """A training recipe that cannot be followed."""


class ProjectError(EngineError):
    """A file that is not a project, or cannot be read or written."""


class WireError(EngineError):
    """Bytes between window and worker that are not a message."""


class BuildError(EngineError):
    """A drawing that Keras refuses to build."""


class ExportError(EngineError):
    """A model or script that cannot be written."""
