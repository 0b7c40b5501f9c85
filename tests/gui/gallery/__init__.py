"""The gallery and the tours, as they are seen and used."""
