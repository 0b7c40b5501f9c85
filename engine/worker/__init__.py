"""The worker: the only code that imports Keras; a program, started by the window and the command line, never imported."""
