"""The canvas: the drawing, painted, and the gestures that edit it."""
