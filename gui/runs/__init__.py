"""The runs: how they are kept while they go, and the page that lists and compares them. Knows no wire."""
