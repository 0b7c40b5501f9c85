"""Tests of the layers of our own."""
