"""The pages of help on layers: spelled, shown, searched. Edits no drawing."""
