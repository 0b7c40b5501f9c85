"""Tests of the store of runs and of what is made from it."""
