"""What can be found out about a network on request: a table from the question to what answers it. Knows no wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.messages import Boundary, Embed, GradCam, Judge, Landscape, Message, Occlusion, Saliency, TimeLayers
from engine.worker.studies.boundary import boundary
from engine.worker.studies.embedding import embed
from engine.worker.studies.gradcam import grad_cam
from engine.worker.studies.judging import judge
from engine.worker.studies.landscape import landscape
from engine.worker.studies.occlusion import occlusion
from engine.worker.studies.saliency import saliency
from engine.worker.studies.subject import Study
from engine.worker.studies.timing import time_layers

#: A study is a generator: each step is short, leaves weights and states as it found them, and yields what it found so
#: far, `Working`, or None where there is nothing to say yet.
STUDIES: Final[Mapping[type[Message], Study]] = {
    Saliency: saliency,
    GradCam: grad_cam,
    Occlusion: occlusion,
    Boundary: boundary,
    Landscape: landscape,
    Embed: embed,
    Judge: judge,
    TimeLayers: time_layers,
}
