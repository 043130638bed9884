"""Whether a guest is the holder of a permit: keys to find holders, a score to judge them."""
