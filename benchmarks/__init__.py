"""Ratios against named peers, taken interleaved in one run: `python -m benchmarks` prints the tables."""
