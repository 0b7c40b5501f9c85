"""Tests of the exported script."""
