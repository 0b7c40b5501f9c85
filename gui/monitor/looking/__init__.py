"""The views of the feature-map page beside the maps themselves."""
