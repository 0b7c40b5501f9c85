"""Tests of the drawing that is alive: what is in sight, what it carries."""
