"""Tests of the canvas, worked as a person works it."""
