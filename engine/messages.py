"""What window and worker say to each other: one frozen dataclass a message. Knows no Qt, no Keras, no pipe.

Those of a run stand in `run_messages`, those of studies and of layers in files of their own; all are to be had from
here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from engine.asking_messages import Drop as Drop
from engine.asking_messages import Refused as Refused
from engine.asking_messages import Working as Working
from engine.figure_messages import COLUMNS as COLUMNS
from engine.figure_messages import Figures as Figures
from engine.figure_messages import Histograms as Histograms
from engine.graph import Graph
from engine.judging_messages import Judge as Judge
from engine.judging_messages import Judged as Judged
from engine.layersources import Described, Source
from engine.pace_messages import Pace as Pace
from engine.patch import Patch
from engine.recipe import Recipe
from engine.report import Report
from engine.run_messages import UNTOLD as UNTOLD
from engine.run_messages import Array as Array
from engine.run_messages import Continue as Continue
from engine.run_messages import Ended as Ended
from engine.run_messages import Epoch as Epoch
from engine.run_messages import Evaluate as Evaluate
from engine.run_messages import Evaluated as Evaluated
from engine.run_messages import Export as Export
from engine.run_messages import Exported as Exported
from engine.run_messages import Generate as Generate
from engine.run_messages import Generated as Generated
from engine.run_messages import Happened as Happened
from engine.run_messages import Maps as Maps
from engine.run_messages import Pause as Pause
from engine.run_messages import Resume as Resume
from engine.run_messages import SetRate as SetRate
from engine.run_messages import State as State
from engine.run_messages import StateChanged as StateChanged
from engine.run_messages import Status as Status
from engine.run_messages import Steps as Steps
from engine.run_messages import Stop as Stop
from engine.run_messages import Train as Train
from engine.run_messages import Watch as Watch
from engine.study_messages import Attributed as Attributed
from engine.study_messages import Boundary as Boundary
from engine.study_messages import Embed as Embed
from engine.study_messages import Embedded as Embedded
from engine.study_messages import GradCam as GradCam
from engine.study_messages import Heights as Heights
from engine.study_messages import Landscape as Landscape
from engine.study_messages import Occlusion as Occlusion
from engine.study_messages import Plane as Plane
from engine.study_messages import Saliency as Saliency
from engine.timing_messages import LayersTimed as LayersTimed
from engine.timing_messages import TimeLayers as TimeLayers
from engine.weights_messages import Weighed as Weighed

#: Raised by one whenever a message changes; both ends must have the same.
PROTOCOL: Final = 16


# -- from the window to the worker


@dataclass(frozen=True, slots=True)
class Check:
    """Ask for shapes, counts and problems, with a recipe also for those of the two together.

    Each answer carries the same generation.
    """

    generation: int
    graph: Graph
    recipe: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Recheck:
    """Ask again of the drawing that was asked of last, changed by a patch; the answer tells what is new."""

    generation: int
    patch: Patch
    recipe: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Mend:
    """Ask for what mends the problems of one node, in the drawing that was checked last and has this generation."""

    generation: int
    node: str


@dataclass(frozen=True, slots=True)
class Layers:
    """Run files of layers, which the person trusts, in the place of those before; LayersFound answers.

    `absent` says of layers that are not to be had where they are, as `Catalogue.absent`.
    """

    sources: tuple[Source, ...] = ()
    absent: Mapping[str, str] = field(default_factory=dict)


# -- from the worker to the window


@dataclass(frozen=True, slots=True)
class Ready:
    """The first message: who speaks. `devices` are those it can use, the best first: ("GPU:0", "CPU:0").

    `memory` are the bytes of each, 0 where that is not known.
    """

    role: str
    versions: Mapping[str, str]
    devices: tuple[str, ...] = ()
    protocol: int = PROTOCOL
    memory: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checker found; where it is not whole, another follows that has the fixes as well."""

    generation: int
    report: Report
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What is new since the last answer: the nodes of which something else is known, those gone, all problems."""

    generation: int
    report: Report
    gone: tuple[str, ...] = ()
    whole: bool = True

    def merged(self, before: Report) -> Report:
        """Return the whole report, made from the one before."""
        nodes = before.nodes.with_items(self.report.nodes)
        return Report(nodes.without(*self.gone) if self.gone else nodes, self.report.problems)


@dataclass(frozen=True, slots=True)
class Mended:
    """The problems of one node with their fixes, in a report of nothing else."""

    generation: int
    report: Report


@dataclass(frozen=True, slots=True)
class LayersFound:
    """What the files of layers hold; after one that is stuck, the worker has ended."""

    files: tuple[Described, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """What the worker's process printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Something did not work: a sentence for a person, the node where there is one, the traceback for the log."""

    sentence: str
    node: str = ""
    traceback: str = ""


Message: TypeAlias = (
    Check | Recheck | Mend | Layers | Train | Continue | Watch | Stop | Pause | Resume | SetRate | Evaluate | Export
    | Generate | Drop | Judge
    | Ready | Checked | Rechecked | Mended | LayersFound | StateChanged | Steps | Epoch | Happened | Pace | Maps
    | Weighed | Figures | Histograms | Logged | Failed | Ended | Evaluated | Exported | Generated | Working | Refused
    | Judged
    | Saliency | GradCam | Occlusion | Boundary | Landscape | Embed | Attributed | Plane | Heights | Embedded
    | TimeLayers | LayersTimed
)  # fmt: skip
