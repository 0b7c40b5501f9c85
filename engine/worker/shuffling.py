"""The training samples, for each epoch in an order of its own that is the same whenever that epoch is trained.

Keras on TensorFlow draws the order with an operation that begins anew with every epoch: once a seed is set, each epoch
has the samples in the same order. Here it is drawn by seed and epoch, so that a run that is taken up again sees what it
would have seen. `tf.data` feeds TensorFlow's loop; other backends take Keras's own PyDataset.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from engine.worker.waits import Waits


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
        self.waits = Waits()

    def begin(self, epoch: int) -> None:
        """Put the samples into the order of an epoch, counted from 0."""
        if self._seed is not None:
            self._order = np.random.default_rng((self._seed, epoch)).permutation(self.count)

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

    def _orders(self) -> Iterator[np.ndarray[Any, Any]]:
        yield self._order

    def _dataset(self) -> Any:
        """Gather each batch of places at once: as Keras does with arrays, and as fast."""
        import tensorflow as tf

        full = self.count // self._batch_size

        def places(order: Any) -> Any:
            whole = tf.reshape(order[: full * self._batch_size], (full, self._batch_size))
            found = tf.data.Dataset.from_tensor_slices(whole)
            rest = tf.data.Dataset.from_tensors(order[full * self._batch_size :])
            return found.concatenate(rest) if self.count % self._batch_size else found

        columns = keras.tree.map_structure(tf.convert_to_tensor, keras.tree.lists_to_tuples(self._columns))
        orders = tf.data.Dataset.from_generator(
            self._orders, output_signature=tf.TensorSpec((self.count,), tf.int64)
        )  # fmt: skip
        held = tf.data.Dataset.from_tensors(columns).repeat()
        found = tf.data.Dataset.zip((orders.flat_map(places), held)).map(
            lambda chosen, data: keras.tree.map_structure(lambda column: tf.gather(column, chosen), data),
            num_parallel_calls=tf.data.AUTOTUNE,
        )
        options = tf.data.Options()
        options.experimental_optimization.apply_default_optimizations = False
        options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
        counted = found.apply(tf.data.experimental.assert_cardinality(self.steps))
        return self.waits.timed(counted.prefetch(tf.data.AUTOTUNE)).with_options(options)


class _Batches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras is untyped
    """The same for the backends whose loops take their batches from Python."""

    def __init__(self, samples: Shuffled) -> None:
        super().__init__()
        self._samples = samples

    def __len__(self) -> int:
        return self._samples.steps

    def __getitem__(self, step: int) -> Any:
        return self._samples.batch(step)
