"""From an exception to a sentence for a person and the node it is about. Imports no Keras."""

from __future__ import annotations

import re
import traceback

from engine.errors import EngineError
from engine.graph import Graph
from engine.messages import Failed

LONGEST = 400
_OUT_OF_MEMORY = frozenset({"ResourceExhaustedError", "MemoryError"})


def failed(error: Exception, graph: Graph | None = None, batch_size: int | None = None) -> Failed:
    """Spell an exception for the window; the traceback goes to the log."""
    trace = "".join(traceback.format_exception(error))
    node = (error.node or "") if isinstance(error, EngineError) else ""
    if not node and graph is not None:
        node = node_named(str(error), graph)
    if is_out_of_memory(error):
        return Failed(_too_big(batch_size), node, trace)
    if isinstance(error, EngineError):
        return Failed(error.sentence, node, trace)
    return Failed(f"{said(error).rstrip('.')}.", node, trace)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, on the device (TensorFlow's error, known by name) or in Python, there or further down."""
    causes: list[BaseException] = []
    while error not in causes:
        causes.append(error)
        error = error.__cause__ or error
    return any(kind.__name__ in _OUT_OF_MEMORY for cause in causes for kind in type(cause).__mro__)


def _too_big(batch_size: int | None) -> str:
    at = "" if batch_size is None else f" at a batch size of {batch_size}"
    return f"The device ran out of memory{at}. Lower the batch size, or make the network smaller."


def said(error: BaseException) -> str:
    """The first lines that say something, without the frame that TensorFlow and Keras put around them."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).partition("Arguments received by")[0]
    lines = [line.strip() for line in text.splitlines()]
    words = " ".join(" ".join([line for line in lines if line and not line.startswith(_FRAME)][:3]).split())
    words = re.sub(r"\s*\[Op:\w+\].*", "", words)
    words = re.sub(r"\{\{(?:function_)?node [^}]*\}\}\s*", "", words).strip()
    if not words:
        return f"{type(error).__name__}, which says nothing more"
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


_FRAME = (
    "Graph execution error", "Detected at node", "File ", "Exception encountered when calling", "[[{{node",
    "Stack trace for op", "tf2xla conversion",
)  # fmt: skip


def node_named(text: str, graph: Graph) -> str:
    """Find the node whose layer an error names, as `layer "conv1"` or within `functional_1/conv1_1/Relu`."""
    names = {node.name: node.id for node in graph.nodes.values()}
    for word in re.findall(r"""layer ['"]?([A-Za-z][\w.\-]*)""", text):
        if word in names:
            return names[word]
    for path in re.findall(r"[\w.\-]+(?:/[\w.\-]+)+", text):
        for word in path.split("/"):
            found = names.get(word) or names.get(re.sub(r"_\d+$", "", word))
            if found:
                return found
    return ""
