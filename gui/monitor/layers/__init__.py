"""The page of the layers' insides: histograms, gradients, activations and updates, now and over time."""
