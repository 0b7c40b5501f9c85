"""What was found of a node, whoever it is, as frozen values that are kept. Asks nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.axes import Names
from engine.report import NodeReport
from engine.worker.symbolic import Call, Signal

#: The names of a tensor's axes, and the ids of the nodes that made its mask.
Load: TypeAlias = tuple[Names, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """The report of a node with names and masks, and what its outputs carry, by port."""

    report: NodeReport
    loads: Mapping[str, Load]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a node, whoever it is: its call, what goes out by port, its report.

    Attributes:
        clean: Nobody has anything against it; else its sentences are made for each node that asks.
        makes: It makes a mask, whether one arrives or not.
        passes: The places of the inputs whose masks it passes on.
        reads: It takes the masks that arrive into account.
        ends: A mask arrives, goes no further and was not read.
        said: What Keras said of that, `NAME` standing for the node's.
        asks: Names of its axes are those that its readers have for them.
        told: Its report by what arrives beside shapes, as `Carrying` tells it.
    """

    call: Call
    outputs: tuple[tuple[str, Signal], ...]
    report: NodeReport
    clean: bool
    makes: bool = False
    passes: tuple[int, ...] = ()
    reads: bool = False
    ends: bool = False
    said: str = ""
    asks: bool = False
    told: dict[tuple[object, ...], Told] = field(default_factory=dict, compare=False, repr=False)
