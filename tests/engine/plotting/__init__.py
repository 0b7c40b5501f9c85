"""Tests of the numbers behind curves."""
