"""Tests of the whole program, window and worker together."""
