"""Keras on its numpy backend: without TensorFlow where it can be, with it where it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(program: str) -> list[str]:
    """Run lines of Python in a process of their own, and return what they print."""
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_shapes_come_without_tensorflow_or_jax() -> None:
    said = run(
        """
import os, sys
from engine.worker.backend import use_numpy
print(use_numpy(), os.environ.get("KERAS_BACKEND"))
import keras
with keras.StatelessScope(initialize_variables=False):
    print(keras.layers.Bidirectional(keras.layers.LSTM(3))(keras.KerasTensor((None, 5, 2))).shape)
print(sorted({"tensorflow", "torch", "sklearn", "PIL"} & sys.modules.keys()))
print(sorted(name for name in sys.modules if name.startswith("keras.src.backend.jax.")))
try:
    import tensorflow
except ModuleNotFoundError as error:
    print(error)
"""
    )
    assert said == [
        "numpy None",
        "(None, 6)",
        "[]",
        "['keras.src.backend.jax.math']",
        "tensorflow is hidden from Keras's numpy backend",
    ]


def test_a_hollow_name_says_so_when_it_is_used() -> None:
    said = run(
        """
from engine.worker.backend import use_numpy
use_numpy()
import keras, numpy
try:
    keras.ops.fft((numpy.zeros(4), numpy.zeros(4)))
except NotImplementedError as error:
    print(error)
"""
    )
    assert said == [
        "keras.src.backend.jax.math.fft is not there on Keras's numpy backend: only TensorFlow can answer this"
    ]


def test_the_persons_own_choice_of_backend_stays_theirs() -> None:
    program = """
import os
os.environ["KERAS_BACKEND"] = "torch"
from engine.worker.backend import use_numpy
print(use_numpy(), os.environ["KERAS_BACKEND"])
"""
    assert run(program) == ["numpy torch"]


def test_tensorflow_answers_where_the_trick_fails() -> None:
    said = run(
        """
import sys
sys.modules["scipy"] = None  # so that Keras's numpy backend cannot be imported
from engine.worker import backend
print(backend.use_numpy(), any(isinstance(finder, backend.Finder) for finder in sys.meta_path))
from engine.worker.check import Checker
from engine.catalogue import catalogue
from engine.templates import start
report = Checker().check(start("digits-cnn", "", catalogue()).graph)
print(report.parameters, report.trainable, report.problems)
"""
    )
    assert said == ["tensorflow False", "151306 151306 ()"]


def test_keras_that_is_there_already_stays_as_it_is() -> None:
    said = run(
        """
import sys, types
sys.modules["keras"] = types.SimpleNamespace(backend=types.SimpleNamespace(backend=lambda: "other"))
from engine.worker.backend import use_numpy
print(use_numpy(), len([finder for finder in sys.meta_path if type(finder).__name__ == "Finder"]))
"""
    )
    assert said == ["other 0"]
