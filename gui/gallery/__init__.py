"""The gallery of templates, and their tours. Trains nothing."""
