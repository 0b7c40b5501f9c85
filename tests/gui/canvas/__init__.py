"""Tests of the canvas, by real gestures on the real scene."""
