"""Tests of the page of studies and its pictures."""
