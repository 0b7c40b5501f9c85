"""Tests of the page of the layers."""
