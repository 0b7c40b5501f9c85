"""What TensorFlow and Keras raise becomes a sentence, at its layer where one is named."""

from __future__ import annotations

import pytest
import tensorflow as tf

from engine.errors import BuildError
from engine.worker.faults import LONGEST, failed, node_named, said
from tests.worker.drawings import DIGITS

LABEL = """Graph execution error:

Detected at node compile_loss/sparse/SparseSoftmaxCrossEntropyWithLogits defined at (most recent call last):
  File "train.py", line 12, in <module>

Received a label value of 9 which is outside the valid range of [0, 5).  Label values: 3 9
\t [[{{node compile_loss/sparse/SparseSoftmaxCrossEntropyWithLogits}}]] [Op:__inference_1]"""
CALL = """Exception encountered when calling Conv2D.call().

\x1b[1mNegative dimension size caused by subtracting 9 from 8.\x1b[0m

Arguments received by Conv2D.call():
  • inputs=tf.Tensor(shape=(1, 8, 8, 1), dtype=float32)"""
INPUT = 'Input 0 of layer "hidden" is incompatible with the layer: expected axis -1 of input shape to have value 4'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (LABEL, "Received a label value of 9 which is outside the valid range of [0, 5). Label values: 3 9"),
        (INPUT, INPUT),
        ("{{function_node __wrapped__MatMul}} Matrix size-incompatible: In[0]: [1,2] [Op:MatMul] name: ",
         "Matrix size-incompatible: In[0]: [1,2]"),
        ("", "ValueError, which says nothing more"),
        ("x" * 1000, "x" * (LONGEST - 1) + "…"),
    ],
)  # fmt: skip
def test_an_error_says_what_it_has_to_say(text: str, sentence: str) -> None:
    assert said(ValueError(text)) == sentence


def test_the_frame_of_keras_is_left_out() -> None:
    assert "Negative dimension size" in said(ValueError(CALL))
    assert "Exception encountered" not in said(ValueError(CALL))
    assert "\x1b" not in said(ValueError(CALL))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        (INPUT, "n6"),
        ("[[{{node functional_1/conv2_1/convolution}}]]", "n4"),
        ("gradient_tape/functional/hidden_1/MatMul", "n6"),
        ("no layer of this drawing", ""),
        ("layer 'conv9' is not there", ""),
    ],
)
def test_a_layer_that_is_named_is_found(text: str, node: str) -> None:
    assert node_named(text, DIGITS.graph) == node


def exhausted(cause: Exception | None = None) -> Exception:
    error: Exception = tf.errors.ResourceExhaustedError(
        None, None, "OOM when allocating tensor with shape[64,1073741824]"
    )
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("error", [exhausted(), MemoryError(), exhausted(ValueError("before"))])
def test_memory_that_runs_out_is_said_as_such(error: Exception) -> None:
    assert failed(error, batch_size=256).sentence.startswith("The device ran out of memory at a batch size of 256.")
    assert failed(error).sentence.startswith("The device ran out of memory. Lower the batch size")


def test_memory_that_runs_out_below_another_error_is_said_at_its_node() -> None:
    error = BuildError("digit cannot take 64 from flatten", node="n8")
    error.__cause__ = exhausted()
    assert failed(error).node == "n8"
    assert failed(error).sentence.startswith("The device ran out of memory.")


def test_an_error_of_the_engine_keeps_its_words_and_its_node() -> None:
    found = failed(BuildError("Too few units", received="0", node="n8"))
    assert (found.sentence, found.node) == ("Too few units. Received: 0.", "n8")
    assert "BuildError" in found.traceback
