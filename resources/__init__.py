"""Data that ships with the program: layers, icons, templates, small data sets."""
