"""The analysis: the drawing as a table, beside the canvas. Edits nothing."""
