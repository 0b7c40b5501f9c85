"""Tests of the studies: each on a network whose answer is known."""
