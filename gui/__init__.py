"""The window: shows the engine to a person. Knows no Keras."""
