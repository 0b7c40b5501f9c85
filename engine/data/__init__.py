"""The data sets: what each is made of, and the code that reads or makes it. Knows no network."""
