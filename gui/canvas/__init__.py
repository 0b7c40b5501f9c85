"""The canvas: the drawing, painted, and the gestures that edit it."""

from gui.canvas.canvas import Canvas

__all__ = ["Canvas"]
