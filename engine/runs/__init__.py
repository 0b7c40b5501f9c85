"""Runs that were trained: kept, compared, reported. Knows no Qt and no Keras."""
