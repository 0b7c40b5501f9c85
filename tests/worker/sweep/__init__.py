"""Sweeps over every layer of the catalogue: cases that Hypothesis draws, judged by what Keras builds and runs."""
