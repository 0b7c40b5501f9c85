"""Names of modules that Keras and Python themselves import: no file of a person's may stand in their place."""

from __future__ import annotations

import sys
from typing import Final

#: What Keras, TensorFlow and numpy import by these names they would find in a script's own folder first.
IMPORTED: Final = frozenset({
    "absl", "astunparse", "flatbuffers", "gast", "google", "grpc", "h5py", "keras", "libclang", "ml_dtypes", "namex",
    "numpy", "opt_einsum", "optree", "packaging", "pandas", "PIL", "requests", "rich", "scipy", "six", "tensorboard",
    "tensorflow", "termcolor", "torch", "jax", "typing_extensions", "wrapt",
}) | (sys.stdlib_module_names - {"test", "this", "antigravity", "idlelib", "turtledemo", "lib2to3"})  # fmt: skip
#: Our own.
OURS: Final = frozenset({"engine", "gui", "main", "resources", "tests"})
