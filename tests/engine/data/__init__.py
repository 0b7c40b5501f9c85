"""Tests of the data sets that the program makes."""
