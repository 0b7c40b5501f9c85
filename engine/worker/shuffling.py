"""The training samples, for each epoch in an order of its own that is the same whenever that epoch is trained.

Keras on TensorFlow draws the order with an operation that begins anew with every epoch: once a seed is set, each epoch
has the samples in the same order. Here it is drawn by seed and epoch, so that a run that is taken up again sees what it
would have seen. `tf.data` feeds TensorFlow's loop; other backends take Keras's own PyDataset.
"""

from __future__ import annotations

from typing import Any, Final

import keras
import numpy as np

from engine.worker.waits import Waits

#: Bytes of samples that are gathered at once, at the most where a batch is smaller; and how often, ahead of the steps.
AT_ONCE: Final = 1 << 22
AHEAD: Final = 2


class Shuffled:
    """The batches of one epoch after the other.

    Args:
        columns: What `fit` takes as x, y and weights: arrays as long as there are samples, or None.
        seed: None for samples that stay in their order.

    Attributes:
        waits: How long training waited for them.
    """

    def __init__(self, columns: tuple[Any, Any, Any], batch_size: int, seed: int | None) -> None:
        self.count = len(keras.tree.flatten(columns[0])[0])
        self._columns = columns if columns[2] is not None else columns[:2]
        self._batch_size, self._seed = batch_size, seed
        self._order = np.arange(self.count)
        self._bytes = sum(column.nbytes for column in keras.tree.flatten(self._columns))
        #: The order as the batches on TensorFlow are gathered by.
        self._told: Any = None
        self.waits = Waits()

    def begin(self, epoch: int) -> None:
        """Put the samples into the order of an epoch, counted from 0."""
        if self._seed is not None:
            self._order = np.random.default_rng((self._seed, epoch)).permutation(self.count)
        if self._told is not None:
            self._told.assign(self._order)

    @property
    def steps(self) -> int:
        return -(-self.count // self._batch_size)

    def batches(self) -> Any:
        """Return what `fit` takes as x; each pass through it has the order of the epoch that was begun last."""
        return self._dataset() if keras.backend.backend() == "tensorflow" else _Batches(self)

    def batch(self, step: int) -> Any:
        """Return one batch of the epoch, as arrays."""
        chosen = self._order[step * self._batch_size : (step + 1) * self._batch_size]
        return keras.tree.map_structure(lambda column: column[chosen], self._columns)

    def _dataset(self) -> Any:
        """Gather many batches at once ahead of the steps and cut them apart: a call for each took a tenth of a step."""
        import tensorflow as tf

        with tf.device("CPU:0"):
            self._told = tf.Variable(self._order)
            columns = keras.tree.map_structure(tf.convert_to_tensor, keras.tree.lists_to_tuples(self._columns))
        size, full = self._batch_size, self.count // self._batch_size

        def gathered(first: Any) -> Any:
            places = tf.reshape(self._told[first : tf.minimum(first + self._together * size, full * size)], (-1, size))
            return keras.tree.map_structure(lambda column: tf.gather(column, places), columns)

        def rest(_first: Any) -> Any:
            return keras.tree.map_structure(lambda column: tf.gather(column, self._told[full * size :]), columns)

        found = tf.data.Dataset.range(0, full * size, self._together * size).map(gathered).prefetch(AHEAD).unbatch()
        if self.count % size:
            found = found.concatenate(tf.data.Dataset.range(1).map(rest))
        options = tf.data.Options()
        options.experimental_optimization.apply_default_optimizations = False
        options.autotune.enabled = False
        options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
        return self.waits.timed(found.apply(tf.data.experimental.assert_cardinality(self.steps))).with_options(options)

    @property
    def _together(self) -> int:
        """The batches that are gathered at once."""
        return int(max(1, AT_ONCE * self.count // (self._batch_size * max(1, self._bytes))))


class _Batches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras is untyped
    """The same for the backends whose loops take their batches from Python."""

    def __init__(self, samples: Shuffled) -> None:
        super().__init__()
        self._samples = samples

    def __len__(self) -> int:
        return self._samples.steps

    def __getitem__(self, step: int) -> Any:
        return self._samples.batch(step)
