"""What a form needs to know of each number and switch of a recipe, and of its data. Knows no recipe and no Keras."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.kinds import ParameterSpec

#: Keras's policies that compute in half precision and keep weights in float32.
POLICIES: Final = ("mixed_float16", "mixed_bfloat16")
#: The one whose numbers reach so little down that the loss is scaled.
SCALED: Final = "mixed_float16"
NUMBERS: Final[Mapping[str, ParameterSpec]] = {
    spec.name: spec
    for spec in (
        ParameterSpec("batch_size", "int", 32, minimum=1, maximum=65_536, help="Samples in one step."),
        ParameterSpec("epochs", "int", 20, minimum=1, maximum=100_000, help="Times through the training samples."),
        ParameterSpec("seed", "int", 1, minimum=0, help="The same seed gives the same run, on a CPU bit for bit."),
        ParameterSpec(
            "steps_per_execution", "int", optional=True, minimum=1, maximum=1024, advanced=True,
            help="Steps that run between two looks at the loss; nothing lets the program choose.",
        ),
        ParameterSpec(
            "xla", "bool", optional=True, advanced=True,
            help="Compile the steps with XLA: a slow start, then often faster; nothing lets the program choose.",
        ),
        ParameterSpec(
            "precision", "choice", optional=True, advanced=True, choices=POLICIES,
            help="Compute in half precision and keep the weights in float32: often faster on a GPU, slower on a CPU, "
            "where the digits network took 1.5 to 2.7 times the time. The layers that put the answers out stay in "
            "float32, and with float16 the loss is scaled so that small gradients are not lost. Nothing computes all "
            "in float32.",
        ),
    )
}  # fmt: skip
WEIGHT: Final = ParameterSpec("weight", "float", 1.0, minimum=0, help="How much its loss counts beside the others'.")
SHARES: Final[Mapping[str, ParameterSpec]] = {
    spec.name: spec
    for spec in (
        ParameterSpec("validation", "float", 0.15, minimum=0, maximum=0.9, help="The share watched while training."),
        ParameterSpec("test", "float", 0.15, minimum=0, maximum=0.9, help="The share kept for the end."),
    )
}
