"""What of a node can be looked at beside its output, and how a wish for it is spelled. Knows no Keras, no Qt.

Watch takes `n5` for a node's output, `n5@scores` for who attends to what, `n5@states` for a state over all time steps,
`n5@weights` for its weights; what is shown of it bears the same name.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Look: TypeAlias = Literal["", "scores", "states", "weights"]
LOOKS: Final[tuple[Look, ...]] = ("scores", "states", "weights")
BETWEEN: Final = "@"
#: Layers that can be asked who attends to what, whether or not the port for it is wired.
ATTENDING: Final = frozenset({
    "MultiHeadAttention", "GroupQueryAttention", "Attention", "AdditiveAttention", "BahdanauDecoder",
})  # fmt: skip
#: Layers that go through time step by step with a state that is a vector.
RECURRENT: Final = frozenset({"SimpleRNN", "LSTM", "GRU", "Bidirectional", "BahdanauDecoder"})


def spelled(node: str, look: Look = "") -> str:
    """Spell the wish to look at something of a node."""
    return f"{node}{BETWEEN}{look}" if look else node


def read(name: str) -> tuple[str, Look]:
    """Return the node and the look that a wish spells; any other name is a node's own."""
    node, _, word = name.rpartition(BETWEEN)
    look: Look | None = next((look for look in LOOKS if look == word), None)
    return (name, "") if look is None or not node else (node, look)
