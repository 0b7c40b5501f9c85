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
    if isinstance(error, EngineError):
        return Failed(error.sentence, error.node or "", trace)
    text = str(error)
    node = "" if graph is None else node_named(text, graph)
    if is_out_of_memory(error):
        return Failed(_too_big(batch_size), node, trace)
    return Failed(_sentence(type(error).__name__, text), node, trace)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, on the device (TensorFlow's error, known by name) or in Python."""
    return any(kind.__name__ in _OUT_OF_MEMORY for kind in type(error).__mro__)


def _too_big(batch_size: int | None) -> str:
    at = "" if batch_size is None else f" at a batch size of {batch_size}"
    return f"The device ran out of memory{at}. Lower the batch size, or make the network smaller."


def _sentence(kind: str, text: str) -> str:
    """The first lines that say something, without the frame that TensorFlow and Keras put around them."""
    lines = [line.strip() for line in text.splitlines()]
    said = [line for line in lines if line and not line.startswith(_FRAME)]
    words = re.sub(r"\s*\[Op:\w+\].*", "", " ".join(said[:3]))
    words = re.sub(r"\{\{(?:function_)?node [^}]*\}\}\s*", "", words).strip()
    if len(words) > LONGEST:
        words = words[: LONGEST - 1].rstrip() + "…"
    return f"{words.rstrip('.')}." if words else f"TensorFlow raised {kind} and said nothing more."


_FRAME = (
    "Graph execution error", "Detected at node", "File ", "Exception encountered when calling",
    "Arguments received by", "\x1b[1mException encountered", "[[{{node", "Stack trace for op", "tf2xla conversion",
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
