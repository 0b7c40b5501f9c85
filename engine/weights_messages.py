"""What the trainer tells of the weights of a layer that is watched. Knows no Qt, no Keras, no pipe."""

from __future__ import annotations

from dataclasses import dataclass

from engine.run_messages import Array


@dataclass(frozen=True, slots=True)
class Weighed:
    """One weight of a node that is watched as `n5@weights`: float32, as the last step left it.

    A large one comes reduced: the first along its last axis, then along the one before; `whole` is its full shape.
    `name` is Keras's own without the layer's: `kernel`, `query/kernel`; `last` says that no other weight follows.
    """

    node: str
    name: str
    epoch: int
    step: int
    values: Array
    whole: tuple[int, ...] = ()
    last: bool = True
