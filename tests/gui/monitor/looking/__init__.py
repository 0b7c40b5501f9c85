"""Tests of the views of the feature-map page."""
