"""Where a run computes: which devices there are and which one it takes. The only place for TensorFlow's own calls."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from engine import machine
from engine.errors import RecipeError
from engine.usage import Usage, card_of

CPU = "CPU:0"


@dataclass(frozen=True, slots=True)
class Device:
    """A device that a run has taken: its name, and what a person calls it.

    `card` is its name among all devices, where TensorFlow sees this one alone and counts anew.
    """

    name: str
    title: str
    card: str = ""

    @property
    def is_gpu(self) -> bool:
        return self.name.startswith("GPU")

    def usage(self) -> Usage:
        """Begin to read what this process uses, and the card, where the device is one."""
        return Usage(card_of(self.card or self.name, os.environ.get("CUDA_VISIBLE_DEVICES")))

    def scope(self) -> AbstractContextManager[Any]:
        """Place what is made inside on this device; nothing to do where it is the only one."""
        return keras.device(self.name.lower()) if _gpus() else nullcontext()


def on_cpu() -> AbstractContextManager[Any]:
    """Place what is made inside on the CPU, and leave every choice open for a later run."""
    return Device(CPU, "CPU").scope()


def prepare() -> tuple[str, ...]:
    """Let every GPU's memory grow as it is needed, and return the devices' names, the best first.

    Nothing is computed and no memory is taken; call it before anything is.
    """
    gpus = _gpus()
    for gpu in gpus:
        with suppress(RuntimeError):  # once TensorFlow has begun to compute it is too late, and it is set already
            tf.config.experimental.set_memory_growth(gpu, True)
    return (*(_name(gpu) for gpu in gpus), CPU)


def memory() -> tuple[int, ...]:
    """Return the bytes that each device of `prepare` has; 0 for a card that its driver does not tell of alone."""
    names, cards = [_name(gpu) for gpu in _gpus()], machine.gpus()
    hidden = bool(os.environ.get("CUDA_VISIBLE_DEVICES")) or len(cards) != len(names)
    return (*((0,) * len(names) if hidden else cards), machine.memory())


def choose(wish: str) -> Device:
    """Take the device that a recipe wishes for, and no memory of any other, or raise RecipeError.

    Args:
        wish: "auto", "cpu", or a name that `prepare` returned.
    """
    gpus = {_name(gpu): gpu for gpu in _gpus()}
    name = _named(wish, [*gpus, CPU])
    if gpus:
        with suppress(RuntimeError):  # a process that has computed before keeps the devices that it had
            tf.config.set_visible_devices([gpus[name]] if name in gpus else [], "GPU")
    return Device(_as_seen(name), _title(name, gpus.get(name)), name)


def _named(wish: str, names: list[str]) -> str:
    if wish.lower() == "auto":
        return names[0]
    name = wish.upper() if ":" in wish else f"{wish.upper()}:0"
    if name not in names:
        raise RecipeError(
            "The device must be one of auto, " + ", ".join(name.lower() for name in names), received=repr(wish)[:40],
            hint="Choose the device on the training page",
        )  # fmt: skip
    return name


def _as_seen(name: str) -> str:
    """What TensorFlow calls a device from now on: it counts the visible ones alone."""
    visible = [_name(gpu) for gpu in tf.config.get_visible_devices("GPU")] if name != CPU else []
    return f"GPU:{visible.index(name)}" if name in visible else name


def _title(name: str, gpu: Any) -> str:
    if gpu is None:
        return "CPU"
    model = tf.config.experimental.get_device_details(gpu).get("device_name", name)
    return f"GPU: {model}"


def _gpus() -> list[Any]:
    return list(tf.config.list_physical_devices("GPU"))


def _name(device: Any) -> str:
    """`GPU:0` for `/physical_device:GPU:0`."""
    return str(device.name).rpartition("physical_device:")[2]


def versions() -> dict[str, str]:
    return {"keras": keras.__version__, "tensorflow": tf.__version__}
