"""The engine: drawings, recipes and projects as values, and the worker that runs them. Knows no Qt."""
