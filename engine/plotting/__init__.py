"""Curves as numbers: columns that grow, smoothing, what a pixel column shows, axes, figures in words. Knows no Qt."""
