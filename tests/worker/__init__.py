"""Tests of the worker, with Keras."""
