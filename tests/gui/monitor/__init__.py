"""Tests of the monitor, with the messages of a recorded run."""
