"""How long training waits for its batches. Knows no run; the only place for what `tf.data` tells of itself."""

from __future__ import annotations

from typing import Any, Final

TAG: Final = "wait"


class Waits:
    """Times how long each batch was asked for until it was there, in TensorFlow's own code: 0 s where it was ready.

    What is timed is the end of the pipeline, behind its prefetching, so that work that the pipeline does while a step
    computes counts for nothing. On a graphics card a step may still compute while the next batch is asked for, so that
    there the time is the most that was lost, not what was.
    """

    def __init__(self) -> None:
        self._told: Any = None

    def timed(self, dataset: Any) -> Any:
        """Return the same batches, timed; as they are where this TensorFlow does not time."""
        import tensorflow as tf

        flat = tf.nest.flatten(dataset.element_spec)
        kinds = {"output_types": [spec.dtype for spec in flat], "output_shapes": [spec.shape for spec in flat]}
        try:
            with tf.device("CPU:0"):
                told = tf.raw_ops.StatsAggregatorHandle()
                batches = tf.data.experimental.to_variant(dataset)
                timing = tf.raw_ops.LatencyStatsDataset(input_dataset=batches, tag=TAG, **kinds)
                counted = tf.raw_ops.SetStatsAggregatorDataset(
                    input_dataset=timing, stats_aggregator=told, tag="", counter_prefix="", **kinds
                )
        except (AttributeError, tf.errors.OpError):
            return dataset
        self._told = told
        whole = tf.data.experimental.from_variant(counted, dataset.element_spec)
        return whole.apply(tf.data.experimental.assert_cardinality(int(dataset.cardinality())))

    def seconds(self) -> float | None:
        """Return how long all batches so far were waited for; None where that is not known."""
        if self._told is None:
            return None
        import tensorflow as tf
        from tensorflow.core.framework.summary_pb2 import Summary

        told = Summary.FromString(tf.raw_ops.StatsAggregatorSummary(iterator=self._told).numpy())
        return float(next((value.histo.sum for value in told.value if value.tag == TAG), 0.0)) / 1e6
