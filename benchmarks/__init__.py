"""Speed as ratios against a baseline measured in the same run; `make bench` runs all of it."""
