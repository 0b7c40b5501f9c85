"""A drawing and its recipe as a Python script that a good engineer would have written by hand. No Keras, no Qt."""
