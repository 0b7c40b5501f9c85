"""The page of studies: what is asked of a network on demand, and the pictures of the answers. Knows no Keras."""
