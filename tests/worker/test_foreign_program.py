"""A person's own layers in the worker's program: described over the wire, and what ends it ends nothing else."""

from __future__ import annotations

import pytest

from engine.catalogue import catalogue
from engine.foreign import with_files
from engine.launch import Worker
from engine.messages import Check, Checked, Layers, LayersFound, Ready
from tests import owned
from tests.owned import source

pytestmark = pytest.mark.worker


def test_the_checker_describes_and_says_what_it_lacks() -> None:
    tensorflow = source("import tensorflow as tf\n", "/nowhere/my_tf.py")
    sent = Layers((source(owned.SOURCE), tensorflow))
    with Worker.start("checker") as worker:
        messages = worker.messages()
        assert isinstance(next(messages), Ready)
        worker.send(sent)
        found = next(messages)
        assert isinstance(found, LayersFound)
        own, other = found.files
        assert (list(own.layers), other.lacks) == (["Swish", "Mixer"], "tensorflow")
        assert other.fault.startswith("line 1: it needs tensorflow")
        assert with_files(catalogue(), sent, found.files).layer("Swish").parameter("beta").default == 1.0
        worker.send(Check(1, owned.drawing()))
        report = next(messages)
        assert isinstance(report, Checked)
        assert report.report.nodes["mixer"].parameters == 320


@pytest.mark.long
def test_the_full_checker_describes_what_needs_tensorflow() -> None:
    text = "import tensorflow as tf\n" + owned.SOURCE.replace("ops.sigmoid", "tf.sigmoid")
    with Worker.start("full-checker") as worker:
        messages = worker.messages()
        next(messages)
        worker.send(Layers((source(text),)))
        found = next(messages)
        assert isinstance(found, LayersFound)
        assert (found.files[0].fault, list(found.files[0].layers)) == ("", ["Swish", "Mixer"])
        worker.send(Check(1, owned.drawing()))
        report = next(messages)
        assert isinstance(report, Checked)
        assert report.report.errors == ()


def test_a_file_that_ends_the_process_ends_only_that() -> None:
    with Worker.start("checker") as worker:
        messages = worker.messages()
        next(messages)
        worker.send(Layers((source("import os\nos._exit(3)\n"),)))
        with pytest.raises(Exception, match="code 3"):
            next(messages)
