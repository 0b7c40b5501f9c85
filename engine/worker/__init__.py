"""The worker: the only code that imports Keras; a program, started, never imported."""
