"""The monitor: what a run measures, shown while it happens."""
