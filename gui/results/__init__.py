"""The page Results: what a network says of samples, how good that is, epoch by epoch."""
