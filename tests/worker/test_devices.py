"""The device is chosen as wished and said plainly, and a warm trainer takes nothing of a GPU.

The GPUs here are faked: they stand in TensorFlow's lists, and nothing is computed on them.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import pytest

from engine.errors import RecipeError
from engine.launch import command
from engine.worker import devices


@dataclass(frozen=True)
class Gpu:
    """What TensorFlow lists as a physical device."""

    name: str
    device_type: str = "GPU"


@dataclass
class Machine:
    """TensorFlow's `tf.config`, as far as devices go, of a machine with GPUs that are not there."""

    gpus: list[Gpu]
    late: bool = False
    visible: list[Gpu] = field(default_factory=list)
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.visible = self.gpus
        self.experimental = self

    def list_physical_devices(self, kind: str) -> list[Gpu]:
        assert kind == "GPU"
        return self.gpus

    def get_visible_devices(self, kind: str) -> list[Gpu]:
        return self.visible

    def set_visible_devices(self, chosen: list[Gpu], kind: str) -> None:
        self._change("visible", [gpu.name for gpu in chosen])
        self.visible = chosen

    def set_memory_growth(self, gpu: Gpu, grows: bool) -> None:
        assert grows
        self._change("growth", gpu.name)

    def get_device_details(self, gpu: Gpu) -> dict[str, str]:
        return {"device_name": f"Model {gpu.name[-1]}"}

    def _change(self, what: str, value: Any) -> None:
        if self.late:
            raise RuntimeError("Physical devices cannot be modified after being initialized")
        self.calls.append((what, value))


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Two GPUs."""
    faked = Machine([Gpu("/physical_device:GPU:0"), Gpu("/physical_device:GPU:1")])
    monkeypatch.setattr("engine.worker.devices.tf.config", faked)
    return faked


def test_the_best_device_comes_first(machine: Machine) -> None:
    assert devices.prepare() == ("GPU:0", "GPU:1", "CPU:0")


def test_the_memory_of_every_gpu_grows(machine: Machine) -> None:
    devices.prepare()
    assert machine.calls == [("growth", "/physical_device:GPU:0"), ("growth", "/physical_device:GPU:1")]


@pytest.mark.parametrize(
    ("wish", "title", "placed", "visible"),
    [
        ("auto", "GPU: Model 0", "GPU:0", ["/physical_device:GPU:0"]),
        ("GPU:0", "GPU: Model 0", "GPU:0", ["/physical_device:GPU:0"]),
        ("gpu:1", "GPU: Model 1", "GPU:0", ["/physical_device:GPU:1"]),
        ("gpu", "GPU: Model 0", "GPU:0", ["/physical_device:GPU:0"]),
        ("cpu", "CPU", "CPU:0", []),
        ("CPU:0", "CPU", "CPU:0", []),
    ],
)
def test_a_run_takes_one_device_and_hides_the_others(
    machine: Machine, wish: str, title: str, placed: str, visible: list[str]
) -> None:
    """TensorFlow counts the devices that it sees: the second GPU alone is its GPU:0."""
    device = devices.choose(wish)
    assert (device.title, device.name, device.is_gpu) == (title, placed, placed != "CPU:0")
    assert machine.calls == [("visible", visible)]


def test_a_process_that_has_computed_places_instead_of_hiding(machine: Machine) -> None:
    machine.late = True
    assert devices.prepare()
    assert devices.choose("gpu:1").name == "GPU:1"
    assert devices.choose("cpu").name == "CPU:0"


def test_a_device_that_is_not_there_is_refused(machine: Machine) -> None:
    with pytest.raises(RecipeError, match=r"must be one of auto, gpu:0, gpu:1, cpu:0. Received: 'GPU:2'"):
        devices.choose("GPU:2")
    assert not machine.calls


def test_exporting_leaves_every_choice_open(machine: Machine) -> None:
    devices.on_cpu()
    assert not machine.calls


def test_a_machine_without_gpus_computes_where_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.worker.devices.tf.config", Machine([]))
    assert devices.prepare() == ("CPU:0",)
    for wish in ("auto", "cpu"):
        device = devices.choose(wish)
        assert (device.name, device.title) == ("CPU:0", "CPU")
        assert isinstance(device.scope(), nullcontext)


#: Warms a trainer on a machine that seems to have a GPU, and tells what was done to it, and whether TensorFlow has set
#: its devices up by then: from that moment on, not before, it holds memory of each.
WARM = """
import os
import tensorflow as tf
from engine.worker.wire import Wire
from tensorflow.python.eager import context

gpu = tf.config.PhysicalDevice("/physical_device:GPU:0", "GPU")
calls = []
tf.config.list_physical_devices = lambda kind=None: [gpu]
tf.config.experimental.set_memory_growth = lambda device, grows: calls.append((device.name, grows))

from engine.worker.roles import trainer
trainer(Wire(*os.pipe(), lambda: None))
print(calls, context.context()._initialized)
tf.constant(1)
print(context.context()._initialized)
"""


@pytest.mark.worker
def test_a_warm_trainer_takes_no_gpu_memory() -> None:
    launch = command("trainer")
    done = subprocess.run(
        [sys.executable, "-P", "-c", WARM], cwd=launch.folder, env=dict(launch.environment), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["[('/physical_device:GPU:0', True)] False", "True"], done.stderr
